"""Work on a ticket that a colleague has merged away meanwhile: nothing lands where nobody looks."""

from dataclasses import replace

import pytest

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


@pytest.fixture
def three(ground: Ground) -> Ground:
    ground.arrive(*(letter(f"text {n}", sender=f"c{n}@c.example", hours=n) for n in range(3)))
    return ground


def _ids(ground: Ground) -> list[TicketId]:
    return [ground.tickets.by_number(number) for number in (1, 2, 3)]


def test_every_number_leads_to_where_a_ticket_merged_twice_lives_on(three: Ground) -> None:
    first, second, third = _ids(three)
    three.tickets.merge(first, second)
    three.tickets.merge(second, third)
    assert _ids(three) == [third, third, third]
    assert three.search.tickets("#1") == [third]


def test_a_reply_on_a_ticket_merged_meanwhile_is_stopped_and_then_goes_where_it_lives_on(
    three: Ground,
) -> None:
    first, second, _ = _ids(three)
    draft = replace(three.replies.draft(first), body="Hello")
    three.as_olga().tickets.merge(first, second)
    with pytest.raises(Problem) as stopped:
        three.replies.send(draft)
    assert stopped.value.kind is ProblemKind.CHANGED_MEANWHILE
    three.replies.send(draft, force=True)
    assert three.tickets.row(first).status is TicketStatus.MERGED
    assert three.tickets.row(second).message_count == 3
    assert first not in three.tickets.view_ids(View.ALL)


def test_a_note_on_a_ticket_merged_meanwhile_goes_where_it_lives_on(three: Ground) -> None:
    first, second, _ = _ids(three)
    three.as_olga().tickets.merge(first, second)
    three.tickets.note(first, "called her")
    assert three.tickets.row(second).message_count == 3


def test_a_ticket_merged_meanwhile_is_not_brought_back_by_an_edit(three: Ground) -> None:
    first, second, third = _ids(three)
    three.as_olga().tickets.merge(first, second)
    with pytest.raises(Problem) as refused:
        three.tickets.edit(first, TicketEdit(status=TicketStatus.OPEN))
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert three.tickets.edit_many([first, third], TicketEdit(status=TicketStatus.CLOSED)) == 1
    assert three.tickets.row(first).status is TicketStatus.MERGED
    assert three.tickets.view_ids(View.CLOSED) == [third]
