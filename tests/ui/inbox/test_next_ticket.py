"""Which ticket is next when the open one has left the list."""

import pytest
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.ui.inbox.ticket_list import TicketList


def _ids(*numbers: int) -> list[TicketId]:
    return [TicketId(one) for one in numbers]


@pytest.mark.parametrize(
    ("left", "following"),
    [((7, 5, 9, 2), 9), ((7, 5, 2), 2), ((7, 5, 3, 9, 2), 9), ((7, 5), 5), ((), None)],
)
def test_next_is_the_one_that_stood_behind_it_in_the_views_order(
    qtbot: QtBot, left: tuple[int, ...], following: int | None
) -> None:
    shown = TicketList()
    qtbot.addWidget(shown)
    shown.show_ids(_ids(7, 5, 3, 9, 2))
    shown.choose(TicketId(3))
    shown.show_ids(_ids(*left))
    shown.show_ids(_ids(*left))
    shown.step(1)
    assert shown.current() == following
