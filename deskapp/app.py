"""The windowed program: everything is built here once, and closed in reverse order."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from . import logs, paths, settings
from .desk import Desk
from .domain.changes import Changes
from .domain.problem import Problem
from .ui.application import prepare_application
from .ui.bridge import Bridge
from .ui.bug_report import BugReport
from .ui.engine_process import EngineProcess
from .ui.errors import show_problem
from .ui.remembered import Remembered
from .ui.shell import Shell
from .ui.work import Work
from .wiring import open_house

log = logging.getLogger(__name__)

_WATCH_JOIN_SECONDS = 3.0


def run(desk_url: str = "") -> int:
    """Opens the windows on a desk: the one named, else the one opened last, else the wizard."""
    logs.start("window")
    mine = settings.load()
    app = prepare_application(appearance=mine.appearance)
    url = desk_url or mine.desk_url
    if not url and paths.default_desk().exists():
        url = str(paths.default_desk())
    if not url:
        from .first_start import first_start

        url = first_start(mine)
        if not url:
            return 0
    return _open(app, url, mine)


def _open(app: QApplication, url: str, mine: settings.Settings) -> int:
    bridge = Bridge()
    with ExitStack() as house:
        try:
            desk = open_house(url, agent_name=mine.agent_name, announce=bridge.changed.emit)
        except Problem as problem:
            show_problem(None, problem)
            return 1
        house.callback(desk.close)
        return _windows(app, desk, bridge, url, mine, house)


def _windows(
    app: QApplication,
    desk: Desk,
    bridge: Bridge,
    url: str,
    mine: settings.Settings,
    house: ExitStack,
) -> int:
    work = Work(desk)
    house.callback(work.close)
    house.enter_context(watching(desk, bridge.changed.emit))
    engine = EngineProcess(url, bridge.engine_news.emit)
    house.callback(engine.stop)
    shell = Shell(work, bridge, Remembered(paths.home() / "windows.ini"), desk.name())
    shell.sync_wanted.connect(engine.sync_now)
    report = BugReport(shell)
    work.bug.connect(report.show_fault)
    shell.show()
    mine.desk_url = url
    mine.save()
    QTimer.singleShot(0, engine, engine.start)
    return app.exec()


@contextmanager
def watching(desk: Desk, tell: Callable[[Changes], None]) -> Iterator[None]:
    """Hears what colleagues and the engine write, in a thread of its own."""
    stop = threading.Event()
    thread = threading.Thread(target=desk.changes.watch, args=(stop, tell), name="changes")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_WATCH_JOIN_SECONDS)
