"""Two open tickets, to be put aside."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, View
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import EventRow, TicketEdit

from .ground import Ground
from .letters import letter

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    made.arrive(
        letter("Where is it?", message_id="q1@mail.example"),
        letter(
            "An invoice please", message_id="q2@mail.example", sender="Binh <binh@mail.example>"
        ),
    )
    yield made
    made.database.close()


def both(ground: Ground) -> tuple[TicketId, TicketId]:
    first, second = sorted(ground.tickets.view_ids(View.ALL_OPEN))
    return first, second


def put_aside(ground: Ground, one: TicketId, snooze: Snooze) -> None:
    ground.tickets.edit(one, TicketEdit(snooze=snooze))


def counts(ground: Ground) -> dict[str, int]:
    return {line.view: line.count for line in ground.tickets.counts()}


def waking(ground: Ground, one: TicketId) -> list[EventRow]:
    events = ground.tickets.conversation(one).events
    return [event for event in events if event.kind is EventKind.WOKE]


def agrees(ground: Ground) -> None:
    """Every view has as many tickets as its count says."""
    for view, count in counts(ground).items():
        assert len(ground.tickets.view_ids(view)) == count, view
