"""Takes a window in each size and in light and dark."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QWidget

from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.inbox.panes import LIST_WIDTH
from deskapp.ui.pictures import grab
from deskapp.ui.shell import Shell
from deskapp.ui.theme import Appearance, theme

WIDE, SMALL = (1440, 900), (1000, 700)
BESIDE = Qt.Orientation.Horizontal
_QUIET_MS, _LONGEST_MS = 150, 15_000


class Camera:
    """Files are called STATE@SIZE-LOOK-PERCENT.png. ``word`` chooses among the states."""

    def __init__(self, folder: Path, scale: str, word: str, shell: Shell) -> None:
        self._folder, self._word, self._shell = folder, word, shell
        self._percent = f"{scale}00"
        self.stands = False  # the desk is away: what was asked of it has no answer
        self._sizes = (WIDE, SMALL) if scale == "1" else (SMALL,)

    def wants(self, state: str) -> bool:
        """Whether that state is among those asked for."""
        return self._word in state

    def window(
        self, state: str, sizes: Sequence[tuple[int, int]] = (), window: QWidget | None = None
    ) -> None:
        """The main window, or another one that is as large."""
        if not self.wants(state):
            return
        shown = window or self._shell
        for size in sizes or self._sizes:
            shown.resize(*size)
            self._both(shown, f"{state}@{size[0]}x{size[1]}")
        if window is None:
            self.widen()

    def widen(self) -> None:
        """As large as at a first start: what was narrow keeps its narrow list."""
        self._shell.resize(*WIDE)
        page = self._shell.page("inbox")
        if isinstance(page, InboxPage) and page.panes.reading.orientation() == BESIDE:
            page.panes.reading.setSizes([LIST_WIDTH, WIDE[0]])
        self.settle()

    def dialog(self, state: str, dialog: QWidget) -> None:
        """A window in the size it chooses itself."""
        dialog.show()
        self.settle()
        if self.wants(state):
            self._both(dialog, f"{state}@dialog")

    def settle(self) -> None:
        """Lets the windows work until nothing was asked of the desk for a moment."""
        clock, quiet = QElapsedTimer(), QElapsedTimer()
        clock.start()
        quiet.start()
        while clock.elapsed() < _LONGEST_MS and quiet.elapsed() < _QUIET_MS:
            self.wait(15)
            if self._shell.waiting and not self.stands:
                quiet.restart()

    def wait(self, milliseconds: int) -> None:
        """For what time alone brings, as a bar that shows late."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop, loop.quit)
        loop.exec()

    def _both(self, shown: QWidget, stem: str) -> None:
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            theme().choose(appearance)
            self.settle()
            grab(shown, self._folder / f"{stem}-{appearance.value}-{self._percent}.png")
        theme().choose(Appearance.LIGHT)
