"""A layout that fills lines from left to right, for chips whose number nobody knows."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items keep their size hint and go to the next line where there is no room.

    With ``last_grows`` the last one, a line to type in, takes the rest of its line. ``down``: the
    gap between lines, where that is another than between items. What is lower than its line stands
    in the middle of it.
    """

    def __init__(
        self,
        gap: int = 6,
        parent: QWidget | None = None,
        *,
        last_grows: bool = False,
        down: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._down = gap if down is None else down
        self._last_grows = last_grows
        self._items: list[QLayoutItem] = []
        self._most_lines = 0
        self._heights: dict[int, int] = {}  # by width: layouts around it ask forty times
        self.setSpacing(gap)
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Something in it has another size, or is there no more."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def add_before_last(self, widget: QWidget) -> None:
        """Adds a widget in front of the last one."""
        self.addWidget(widget)
        self._items.insert(-1, self._items.pop())
        self.invalidate()

    def clear(self, keep: int = 0) -> None:
        """Takes all widgets off but the last ``keep``, and lets them go."""
        for _ in range(len(self._items) - keep):
            widget = self._items.pop(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def keep_to(self, lines: int) -> None:
        """Shows so many lines and no more, 0: all. What matters most is to stand first."""
        if lines != self._most_lines:
            self._most_lines = lines
            self.invalidate()

    def _lay(self, whole: QRect, *, move: bool) -> int:
        """Places the items, or only measures; returns the height they take."""
        margins = self.contentsMargins()
        rect = whole.marginsRemoved(margins)
        top = rect.y()
        for place, line in enumerate(self._lines(rect.width())):
            shown = not self._most_lines or place < self._most_lines
            high = max(hint.height() for _item, hint in line) if shown else 0
            top += self._down if place and shown else 0
            left = rect.x()
            for item, hint in line if move else ():
                middle = QPoint(left, top + (high - hint.height()) // 2)
                item.setGeometry(QRect(middle, hint) if shown else QRect())
                left += hint.width() + self.spacing()
            top += high
        return top - rect.y() + margins.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items with their sizes, line by line."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            hint = item.sizeHint().boundedTo(QSize(max(width, 1), 1 << 20))
            if not lines or (left and left + hint.width() > width):
                lines.append([])
                left = 0
            if self._last_grows and item is self._items[-1]:
                hint.setWidth(max(hint.width(), width - left))
            lines[-1].append((item, hint))
            left += hint.width() + self.spacing()
        return lines
