"""Notes that call a colleague, and calls and chats that are written down by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from deskapp.desk.agents import Agents
from deskapp.desk.tickets import Tickets
from deskapp.domain.entries import Channel, Entry, Heard
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import Direction, TicketStatus, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    made.arrive(letter("Where is it?", message_id="q1@mail.example"))
    yield made
    made.database.close()


@pytest.fixture
def ticket(ground: Ground) -> TicketId:
    [only] = ground.tickets.view_ids(View.ALL_OPEN)
    return only


@pytest.fixture
def colleague(ground: Ground) -> Tickets:
    who = Agents(ground.context).add("Trần Đức", "duc@shop.example")
    return Tickets(replace(ground.context, agent=who))


def _count(tickets: Tickets) -> int:
    return {line.view: line.count for line in tickets.counts()}[View.MENTIONS]


def test_a_note_brings_its_ticket_into_the_mentions_of_whom_it_calls(
    ground: Ground, ticket: TicketId, colleague: Tickets
) -> None:
    assert colleague.view_ids(View.MENTIONS) == []
    note = ground.tickets.note(ticket, "@Đức could you ask the warehouse?")
    assert colleague.view_ids(View.MENTIONS) == [ticket]
    assert _count(colleague) == 1
    assert ground.tickets.view_ids(View.MENTIONS) == []
    [message] = [one for one in colleague.conversation(ticket).messages if one.id == note]
    assert message.mentions == ("Trần Đức",)


def test_a_mention_on_an_ended_ticket_goes_when_it_was_seen(
    ground: Ground, ticket: TicketId, colleague: Tickets
) -> None:
    note = ground.tickets.note(ticket, "@Đức for your record")
    ground.tickets.edit(ticket, TicketEdit(status=TicketStatus.CLOSED))
    assert colleague.view_ids(View.MENTIONS) == [ticket]
    colleague.seen(ticket, note)
    assert colleague.view_ids(View.MENTIONS) == []
    assert _count(colleague) == 0


def test_a_call_written_by_hand_stands_on_the_ticket_with_its_facts(
    ground: Ground, ticket: TicketId
) -> None:
    call = Entry(
        Channel.CALL, Heard.IN, "+84 91 234 5678", 7, "Resend on Monday", date(2026, 12, 1)
    )
    made = ground.tickets.note(ticket, "She did not get the parcel.", call)
    [message] = [one for one in ground.tickets.conversation(ticket).messages if one.id == made]
    assert message.entry == call
    assert message.direction is Direction.NOTE
    assert ground.tickets.row(ticket).status is TicketStatus.NEW


def test_a_call_is_found_by_its_number_and_outcome(ground: Ground, ticket: TicketId) -> None:
    ground.tickets.note(ticket, "", Entry(Channel.CALL, contact="0912345678", outcome="voucher"))
    assert ground.search.tickets("0912345678") == [ticket]
    assert ground.search.tickets("voucher ") == [ticket]


def test_a_note_of_nothing_and_a_call_of_days_are_refused(ground: Ground, ticket: TicketId) -> None:
    with pytest.raises(Problem) as empty:
        ground.tickets.note(ticket, "  ")
    assert empty.value.kind is ProblemKind.EMPTY
    with pytest.raises(Problem) as long:
        ground.tickets.note(ticket, "", Entry(Channel.CALL, minutes=10_000))
    assert long.value.kind is ProblemKind.INVALID
