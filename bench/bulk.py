"""Very many tickets closed in the window, and all of it undone: time, longest freeze, rows right.

    python3 dev.py bench bulk [TICKETS]

Runs offscreen with the Inbox open on all tickets, on SQLite and on PostgreSQL. "Freeze" is the
longest time between two turns of the event loop, which is asked to turn every 4 ms; of that, what
the window would have done without waiting for a processor is told too.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from bench.big_desk import build
from bench.pulse import Pulse, idle
from deskapp.__main__ import ALLOCATIONS
from deskapp.data.tables.tickets import event, ticket
from deskapp.desk import Desk
from deskapp.domain.kinds import TicketStatus
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.wiring import open_house
from tests.servers.postgres import serve as serve_postgres

_LONGEST_SECONDS = 600.0
_SETTLED_SECONDS = 1.5
_KEPT = ("id", "status", "assignee_id", "waiting_since", "snooze", "snoozed_until", "updated_at")


def main(tickets: int = 50_000) -> None:
    """Measures and prints, for each database."""
    gc.set_threshold(ALLOCATIONS)
    app = prepare_application(appearance="light")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(serve_postgres())
        for name, url in (
            ("SQLite", str(folder / "desk.db")),
            ("PostgreSQL", stack.enter_context(server.fresh())),
        ):
            build(url, tickets).close()
            _measure(app, name, url, folder)


def _measure(app: QApplication, name: str, url: str, folder: Path) -> None:
    bridge = Bridge()
    desk = open_house(url, agent_name="Anna", announce=bridge.changed.emit)
    work = Work(desk)
    shell = Shell(work, bridge, Remembered(folder / f"{name}.ini"), "Bench")
    gc.freeze()
    try:
        shell.show()
        page = shell.page("inbox")
        assert isinstance(page, InboxPage)
        _run(app, name, desk, shell, page)
    finally:
        shell.close()
        work.close()
        desk.close()


def _run(app: QApplication, name: str, desk: Desk, shell: Shell, page: InboxPage) -> None:
    before = _rows(desk)
    page.show_view("all")
    _until(app, lambda: page.list.list.tickets.rowCount() == len(before))
    idle(_SETTLED_SECONDS)
    pulse = Pulse()
    for what, act, after in (
        ("selected", page.list.list.selectAll, None),
        ("closed", lambda: page.actions_on_tickets.set_status(TicketStatus.CLOSED), "Undo"),
        ("undone", shell.undo.undo.trigger, "Redo"),
    ):
        pulse.forget()
        start = time.perf_counter()
        act()
        if after:
            _until(app, lambda: not shell.act_bar.running and _can(shell, after))  # noqa: B023
        taken = time.perf_counter() - start
        idle(_SETTLED_SECONDS)
        print(f"{name}: {len(before)} {what} in {taken:.1f} s, longest freeze "
              f"{pulse.longest[0]:.0f} ms, without waits for a processor {pulse.most_own:.0f} ms",
              flush=True)  # fmt: skip
        if what == "closed":
            wrong = [row for row in _rows(desk) if row[1] != TicketStatus.CLOSED]
            print(f"{name}: not closed: {len(wrong)}; events written: {_events(desk)}")
    rows = _rows(desk)
    wrong_back = sum(one != other for one, other in zip(before, rows, strict=True))
    print(f"{name}: rows that differ from before: {wrong_back}; events written: {_events(desk)}")


def _can(shell: Shell, what: str) -> bool:
    """Whether the act is in the Edit menu by now."""
    action = shell.undo.undo if what == "Undo" else shell.undo.redo
    return action.isEnabled() and action.text().startswith(f"{what}: close")


def _rows(desk: Desk) -> list[tuple[object, ...]]:
    columns = [ticket.c[name] for name in _KEPT]
    with desk.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(ticket.c.id))]


def _events(desk: Desk) -> int:
    with desk.database.reading() as connection:
        told = select(event.c.id).where(event.c.kind == "status")
        return len(connection.execute(told).all())


def _until(app: QApplication, condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + _LONGEST_SECONDS
    heartbeat = QTimer()
    heartbeat.start(20)
    while not condition():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            sys.exit("waited too long for the window")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
