"""Chips that can be taken off, in lines that break where the window ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QWidget

_WIDEST = 260


class ChipButton(QPushButton):
    """A chip; pressed, or deleted with the key, it asks to be taken off."""

    removed = Signal()

    def __init__(self, shown: str, removal: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setMaximumWidth(_WIDEST)
        room = _WIDEST - 40
        cut = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, room)
        # "&" would underline the next letter and make it a key.
        self.setText((f"{cut}  ×" if removal else cut).replace("&", "&&"))
        self.setAccessibleName(f"{shown}. {removal}" if removal else shown)
        self.setToolTip((removal or shown).replace("&", "&amp;").replace("<", "&lt;"))
        self.setEnabled(bool(removal))
        self.clicked.connect(self.removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)


class Flow(QLayout):
    """Lays widgets out like words: left to right, line by line."""

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_last_but(self, widget: QWidget, behind: int) -> None:
        """Adds a widget before the last ``behind`` ones."""
        self.addWidget(widget)
        self._items.insert(len(self._items) - 1 - behind, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Takes all widgets off and lets them go."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        parent = self.parentWidget()
        width = max(widest, parent.width() if parent is not None else 0)
        return QSize(widest, self._lay(QRect(0, 0, width, 0), move=False))

    def _lay(self, area: QRect, *, move: bool) -> int:
        left, top, tall = area.left(), area.top(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if left > area.left() and left + size.width() > area.right() + 1:
                left, top, tall = area.left(), top + tall + self._gap, 0
            fits = min(size.width(), max(area.width(), 1))
            if self._is_last_and_grows(item):
                fits = max(fits, area.right() + 1 - left)
            if move:
                item.setGeometry(QRect(QPoint(left, top), QSize(fits, size.height())))
            left += fits + self._gap
            tall = max(tall, size.height())
        return top + tall - area.top()

    def _is_last_and_grows(self, item: QLayoutItem) -> bool:
        return item is self._items[-1] and bool(
            item.expandingDirections() & Qt.Orientation.Horizontal
        )
