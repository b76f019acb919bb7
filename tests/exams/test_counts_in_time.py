"""Counts of views are right within two seconds of a change by anybody.

Another program (a process of its own) closes tickets on the same desk; the window's
numbers, a built-in view's and a pinned one's, are waited for from the moment that it committed.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.saved_views import SavedView
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from deskapp.watching import watching
from deskapp.wiring import open_house
from tests.exams.conftest import PARCELS

pytestmark = pytest.mark.exam

CHANGES, SECONDS = 12, 2.0

_OTHER = """
import sys, time
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.tickets import TicketEdit
from deskapp.wiring import open_house

desk = open_house(sys.argv[1], agent_name="Olga")
for line in sys.stdin:
    number, status = line.split()
    desk.tickets.edit(desk.tickets.by_number(int(number)), TicketEdit(status=TicketStatus(status)))
    print(time.time(), flush=True)
desk.close()
"""


def test_counts_follow_another_program_in_time(
    parcels: str, tmp_path: Path, qtbot: QtBot, tell: Callable[[str], None]
) -> None:
    bridge = Bridge()
    desk = open_house(parcels, agent_name="Anna", announce=bridge.changed.emit)
    desk.views.save(SavedView(None, "Parcels", "parcel status:new"))
    work = Work(desk)
    with watching(desk, bridge.changed.emit):
        waited = _follow(desk, work, bridge, parcels, tmp_path, qtbot)
    assert work.close()
    desk.close()
    assert max(waited) <= SECONDS
    kind = parcels.partition(":")[0].partition("+")[0]
    tell(f"{kind}: {CHANGES} changes by another program, counted after {max(waited):.2f} s at most")


def _follow(
    desk: Desk, work: Work, bridge: Bridge, parcels: str, tmp_path: Path, qtbot: QtBot
) -> list[float]:
    page = InboxPage(work, bridge, ShellActions(Remembered(tmp_path / "windows.ini")))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: [one.count for one in page.views.all_pinned()] == [PARCELS])
    command = [sys.executable, "-c", _OTHER, parcels]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        return [_close_one(page, other, number, qtbot) for number in range(1, CHANGES + 1)]


def _close_one(page: InboxPage, other: "subprocess.Popen[str]", number: int, qtbot: QtBot) -> float:
    """Seconds from the other program's commit until both numbers are right."""
    assert other.stdin is not None and other.stdout is not None
    other.stdin.write(f"{number} closed\n")
    other.stdin.flush()
    committed = float(other.stdout.readline())

    def right() -> bool:
        pinned = [one.count for one in page.views.all_pinned()]
        return pinned == [PARCELS - number] and page.views.count("closed") == number

    qtbot.waitUntil(right, timeout=20_000)
    return time.time() - committed
