"""How much of what was written before goes along: nothing, the last message, or all of it."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget


class Quoting(StrEnum):
    """The three ways, as they are remembered."""

    NONE = "none"
    LAST = "last"
    ALL = "all"


class QuoteButton(QPushButton):
    """``chosen``: a person took another way."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setToolTip(self.tr("What is quoted below the reply (Ctrl+Shift+Y)"))
        self._ways = {
            Quoting.NONE: (self.tr("No quote"), self.tr("Quote nothing")),
            Quoting.LAST: (self.tr("Quote last"), self.tr("Quote the last message")),
            Quoting.ALL: (self.tr("Quote all"), self.tr("Quote the whole conversation")),
        }
        self.way = Quoting.LAST
        menu, group = QMenu(self), QActionGroup(self)
        self._actions = {}
        for way, (_short, words) in self._ways.items():
            # The button's and not the menu's: a menu is a window, which may go before its button.
            action = QAction(words, self)
            menu.addAction(action)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setData(way.value)
            self._actions[way] = action
        group.triggered.connect(lambda action: self.choose(Quoting(action.data())))
        self.setMenu(menu)
        self.show_way(Quoting.LAST)

    def show_way(self, way: Quoting) -> None:
        self.way = way
        short, words = self._ways[way]
        self.setText(short)
        self.setAccessibleName(words)
        self._actions[way].setChecked(True)

    def choose(self, way: Quoting) -> None:
        """As a person would."""
        if way is not self.way:
            self.show_way(way)
            self.chosen.emit()

    def next_way(self) -> None:
        """By key: one after the other."""
        ways = list(Quoting)
        self.choose(ways[(ways.index(self.way) + 1) % len(ways)])
