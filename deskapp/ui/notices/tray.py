"""The icon beside the clock, where the system has a place for it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from deskapp.ui.icons import icon

_SHOWN_MS = 10_000


class Tray(QObject):
    """``clicked`` comes for a notice that was clicked; the others for its menu.

    Where the system has no tray it is silent: ``available`` says so, and nothing may then be
    hidden that only the tray brings back.
    """

    clicked = Signal()
    open_wanted = Signal()
    fetch_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject, available: bool | None = None) -> None:
        super().__init__(parent)
        there = QSystemTrayIcon.isSystemTrayAvailable() if available is None else available
        self._icon: QSystemTrayIcon | None = None
        if there:
            self._make()

    @property
    def available(self) -> bool:
        return self._icon is not None

    def say(self, title: str, text: str) -> None:
        """A notice on the desktop; the system shows or keeps it as its owner wants."""
        if self._icon is not None:
            self._icon.showMessage(title, text, self._icon.icon(), _SHOWN_MS)

    def tell(self, sentence: str) -> None:
        """What the mouse is told over the icon."""
        if self._icon is not None:
            self._icon.setToolTip(sentence)

    def _make(self) -> None:
        made = QSystemTrayIcon(icon("inbox", "accent"), self)
        self._menu = QMenu()
        self._menu.addAction(self.tr("Open deskapp"), self.open_wanted.emit)
        self._menu.addAction(self.tr("Fetch mail now"), self.fetch_wanted.emit)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit"), self.quit_wanted.emit)
        made.setContextMenu(self._menu)
        made.messageClicked.connect(self.clicked)
        made.activated.connect(self._activated)
        made.show()
        self._icon = made

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_wanted.emit()
