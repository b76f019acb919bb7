"""Finds what a person who sees or hears a window would stumble over."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

_CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader can say nothing about, by class and place."""
    found = []
    for one in window.findChildren(QWidget):
        if not isinstance(one, _CONTROLS) or _is_a_part(one):
            continue
        if isinstance(one, QPushButton) and not one.isVisible():
            continue  # it gets its words when it is shown
        said = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
        if not said:
            found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def _is_a_part(one: QWidget) -> bool:
    """Parts that Qt makes inside its own controls: the list of a combo box, the cross of a line."""
    parent = one.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QLineEdit | QAbstractSpinBox):
            return True
        parent = parent.parentWidget()
    own = one.objectName().startswith("qt_")  # as the menu bar's button for what does not fit
    return own or isinstance(one, QHeaderView) or type(one) is QAbstractButton


def not_plain(window: QWidget) -> list[str]:
    """Labels that would take a stranger's text for HTML."""
    return [
        label.text()
        for label in window.findChildren(QLabel)
        if label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]
