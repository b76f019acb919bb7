"""Says a sentence to a screen reader without moving anything."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """``urgent`` interrupts what is being read. Costs nothing where no screen reader listens."""
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def say_current(lines: QAbstractItemView, speaker: QWidget | None = None) -> None:
    """Says each line that becomes current in a list whose keys are in ``speaker``'s hands, or in
    those of whoever has the keyboard: the screen reader is there and would not hear of it."""

    def became(current: QModelIndex, _before: QModelIndex) -> None:
        words = current.data(Qt.ItemDataRole.AccessibleTextRole) or current.data()
        if words and lines.isVisible():
            announce(speaker or QApplication.focusWidget() or lines, str(words).strip())

    lines.selectionModel().currentChanged.connect(became)
