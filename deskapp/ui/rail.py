"""The rail at the left: the windows as icon and word, settings at the foot."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from .icons import icon
from .keys.keymap import keymap
from .pages import PAGES
from .theme import theme

WIDTH = 64


class Rail(QWidget):
    """``chosen`` carries a page's name."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 8, 3, 8)
        column.setSpacing(4)
        for place, (name, entry) in enumerate(PAGES.items(), 1):
            if name == "settings":
                column.addStretch(1)
            button = QToolButton()
            button.setProperty("role", "railButton")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(20, 20))
            button.setText(entry.name_shown)
            button.setToolTip(f"{entry.name_shown} ({keymap().first(f'go.{name}')})")
            button.setCheckable(True)
            button.setFixedSize(WIDTH - 5, 54)
            self._group.addButton(button, place)
            self._buttons[name] = button
            column.addWidget(button)
        self._group.idClicked.connect(self._clicked)
        theme().changed.connect(self._dress)
        self._dress()

    def mark(self, name: str) -> None:
        """Shows which page is open."""
        self._buttons[name].setChecked(True)

    def _clicked(self, place: int) -> None:
        self.chosen.emit(list(PAGES)[place - 1])

    def _dress(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(icon(PAGES[name].icon, "muted", "accent"))
