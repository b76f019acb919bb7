"""A list is read again for what can have touched it, and an open ticket while others write on."""

import threading

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from deskapp.domain.changes import Changes
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import Conversation
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox import list_again
from deskapp.ui.inbox.page import InboxPage
from tests.ui.sample_desk import SampleDesk

ELSEWHERE = frozenset({TicketId(900)})


@pytest.fixture
def asked(desk: SampleDesk, monkeypatch: pytest.MonkeyPatch) -> list[frozenset[TicketId]]:
    """For which tickets it was asked whether they stand in the view."""
    told: list[frozenset[TicketId]] = []
    stands = desk.notices.standing_in

    def standing_in(view: str, some: frozenset[TicketId]) -> frozenset[TicketId]:
        told.append(some)
        return stands(view, some)  # type: ignore[no-any-return]

    monkeypatch.setattr(desk.notices, "standing_in", standing_in)
    return told


def test_a_change_of_a_ticket_that_stands_elsewhere_reads_no_list(
    page: InboxPage,
    desk: SampleDesk,
    bridge: Bridge,
    qtbot: QtBot,
    asked: list[frozenset[TicketId]],
) -> None:
    before = len(desk.tickets.orders)
    bridge.changed.emit(Changes(tickets=ELSEWHERE, areas=frozenset({"drafts"})))
    qtbot.waitUntil(lambda: asked == [ELSEWHERE])
    assert len(desk.tickets.orders) == before
    desk.tickets.ids.append(TicketId(900))  # now it comes into the view
    bridge.changed.emit(Changes(tickets=ELSEWHERE))
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 11)
    desk.tickets.ids.remove(TicketId(900))  # and leaves it
    bridge.changed.emit(Changes(tickets=ELSEWHERE))
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 10)


@pytest.mark.parametrize(
    "more",
    [
        Changes(customers=frozenset({CustomerId(1)})),
        Changes(areas=frozenset({"agents"})),
        Changes(areas=frozenset({"views"})),
    ],
)
def test_what_may_be_about_any_ticket_reads_the_list(
    page: InboxPage, desk: SampleDesk, bridge: Bridge, qtbot: QtBot, more: Changes
) -> None:
    bridge.changed.emit(more)
    desk.tickets.ids.pop()
    bridge.changed.emit(Changes(tickets=ELSEWHERE))
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 9)


def test_after_a_reading_that_failed_all_is_read(
    page: InboxPage, desk: SampleDesk, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.tickets.problem = Problem(ProblemKind.DATABASE_BUSY)
    bridge.changed.emit(Changes(tickets=frozenset({TicketId(3)})))
    qtbot.waitUntil(lambda: not page.list.list.isVisible())
    desk.tickets.problem = None
    desk.tickets.ids.remove(TicketId(3))
    bridge.changed.emit(Changes(tickets=ELSEWHERE))
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 9)


def test_what_the_clock_alone_moves_is_read_after_a_minute(
    page: InboxPage,
    desk: SampleDesk,
    bridge: Bridge,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(list_again, "_WHOLE_SECONDS", 0.0)
    desk.tickets.ids.pop()
    bridge.changed.emit(Changes(tickets=ELSEWHERE))
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 9)


def test_a_ticket_is_shown_while_others_send_without_a_pause(
    page: InboxPage,
    desk: SampleDesk,
    bridge: Bridge,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To read it takes longer than the pause between two changes that may be of it."""
    monkeypatch.setattr(page.conversation._again._pace, "between", 0.01)
    read = desk.tickets.conversation

    def slowly(ticket: TicketId) -> Conversation:
        threading.Event().wait(0.15)
        return read(ticket)

    monkeypatch.setattr(desk.tickets, "conversation", slowly)
    others = QTimer(page)
    others.timeout.connect(lambda: bridge.changed.emit(Changes(areas=frozenset({"outbox"}))))
    others.start(10)
    assert page.list.list.choose(TicketId(2))
    qtbot.waitUntil(lambda: page.conversation.conversation is not None)
