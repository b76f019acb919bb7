"""Tickets dropped on a view."""

import pytest

from deskapp.domain.dropping import TAKES_DROPS, edit_of_drop
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.tickets import TicketEdit

ME = AgentId(7)


@pytest.mark.parametrize(
    ("view", "shown", "expected"),
    [
        (View.MINE, View.UNASSIGNED, TicketEdit(assignee_id=ME)),
        (View.MINE, View.CLOSED, TicketEdit(assignee_id=ME, status=TicketStatus.OPEN)),
        (View.UNASSIGNED, View.MINE, TicketEdit(unassign=True)),
        (View.CLOSED, View.MINE, TicketEdit(status=TicketStatus.CLOSED)),
        (View.SPAM, View.MINE, TicketEdit(status=TicketStatus.SPAM)),
        (View.ALL_OPEN, View.SPAM, TicketEdit(status=TicketStatus.OPEN)),
        (View.STARRED, View.MINE, TicketEdit(star=True)),
        (View.FOLLOWING, View.MINE, TicketEdit(add_followers=(ME,))),
        (View.CLOSED, View.CLOSED, None),
        (View.ALL, View.MINE, None),
        (View.SNOOZED, View.MINE, None),
        ("pinned:3", View.MINE, None),
    ],
)
def test_a_drop_brings_tickets_into_the_view(
    view: str, shown: str, expected: TicketEdit | None
) -> None:
    assert edit_of_drop(view, ME, shown) == expected
    assert (view in TAKES_DROPS) or expected is None


def test_nobody_cannot_take_tickets() -> None:
    assert edit_of_drop(View.MINE, None, View.UNASSIGNED) is None
