"""Pictures of windows, for people and CI to look at (`deskapp demo --picture FOLDER`)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEventLoop,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from deskapp.domain.problem import Problem, ProblemKind

from .pages import PAGES
from .shell import Shell
from .shell_layout import FIRST_SIZE
from .theme import Appearance, theme

_CHOSEN_ROW = 7
_SETTLED_MS = 400
_LONGEST_MS = 15_000
_NOISE = {"This plugin does not support propagateSizeHints()"}


def grab(widget: QWidget, path: Path) -> Path:
    """Writes the widget as it looks now to a PNG and returns its path.

    Layouts that wait for the event loop are let through first. Raises Problem(READ_ONLY) when the
    file cannot be written.
    """
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path), "PNG"):
        raise Problem(ProblemKind.READ_ONLY, path=str(path))
    return path


@contextmanager
def without_platform_noise() -> Iterator[None]:
    """Keeps quiet what Qt says of every window where there is no screen; the rest goes on."""

    def say(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if message not in _NOISE:
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def picture_pages(shell: Shell, folder: Path) -> list[Path]:
    """A PNG of each page, light and dark, each once its rows are there."""
    taken = []
    shell.resize(*FIRST_SIZE)  # where there is no screen, it was bounded by one nobody sees
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        theme().choose(appearance)
        for name in PAGES:
            page = shell.show_page(name)
            settle(shell)
            _open_one(page)
            settle(shell)
            taken.append(grab(shell, folder / f"{name}-{appearance.value}.png"))
    return taken


def _open_one(page: QWidget) -> None:
    """Chooses a row of the page's longest list, to show what stands behind it."""
    lists = [view for view in page.findChildren(QAbstractItemView) if view.isVisible()]
    if not lists:
        return
    longest = max(lists, key=lambda view: view.model().rowCount())
    row = min(_CHOSEN_ROW, longest.model().rowCount() - 1)
    longest.setCurrentIndex(longest.model().index(row, 0))


def settle(shell: Shell) -> None:
    """Lets the window work until nothing has been asked of the Desk for a while."""
    clock, quiet = QElapsedTimer(), QElapsedTimer()
    clock.start()
    quiet.start()
    while clock.elapsed() < _LONGEST_MS and quiet.elapsed() < _SETTLED_MS:
        loop = QEventLoop()
        QTimer.singleShot(20, loop, loop.quit)
        loop.exec()
        if shell.waiting:
            quiet.restart()
