"""What a colleague asks for and is given is in no moment lost, whoever does what in between."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from deskapp.data.queries.leases import clock
from deskapp.data.queries.take_over import requests_of
from deskapp.data.tables.presence import take_over
from deskapp.desk.replies import Replies
from deskapp.desk.take_overs import TakeOvers
from deskapp.desk.tickets import Tickets
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.presence import Answer, TakeOver
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OthersDraft
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


@dataclass
class Person:
    """Somebody with what their program does."""

    ground: Ground
    id: AgentId
    replies: Replies
    take_overs: TakeOvers

    def writes(self, ticket: TicketId, text: str) -> None:
        self.replies.save(replace(self.replies.draft(ticket), body=text))

    def is_told(self) -> list[TakeOver]:
        with self.ground.database.reading() as connection:
            return list(requests_of(connection, self.id, clock(connection)))


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example"))
    return ground


@pytest.fixture
def anna(asked: Ground) -> Person:
    return _person(asked, asked.anna)


@pytest.fixture
def olga(asked: Ground) -> Person:
    return _person(asked, asked.olga)


def _person(ground: Ground, who: AgentId) -> Person:
    context = replace(ground.context, agent=who)
    return Person(ground, who, Replies(context), TakeOvers(context))


def test_what_is_given_comes_along_with_the_ticket_and_joins_what_the_asker_wrote(
    asked: Ground, anna: Person, olga: Person
) -> None:
    ticket = asked.only()
    asked.tickets.edit(ticket, TicketEdit(assignee_id=asked.anna))
    anna.writes(ticket, "Dear Lan, your parcel")
    olga.writes(ticket, "Hello")
    request = olga.take_overs.ask(ticket, asked.anna)
    assert olga.take_overs.ask(ticket, asked.anna).id == request.id  # a second press asks no more
    [seen] = anna.is_told()
    assert (seen.asker_name, seen.number) == ("Olga", asked.tickets.row(ticket).number)
    anna.take_overs.give(request.id)
    [told] = olga.is_told()
    assert (told.answer, told.taken) == (Answer.GIVEN, False)
    assert asked.tickets.row(ticket).assignee_name == "Olga"
    given = anna.replies.draft(ticket)
    assert given.id is not None
    assert not anna.take_overs.let_go(request.id, given.id, given.body)  # not taken yet
    assert olga.take_overs.take(request.id) == ticket
    assert olga.take_overs.take(request.id) is None
    assert olga.replies.draft(ticket).body == "Dear Lan, your parcel\n\nHello"
    assert anna.replies.draft(ticket).body == "Dear Lan, your parcel"
    assert anna.take_overs.let_go(request.id, given.id, given.body)
    assert anna.replies.draft(ticket).body == ""


def test_what_the_holder_wrote_after_giving_stays_with_the_holder(
    asked: Ground, anna: Person, olga: Person
) -> None:
    ticket = asked.only()
    anna.writes(ticket, "Dear Lan")
    given = anna.replies.draft(ticket)
    request = olga.take_overs.ask(ticket, asked.anna)
    anna.take_overs.give(request.id)
    olga.take_overs.take(request.id)
    anna.writes(ticket, "Dear Lan, and more")
    assert given.id is not None
    assert not anna.take_overs.let_go(request.id, given.id, given.body)
    assert anna.replies.draft(ticket).body == "Dear Lan, and more"
    assert olga.replies.draft(ticket).body == "Dear Lan"


def test_a_holder_who_quits_between_giving_and_taking_leaves_no_second_copy(
    asked: Ground, anna: Person, olga: Person
) -> None:
    ticket = asked.only()
    anna.writes(ticket, "Dear Lan")
    request = olga.take_overs.ask(ticket, asked.anna)
    anna.take_overs.give(request.id)
    # Anna's program ends here: nothing is let go of.
    assert not anna.take_overs.end_copy(request.id)  # it has not come to Olga yet
    assert [one.body for one in asked_drafts(asked, asked.olga)] == ["Dear Lan"]
    assert olga.take_overs.take(request.id) == ticket
    assert olga.replies.draft(ticket).body == "Dear Lan"
    assert asked_drafts(asked, asked.olga) == ()  # no second copy is offered to her
    _earlier(asked, timedelta(days=30))
    [told] = anna.is_told()
    assert told.copy == anna.replies.draft(ticket).id
    assert not olga.take_overs.end_copy(request.id)
    assert anna.take_overs.end_copy(request.id)
    assert anna.replies.draft(ticket).body == ""
    assert (anna.is_told(), anna.take_overs.end_copy(request.id)) == ([], False)
    assert olga.replies.draft(ticket).body == "Dear Lan"


def test_a_copy_that_its_writer_went_on_with_after_coming_back_stays(
    asked: Ground, anna: Person, olga: Person
) -> None:
    ticket = asked.only()
    anna.writes(ticket, "Dear Lan")
    request = olga.take_overs.ask(ticket, asked.anna)
    anna.take_overs.give(request.id)
    olga.take_overs.take(request.id)
    anna.writes(ticket, "Dear Lan, and more")
    assert [one.copy for one in anna.is_told()] == [None]
    assert not anna.take_overs.end_copy(request.id)
    assert [one.body for one in asked_drafts(asked, asked.olga)] == ["Dear Lan, and more"]


def asked_drafts(ground: Ground, me: AgentId) -> tuple[OthersDraft, ...]:
    return Tickets(replace(ground.context, agent=me)).drafts_of_others(ground.only())


@pytest.mark.parametrize("first", ["give", "keep", "withdraw", "expire"])
def test_a_request_is_answered_once_whoever_comes_second(
    asked: Ground, anna: Person, olga: Person, first: str
) -> None:
    request = olga.take_overs.ask(asked.only(), asked.anna)
    if first == "expire":
        _earlier(asked, timedelta(seconds=61))
    else:
        answers: dict[str, Callable[..., TakeOver]] = {
            "give": anna.take_overs.give,
            "keep": anna.take_overs.keep,
            "withdraw": olga.take_overs.withdraw,
        }
        answers[first](request.id)
    for late in (anna.take_overs.give, anna.take_overs.keep, olga.take_overs.withdraw):
        with pytest.raises(Problem) as refused:
            late(request.id)
        assert refused.value.kind is ProblemKind.TOO_LATE
    again = olga.take_overs.ask(asked.only(), asked.anna)
    assert again.id != request.id and again.answer is Answer.WAITING


def _earlier(ground: Ground, by: timedelta) -> None:
    """As if all was asked that much earlier."""
    with ground.database.writing() as unit:
        for one in unit.connection.execute(take_over.select()).all():
            times = {"asked_at": one.asked_at - by, "expires_at": one.expires_at - by}
            mine = update(take_over).where(take_over.c.id == one.id)
            unit.connection.execute(mine.values(times))


def test_nobody_answers_what_another_is_asked(asked: Ground, olga: Person) -> None:
    request = olga.take_overs.ask(asked.only(), asked.anna)
    for not_hers in (olga.take_overs.give, olga.take_overs.keep):
        with pytest.raises(Problem):
            not_hers(request.id)
    assert olga.take_overs.take(request.id) is None


def test_of_two_who_ask_each_other_the_first_to_give_asks_no_more(
    asked: Ground, anna: Person, olga: Person
) -> None:
    ticket = asked.only()
    anna.writes(ticket, "From Anna")
    olga.writes(ticket, "From Olga")
    of_anna, of_olga = (
        olga.take_overs.ask(ticket, asked.anna),
        anna.take_overs.ask(ticket, asked.olga),
    )
    anna.take_overs.give(of_anna.id)
    assert [one.answer for one in olga.is_told()] == [Answer.GIVEN, Answer.WITHDRAWN]
    with pytest.raises(Problem):
        olga.take_overs.give(of_olga.id)
    olga.take_overs.take(of_anna.id)
    assert olga.replies.draft(ticket).body == "From Anna\n\nFrom Olga"


def test_what_was_given_comes_also_after_a_merge(asked: Ground, anna: Person, olga: Person) -> None:
    ticket = asked.only()
    asked.arrive(letter(message_id="b@customer.example", subject="Another", sender="b@c.example"))
    [other] = [row.id for row in asked.rows() if row.id != ticket]
    asked.tickets.edit(ticket, TicketEdit(assignee_id=asked.anna))
    asked.tickets.edit(other, TicketEdit(assignee_id=asked.anna))
    anna.writes(ticket, "Dear Lan")
    request = olga.take_overs.ask(ticket, asked.anna)
    asked.tickets.merge(ticket, other)
    assert [one.ticket for one in anna.is_told()] == [other]
    anna.take_overs.give(request.id)
    assert asked.tickets.row(other).assignee_name == "Olga"
    assert olga.take_overs.take(request.id) == other
    assert olga.replies.draft(other).body == "Dear Lan"


def test_what_was_given_waits_for_its_asker_longer_than_a_request_is_told(
    asked: Ground, anna: Person, olga: Person
) -> None:
    ticket = asked.only()
    anna.writes(ticket, "Dear Lan")
    anna.take_overs.give(olga.take_overs.ask(ticket, asked.anna).id)
    _earlier(asked, timedelta(hours=3))
    [told] = olga.is_told()
    assert (told.answer, told.taken) == (Answer.GIVEN, False)
    olga.take_overs.take(told.id)
    assert olga.is_told() == []
    assert olga.replies.draft(ticket).body == "Dear Lan"


def test_a_holder_whose_reply_left_meanwhile_gives_no_text_twice(
    asked: Ground, anna: Person, olga: Person
) -> None:
    ticket = asked.only()
    anna.writes(ticket, "Dear Lan")
    request = olga.take_overs.ask(ticket, asked.anna)
    draft = anna.replies.draft(ticket)
    anna.replies.send(draft)
    anna.take_overs.give(request.id)
    assert olga.take_overs.take(request.id) == ticket
    assert olga.replies.draft(ticket).body == ""
