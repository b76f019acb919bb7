"""Whoever asks for the next ticket gets the one whose promise comes first, and gets it alone."""

from datetime import timedelta

import pytest

from deskapp.data.database import Database
from deskapp.data.queries.ticket_edit import lock_rows
from deskapp.desk.absences import Absences
from deskapp.desk.assigning import Assigning
from deskapp.desk.teams import Teams
from deskapp.desk.undo import Undo
from deskapp.domain.assigning import How, Why
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.problem import Problem
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit

from .given_out import mails, told
from .ground import Ground
from .there import come


def taken(ground: Ground, view: str = "", **more: object) -> int | None:
    """The number of the ticket that is next."""
    found = Assigning(ground.context).take_next(view, **more)  # type: ignore[arg-type]
    return None if found is None else found.ticket.number


def edit(ground: Ground, number: int, **values: object) -> TicketId:
    one = ground.tickets.by_number(number)
    ground.tickets.edit(one, TicketEdit(**values))  # type: ignore[arg-type]
    return one


def test_what_is_due_within_a_day_goes_first_then_who_waits_longest(ground: Ground) -> None:
    mails(ground, 4)
    edit(ground, 4, due_at=ground.time + timedelta(minutes=40))
    edit(ground, 3, due_at=ground.time + timedelta(days=9))
    first = Assigning(ground.context).take_next()
    assert first is not None
    assert (first.ticket.number, first.ticket.assignee_id) == (4, ground.anna)
    assert first.why.due == ground.time + timedelta(minutes=40)
    [event] = told(ground, first.ticket.id, EventKind.ASSIGNED)
    assert Why.read(event.reason) == first.why
    assert (first.why.how, event.agent_name) == (How.TAKEN, "Anna")
    assert [taken(ground) for _ in range(4)] == [1, 2, 3, None]


def test_a_snooze_that_ended_is_a_promise_that_has_come(ground: Ground) -> None:
    mails(ground, 3)
    edit(ground, 3, snooze=Snooze(ground.time + timedelta(hours=1)))
    edit(ground, 2, snooze=Snooze(ground.time + timedelta(days=3)))
    ground.later(hours=2)
    assert [taken(ground) for _ in range(3)] == [3, 1, None]


def test_what_ended_sleeps_or_is_spam_is_no_next_one(ground: Ground) -> None:
    mails(ground, 5)
    edit(ground, 1, status=TicketStatus.SPAM)
    edit(ground, 2, status=TicketStatus.CLOSED)
    edit(ground, 3, assignee_id=ground.olga)
    edit(ground, 4, snooze=Snooze(on_reply=True))
    ground.tickets.merge(ground.tickets.by_number(5), ground.tickets.by_number(3))
    assert taken(ground) is None


def test_what_a_colleague_writes_on_is_theirs(ground: Ground) -> None:
    mails(ground, 2)
    first, second = map(ground.tickets.by_number, (1, 2))
    come(ground, ground.olga, writing=first)
    come(ground, ground.anna, writing=second)
    assert [taken(ground), taken(ground)] == [2, None]


def test_another_teams_tickets_are_taken_only_when_it_is_named(ground: Ground) -> None:
    teams = Teams(ground.context)
    ours, theirs = teams.add("Billing"), teams.add("Returns")
    teams.join(ground.anna, ours)
    mails(ground, 3)
    edit(ground, 1, team_id=theirs)
    edit(ground, 3, team_id=ours)
    assert taken(ground, View.MY_TEAM) == 3
    assert [taken(ground), taken(ground), taken(ground, team=theirs)] == [2, None, 1]


def test_in_a_view_only_what_it_shows_is_taken(ground: Ground) -> None:
    mails(ground, 3)
    edit(ground, 2, star=True)
    assert [taken(ground, View.STARRED), taken(ground, View.STARRED)] == [2, None]
    assert taken(ground, View.CLOSED) == 1  # nothing there is anybody's to take: all are meant


def test_taking_one_is_an_act_that_can_be_undone(ground: Ground) -> None:
    mails(ground, 1)
    assert taken(ground) == 1
    last, _ = Undo(ground.context).stack()
    assert last is not None
    Undo(ground.context).take_back(last.id)
    assert ground.rows()[0].assignee_id is None


def test_who_is_nobody_takes_nothing(ground: Ground) -> None:
    mails(ground, 1)
    ground.context.agent = None
    with pytest.raises(Problem):
        taken(ground)


def test_a_ticket_that_another_program_is_at_is_stepped_over(ground: Ground) -> None:
    if ground.database.is_sqlite:
        pytest.skip("one write at a time: nobody meets a lock on SQLite")
    mails(ground, 2)
    other = Database(ground.database.url)
    try:
        with other.writing() as unit:
            lock_rows(unit, [ground.tickets.by_number(1)])
            assert taken(ground) == 2
    finally:
        other.close()
    assert taken(ground) == 1


def test_who_stands_in_still_takes_only_what_nobody_has(ground: Ground) -> None:
    mails(ground, 2)
    edit(ground, 1, assignee_id=ground.olga)
    Absences(ground.context).away(ground.olga, substitute=ground.anna)
    assert [taken(ground), taken(ground)] == [2, None]
    assert ground.rows()[0].assignee_id == ground.olga


def test_the_reason_reads_back_as_it_was(ground: Ground) -> None:
    why = Why(How.TAKEN, due=ground.time, waiting=ground.time, back=True)
    assert Why.read(why.told()) == why
    assert Why.read("hand_over") is None
