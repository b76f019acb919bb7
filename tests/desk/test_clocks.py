"""A machine whose clock is hours wrong works on a shared desk like the others: its server's clock
decides. A desk in a file has the clock of its machine."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from deskapp.data import team_clock
from deskapp.data.database import Database
from deskapp.data.queries.leases import acquire, clock
from deskapp.data.tables.replies import outbox
from deskapp.data.tables.team import change
from deskapp.data.upgrade import open_desk
from deskapp.desk import Desk
from deskapp.desk.absences import Absences
from deskapp.desk.assigning import Assigning
from deskapp.desk.context import Context, utc_now
from deskapp.desk.snoozes import Snoozes
from deskapp.desk.take_overs import TakeOvers
from deskapp.desk.tickets import Tickets
from deskapp.domain.kinds import View
from deskapp.domain.presence import Answer
from deskapp.domain.problem import Problem
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter

SOON = timedelta(minutes=30)
Machine = Callable[[float], None]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Puts this machine's clock so many hours ahead of the right time; 0 puts it right."""

    def put(hours: float) -> None:
        apart = timedelta(hours=hours)
        monkeypatch.setattr(team_clock, "machine_time", lambda: datetime.now(UTC) + apart)

    return put


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Ground]:
    """A desk that lives by the real clock, with a ticket."""
    ground = Ground(postgres_url)
    ground.time = datetime.now(UTC)
    ground.arrive(letter(message_id="a@customer.example"))
    yield ground
    ground.database.close()


@pytest.fixture
def anna(shared: Ground) -> Iterator[Context]:
    """Her program, on a machine that goes by ``machine``."""
    database = Database(shared.database.address)
    open_desk(database)
    yield Context(database, shared.context.mail, shared.anna, utc_now)
    database.close()


def near(found: datetime, expected: datetime) -> bool:
    return abs(found - expected) < timedelta(seconds=30)


@pytest.mark.parametrize("hours", [1, -1, 26])
def test_an_absence_begins_and_ends_at_the_same_moment_for_everybody(
    shared: Ground, anna: Context, machine: Machine, hours: float
) -> None:
    absences, now = Absences(anna), datetime.now(UTC)
    machine(hours)
    absences.away(shared.olga, until=now + SOON, substitute=shared.anna)
    [noted] = absences.list()
    assert near(noted.since, now)
    assert absences.stand_in(shared.olga) == shared.anna
    machine(0)
    assert [one.agent for one in absences.list()] == [shared.olga]
    assert absences.stand_in(shared.olga) == shared.anna
    machine(hours)
    with pytest.raises(Problem):
        absences.away(shared.olga, until=now - SOON)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_ticket_put_aside_or_taken_at_a_wrong_clock_is_so_at_the_right_time(
    shared: Ground, anna: Context, machine: Machine, hours: float
) -> None:
    tickets, one, now = Tickets(anna), shared.rows()[0].id, datetime.now(UTC)
    machine(hours)
    tickets.edit(one, TicketEdit(snooze=Snooze(now + SOON)))
    assert Snoozes(anna).wake() == []
    tickets.edit(one, TicketEdit(snooze=Snooze(now - SOON)))
    assert Snoozes(anna).wake() == [one]
    taken = Assigning(anna).take_next()
    assert taken is not None and taken.ticket.id == one
    assert all(near(event.at, now) for event in tickets.conversation(one).events[-2:])


@pytest.mark.parametrize("hours", [1, -1])
def test_a_reply_leaves_when_its_time_to_be_undone_is_over(
    shared: Ground, anna: Context, machine: Machine, hours: float
) -> None:
    desk, one = Desk(anna.database, anna.mail, agent=shared.anna), shared.rows()[0].id
    machine(hours)
    draft = replace(desk.replies.draft(one), body="It is on its way.")
    sent = desk.replies.send(draft, delay=timedelta(seconds=10))
    with shared.database.reading() as connection:
        right = clock(connection)
        [stored] = connection.execute(select(outbox.c.not_before)).scalars()
    assert near(sent.not_before, right)
    assert near(stored, right)
    assert near(desk.now(), right)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_request_to_take_over_waits_its_minute_and_a_lease_its_own(
    shared: Ground, anna: Context, machine: Machine, hours: float
) -> None:
    one, now = shared.rows()[0].id, datetime.now(UTC)
    machine(hours)
    asked = TakeOvers(anna).ask(one, shared.olga)
    assert 50 < asked.left < 61
    with anna.database.writing() as unit:
        assert acquire(unit.connection, "pull", "wrong") is not None
    machine(0)
    with shared.database.writing() as unit:
        assert acquire(unit.connection, "pull", "right") is None
    assert TakeOvers(replace(anna, agent=shared.olga)).give(asked.id).answer is Answer.GIVEN
    with shared.database.reading() as connection:
        told = connection.execute(select(change.c.at).order_by(change.c.id.desc())).scalars()
        assert near(next(iter(told)), now)


def test_a_clock_put_right_while_the_program_runs_changes_nothing(
    anna: Context, machine: Machine
) -> None:
    for hours in (0.0, 3.0, -3.0, 0.0):
        machine(hours)
        assert near(anna.now(), datetime.now(UTC))


def test_two_clocks_that_differ_by_less_than_two_seconds_are_the_same(
    anna: Context, machine: Machine
) -> None:
    machine(1 / 3600)
    assert anna.database.clock.apart == timedelta()


def test_a_desk_in_a_file_goes_by_its_machine(desk_file: str, machine: Machine) -> None:
    ground = Ground(desk_file)
    try:
        context = Context(ground.database, ground.context.mail, ground.anna, utc_now)
        machine(1)
        with pytest.raises(Problem):
            Absences(context).away(ground.olga, until=datetime.now(UTC) + SOON)
        noted = Absences(context).away(ground.olga)
        assert near(noted.since, datetime.now(UTC) + timedelta(hours=1))
        assert {one.view for one in ground.tickets.counts()} >= {View.MINE}
        assert ground.database.clock.apart == timedelta()
    finally:
        ground.database.close()
