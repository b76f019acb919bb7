"""A colleague who ends a ticket, gives it away or to another customer stops a reply under way."""

from dataclasses import replace

import pytest

from deskapp.desk.customers import Customers
from deskapp.desk.newcomers import Newcomers
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example"))
    return ground


def _ticket(ground: Ground) -> TicketId:
    return ground.tickets.view_ids(View.ALL)[0]


def _draft(ground: Ground) -> Draft:
    return replace(ground.replies.draft(_ticket(ground)), body="Hello Lan")


def _stopped(ground: Ground, draft: Draft) -> Problem:
    with pytest.raises(Problem) as stopped:
        ground.replies.send(draft)
    assert stopped.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert ground.replies.outbox() == ()
    return stopped.value


@pytest.mark.parametrize("end", [TicketStatus.SOLVED, TicketStatus.CLOSED, TicketStatus.SPAM])
def test_a_ticket_that_a_colleague_ended_stops_the_reply_and_says_who(
    asked: Ground, end: TicketStatus
) -> None:
    draft = asked.replies.save(_draft(asked))
    asked.as_olga().tickets.edit(_ticket(asked), TicketEdit(status=end))
    problem = _stopped(asked, draft)
    assert (problem.details["what"], problem.details["who"]) == ("ticket_status", "Olga")
    [deed] = asked.replies.news(draft)
    assert (deed.author, getattr(deed, "words", "")) == ("Olga", end)
    asked.replies.send(draft, force=True)


def test_one_given_to_somebody_else_stops_it_and_one_given_to_the_writer_does_not(
    asked: Ground,
) -> None:
    draft, olga = _draft(asked), asked.as_olga()
    olga.tickets.edit(_ticket(asked), TicketEdit(assignee_id=asked.olga))
    assert _stopped(asked, draft).details["to"] == "Olga"
    olga.tickets.edit(_ticket(asked), TicketEdit(assignee_id=asked.anna))
    asked.replies.send(draft)


def test_another_customer_stops_it(asked: Ground) -> None:
    draft = _draft(asked)
    minh = Address("Minh", "minh@c.example")
    Newcomers(asked.as_olga().context).make_customer(_ticket(asked), minh)
    assert _stopped(asked, draft).details["what"] == "ticket_customer"


def test_two_records_of_one_customer_made_one_stop_nothing_and_made_two_again_do(
    asked: Ground,
) -> None:
    asked.arrive(letter(sender="Lan <lan2@c.example>", message_id="b@c.example", hours=1))
    one, two = sorted(asked.tickets.view_ids(View.ALL))
    draft = replace(asked.replies.draft(one), body="Hello Lan")
    mine, other = asked.tickets.row(one).customer_id, asked.tickets.row(two).customer_id
    assert mine is not None and other is not None
    customers = Customers(asked.as_olga().context)
    customers.merge(other, mine)
    assert asked.replies.news(draft) == ()
    asked.replies.undo(asked.replies.send(draft).outbox_id)
    customers.unmerge(mine)
    [deed] = asked.replies.news(draft)
    assert getattr(deed, "kind", None) is EventKind.CUSTOMER


def test_what_is_seen_what_is_undone_and_what_is_trifling_stop_nothing(asked: Ground) -> None:
    olga, one = asked.as_olga(), _ticket(asked)
    draft = _draft(asked)
    olga.tickets.edit(one, TicketEdit(add_tags=("late",), status=TicketStatus.ON_HOLD))
    olga.tickets.edit(one, TicketEdit(status=TicketStatus.CLOSED))
    olga.tickets.edit(one, TicketEdit(status=TicketStatus.OPEN))
    assert asked.replies.news(draft) == ()
    olga.tickets.edit(one, TicketEdit(status=TicketStatus.CLOSED))
    begun_later = replace(_draft(asked), body="Hello Lan, once more")
    assert begun_later.seen_event == asked.tickets.conversation(one).newest_event
    asked.replies.send(begun_later)


def test_what_the_writer_did_at_another_window_stops_nothing(asked: Ground) -> None:
    draft = _draft(asked)
    asked.tickets.edit(
        _ticket(asked), TicketEdit(status=TicketStatus.SOLVED, assignee_id=asked.olga)
    )
    assert asked.replies.news(draft) == ()
    asked.replies.send(draft)


def test_a_merge_is_told_with_what_it_brought(asked: Ground) -> None:
    asked.arrive(letter("Second", message_id="b@customer.example", hours=1))
    older, kept = sorted(asked.tickets.view_ids(View.ALL))
    draft = replace(asked.replies.draft(kept), body="Hello Lan")
    asked.as_olga().tickets.merge(older, kept)
    kinds = [getattr(what, "kind", "message") for what in asked.replies.news(draft)]
    assert kinds == ["message", EventKind.MERGED]
    assert _stopped(asked, draft).details["what"] == "ticket"
