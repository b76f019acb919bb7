"""Finds what a window cuts off, or paints over something else."""

from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLayout,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from deskapp.ui.compose.layout import ToButton
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.form import CARET
from deskapp.ui.pieces.labels import ElidedLabel

_ELIDE = (ElidedLabel, Chip, ToButton)  # they mark what they leave out
_NAMES_ROOM = 300  # px: of a choice; longer names of people and mailboxes are shortened
_SLACK = 1  # px: fonts are measured in parts of a pixel


def cut(window: QWidget) -> list[str]:
    """Words that do not fit and are not marked as shortened, and neighbours that overlap."""
    return [*_words_cut(window), *_overlaps(window)]


def _words_cut(window: QWidget) -> list[str]:
    found = []
    for one in window.findChildren(QWidget):
        if not one.isVisible() or one.window() is not window or isinstance(one, _ELIDE):
            continue
        if isinstance(one, QLabel) and one.text():
            hint, wrapped = one.sizeHint(), one.wordWrap()
            high = one.heightForWidth(one.width()) if wrapped else hint.height()
            wide = one.minimumSizeHint().width() if wrapped else hint.width()
        elif isinstance(one, QComboBox) and not one.isEditable():
            found += _choices_cut(one)
            continue
        elif isinstance(one, QPushButton | QCheckBox | QRadioButton) and one.text():
            wide, high = one.sizeHint().width(), one.sizeHint().height()
        else:
            continue
        if one.width() + _SLACK < wide or one.height() + _SLACK < high:
            found.append(f"{_named(one)} has {one.width()}x{one.height()}, wants {wide}x{high}")
    return found


def _choices_cut(one: QComboBox) -> list[str]:
    """The choices that would be shortened, were they chosen."""
    option, kind = QStyleOptionComboBox(), QStyle.ComplexControl.CC_ComboBox
    one.initStyleOption(option)
    edit = QStyle.SubControl.SC_ComboBoxEditField
    room = one.style().subControlRect(kind, option, edit, one).width() - CARET + _SLACK
    said = (one.itemText(place) for place in range(one.count()))
    wide = {text: one.fontMetrics().horizontalAdvance(text) for text in said}
    return [
        f"{_named(one)} has {room} for “{text}”, wants {needs}"
        for text, needs in wide.items()
        if min(needs, _NAMES_ROOM) > room
    ]


def _overlaps(window: QWidget) -> list[str]:
    found = []
    for around in [window, *window.findChildren(QWidget)]:
        box = around.layout()
        if box is None or not around.isVisible() or around.window() is not window:
            continue
        placed = [one for one in _placed(box) if one.isVisible() and not one.size().isEmpty()]
        for one, other in combinations(placed, 2):
            if _place(one).intersects(_place(other)):
                found.append(f"{_named(one)} over {_named(other)}")
        for one in placed:
            if not around.rect().adjusted(-1, -1, 1, 1).contains(one.geometry()):
                found.append(f"{_named(one)} leaves {_named(around)}")
    return found


def _placed(box: QLayout) -> list[QWidget]:
    """The widgets of a layout and of those inside it; of pages that lie upon each other none."""
    found: list[QWidget] = []
    for number in range(box.count()):
        item = box.itemAt(number)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            found.append(widget)
        elif (inner := item.layout()) is not None:
            found += _placed(inner)
    return found


def _place(one: QWidget) -> QRect:
    return QRect(one.mapTo(one.parentWidget(), QPoint()), one.size())


def _named(one: QWidget) -> str:
    said = one.text() if isinstance(one, QLabel | QAbstractButton) else one.accessibleName()
    kind = type(one.parent()).__name__ if isinstance(one, QAbstractScrollArea) else ""
    return f"{type(one).__name__} “{said[:60]}”{' in ' + kind if kind else ''}"
