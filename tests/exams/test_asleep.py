"""A laptop sleeps while colleagues work; awake again its window shows what is so, and the person
finds selection, place and draft where they were. What catches up asks a few questions, not a storm.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.domain.erasing import EraseMode
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.tickets import TicketEdit
from deskapp.wiring import open_house
from tests.exams.conftest import PARCELS
from tests.exams.side_program import SideWindow

SECONDS = float(os.environ.get("DESKAPP_EXAM_SLEEP", "65"))  # longer than a session may idle
CHANGES, STATEMENTS = 500, 400
DRAFT = "Dear customer, half a sentence and then"

pytestmark = pytest.mark.timeout(SECONDS + 600)


@pytest.fixture
def window(parcels: str, tmp_path: Path) -> Iterator[SideWindow]:
    with closing(open_house(parcels)) as desk:
        for name in ("Anna", "Olga"):
            if name not in [one.name for one in desk.agents.list()]:
                desk.agents.add(name)
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    made = SideWindow(parcels, "Anna", tmp_path / "anna", offscreen)
    try:
        made.until(lambda now: now["rows"] == PARCELS, "its list")
        yield made
    finally:
        made.wakes()
        made.kill()


def _closed(desk: Desk, ticket: TicketId) -> None:
    desk.tickets.edit(ticket, TicketEdit(status=TicketStatus.CLOSED))


def _merged(desk: Desk, ticket: TicketId) -> None:
    desk.tickets.merge(ticket, TicketId(int(ticket) + 1))


def _erased(desk: Desk, ticket: TicketId) -> None:
    customer = desk.tickets.row(ticket).customer_id
    assert customer is not None
    desk.erasing.erase(desk.erasing.preview(customer), EraseMode.ERASE)


# What is open afterwards: a merged ticket's draft goes on in the one that took it in.
@pytest.mark.parametrize(("fate", "opened"), [(_closed, 40), (_merged, 41), (_erased, None)])
def test_a_window_that_slept_catches_up_and_moves_nothing(
    fate: Callable[[Desk, TicketId], None],
    opened: int | None,
    window: SideWindow,
    parcels: str,
    tell: Callable[[str], None],
) -> None:
    chosen = TicketId(40)
    window.open(chosen)
    window.say("reply")
    window.say("type", text=DRAFT)
    window.until(lambda now: DRAFT in now["editor"], "the draft")
    with closing(open_house(parcels, agent_name="Olga")) as desk:
        anna = open_house(parcels, agent_name="Anna")
        until = time.monotonic() + 30
        while anna.replies.draft(chosen).body.strip() != DRAFT:
            assert time.monotonic() < until, "the draft was not saved"
            time.sleep(0.1)
        anna.close()
        before, asked = dict(window.state), window.count()
        window.sleeps()
        slept = time.monotonic()
        for number in range(CHANGES - 1):
            other = TicketId(100 + number % (PARCELS - 100))
            desk.tickets.edit(other, TicketEdit(subject=f"changed {number}"))
        fate(desk, chosen)
        time.sleep(max(0.0, SECONDS - (time.monotonic() - slept)))
        rows = len(desk.tickets.view_ids("all_open"))
    window.wakes()
    woken = time.monotonic()
    window.until(lambda now: now["rows"] == rows, "the list as it is")
    back = time.monotonic() - woken
    time.sleep(5)  # what still follows is counted too
    statements = window.count() - asked
    now = window.state
    tell(
        f"{parcels.partition(':')[0].partition('+')[0]}, {fate.__name__[1:]}: slept "
        f"{SECONDS:.0f} s through {CHANGES} changes, right {back:.1f} s after waking, "
        f"{statements} statements"
    )
    assert DRAFT in now["editor"] and now["caret"] == before["caret"]
    assert now["opened"] == opened and now["scrolls"][0] == before["scrolls"][0]
    assert fate is not _closed or now["scrolls"] == before["scrolls"]
    assert statements <= STATEMENTS
    assert "Traceback" not in window.complained()
