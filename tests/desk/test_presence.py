"""Who is on a ticket is told to colleagues."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update

from deskapp.data.change_watch import Ear
from deskapp.data.database import Database
from deskapp.data.queries.leases import clock
from deskapp.data.queries.presence import SEEN_FOR
from deskapp.data.tables.presence import presence
from deskapp.data.tables.team import change
from deskapp.desk.changes import ChangeLog
from deskapp.desk.presence import Presence
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.presence import Colleague, Doing, Room, by_ticket, initials
from deskapp.domain.problem import Problem, ProblemKind

from .ground import Ground
from .letters import letter

_PATIENCE = 20.0


@dataclass
class Program:
    """One person's program beside the others, with a line to the database of its own."""

    database: Database
    presence: Presence
    heard: "queue.Queue[Room]"
    moves: int = 0  # of others, that it was told of

    def sees(self, wanted: Callable[[Room], bool]) -> Room:
        """The first news of which this is true."""
        while True:
            room = self.heard.get(timeout=_PATIENCE)
            if wanted(room):
                return room

    def sees_doing(self, *doing: Doing) -> Room:
        return self.sees(lambda room: tuple(one.doing for one in room.colleagues) == doing)


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example"))
    return ground


@pytest.fixture
def opened(asked: Ground, desk_url: str) -> Iterator[Callable[[AgentId], Program]]:
    """Opens programs on the desk; they hear each other as windows do."""
    with ExitStack() as house:

        def open_one(who: AgentId) -> Program:
            database = Database(desk_url)
            house.callback(database.close)
            context = replace(asked.context, database=database, agent=who)
            log, stop, told = ChangeLog(context), threading.Event(), queue.Queue[Room]()
            made = Program(database, Presence(context), told)

            def hear(changes: object) -> None:
                if "presence" in changes.areas:  # type: ignore[attr-defined]
                    made.moves += 1
                    made.presence.heard()

            ear = threading.Thread(target=log.watch, args=(stop, hear, log.cursor()))
            ear.start()
            house.callback(ear.join)
            house.callback(stop.set)
            house.enter_context(made.presence.kept(told.put))
            made.heard.get(timeout=_PATIENCE)  # it is there
            return made

        yield open_one


def test_a_colleague_is_seen_looking_writing_and_going(
    asked: Ground, opened: Callable[[AgentId], Program]
) -> None:
    anna, olga = opened(asked.anna), opened(asked.olga)
    ticket = asked.only()
    anna.presence.stands(1, ticket, Doing.LOOKING)
    room = olga.sees_doing(Doing.LOOKING)
    assert [(one.name, one.ticket) for one in room.colleagues] == [("Anna", ticket)]
    assert [one.name for one in room.here] == ["Anna"]
    anna.presence.stands(1, ticket, Doing.WRITING)
    olga.sees_doing(Doing.WRITING)
    assert [one.name for one in olga.presence.on(ticket)] == ["Anna"]
    assert olga.presence.agents() == {asked.anna, asked.olga}
    anna.presence.leaves(1)
    olga.sees_doing()


def test_a_program_that_ends_is_gone_at_once_and_a_killed_one_after_a_while(
    asked: Ground, opened: Callable[[AgentId], Program], desk_url: str
) -> None:
    olga = opened(asked.olga)
    context = replace(asked.context, database=Database(desk_url))
    anna = Presence(context)
    with anna.kept(lambda _room: None):
        anna.stands(1, asked.only(), Doing.WRITING)
        olga.sees_doing(Doing.WRITING)
    olga.sees_doing()
    assert olga.presence.agents() == {asked.olga}
    with context.database.writing() as unit:  # what a killed one leaves
        killed = clock(unit.connection) - SEEN_FOR
        rows = {"client": "dead", "place": 1, "agent_id": asked.anna, "ticket_id": asked.only()}
        times = {"doing": "writing", "since": killed, "seen_at": killed}
        unit.connection.execute(presence.insert(), {**rows, **times})
    assert olga.presence.on(asked.only()) == ()
    with context.database.writing() as unit:
        unit.connection.execute(update(presence).values(seen_at=killed - timedelta(hours=1)))
    opened(asked.olga)  # who comes clears away what is long dead
    assert "dead" not in _clients(asked)
    context.database.close()


def test_beats_and_what_nobody_can_see_are_not_announced(
    asked: Ground, opened: Callable[[AgentId], Program]
) -> None:
    anna = opened(asked.anna)
    with _announcements(anna) as told:
        anna.presence.stands(1, asked.only(), Doing.WRITING)  # nobody else is there
        anna.sees(lambda _room: _place_of(asked) == "writing")
        _beats(anna)
        anna.sees(lambda _room: True)
        assert told == []
        olga = opened(asked.olga)
        anna.presence.stands(1, asked.only(), Doing.LOOKING)
        olga.sees_doing(Doing.LOOKING)
        assert told == [True]  # so that the silence above says something


@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
def test_where_people_are_stands_in_no_log_of_a_server(
    asked: Ground, opened: Callable[[AgentId], Program]
) -> None:
    anna, olga = opened(asked.anna), opened(asked.olga)
    before = _announced(asked)
    for doing in (Doing.LOOKING, Doing.WRITING):
        anna.presence.stands(1, asked.only(), doing)
        olga.sees_doing(doing)
    anna.presence.leaves(1)
    olga.sees_doing()
    assert _announced(asked) == before


@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
def test_who_hears_no_notice_sees_colleagues_move_all_the_same(
    asked: Ground, opened: Callable[[AgentId], Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(_ear: Ear) -> None:
        raise Problem(ProblemKind.DATABASE_UNREACHABLE)

    monkeypatch.setattr(Ear, "_to_the_server", deaf)
    monkeypatch.setattr("deskapp.desk.presence.BEAT_SECONDS", 60.0)  # nor at the next of her own
    anna, olga = opened(asked.anna), opened(asked.olga)
    anna.presence.stands(1, asked.only(), Doing.WRITING)
    olga.sees_doing(Doing.WRITING)


def test_many_who_move_are_read_together(
    asked: Ground, opened: Callable[[AgentId], Program]
) -> None:
    olga = opened(asked.olga)
    began, read = time.monotonic(), 0
    for _ in range(100):
        olga.presence.heard()
        time.sleep(0.01)
    while not olga.heard.empty():
        olga.heard.get()
        read += 1
    assert 1 <= read <= 3 + (time.monotonic() - began) / 0.33


def _beats(one: Program, late: float = 0.0) -> None:
    """Its next beat is now, or was so many seconds ago: the program has slept since."""
    one.presence._beat_at = time.monotonic() - late
    one.presence.heard()


def test_who_wakes_after_a_long_sleep_is_announced(
    asked: Ground, opened: Callable[[AgentId], Program]
) -> None:
    anna, olga = opened(asked.anna), opened(asked.olga)
    anna.presence.stands(1, asked.only(), Doing.WRITING)
    olga.sees_doing(Doing.WRITING)
    before = olga.moves

    def woke(_room: Room) -> bool:
        if olga.moves > before:
            return True
        _beats(anna, late=SEEN_FOR.total_seconds() + 1)  # to colleagues it had gone
        return False

    _beats(anna)
    anna.sees(woke)


@contextmanager
def _announcements(one: Program) -> Iterator[list[bool]]:
    """What a program's writes told others, each: by a change row in a file, by a notice on a
    server, which asks for it in the statement that is looked at here."""
    told: list[bool] = []

    def executed(_line: object, _cursor: object, statement: str, *_more: object) -> None:
        if "pg_notify" in statement or "INSERT INTO change" in statement:
            told.append(True)

    event.listen(one.database.writer, "before_cursor_execute", executed)
    try:
        yield told
    finally:
        event.remove(one.database.writer, "before_cursor_execute", executed)


def _announced(ground: Ground) -> int:
    with ground.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(change)).scalar_one())


def _clients(ground: Ground) -> set[str]:
    with ground.database.reading() as connection:
        return set(connection.execute(select(presence.c.client)).scalars())


def _place_of(ground: Ground) -> str | None:
    with ground.database.reading() as connection:
        there = select(presence.c.doing).where(presence.c.place == 1)
        return connection.execute(there).scalar()


def test_a_program_whose_rows_were_forgotten_while_it_slept_comes_back(
    asked: Ground, opened: Callable[[AgentId], Program]
) -> None:
    anna, olga = opened(asked.anna), opened(asked.olga)
    anna.presence.stands(1, asked.only(), Doing.LOOKING)
    olga.sees_doing(Doing.LOOKING)
    with asked.database.writing() as unit:
        unit.connection.execute(presence.delete())
    _beats(anna)
    anna.sees(lambda _room: _place_of(asked) == "looking")


def test_a_ticket_that_was_erased_meanwhile_throws_nothing(
    asked: Ground, opened: Callable[[AgentId], Program]
) -> None:
    anna = opened(asked.anna)
    anna.presence.stands(1, TicketId(4711), Doing.WRITING)
    anna.presence.stands(2, asked.only(), Doing.WRITING)
    anna.sees(lambda _room: [one.name for one in anna.presence.on(asked.only())] == [])
    assert _place_of(asked) is None


def test_somebody_with_two_windows_is_there_once_and_writing_counts(ground: Ground) -> None:
    one, other, ticket = ground.anna, ground.olga, TicketId(7)
    at = ground.time
    there = [
        Colleague(one, "Anna", ticket, Doing.LOOKING, at, 9.0),
        Colleague(one, "Anna", ticket, Doing.WRITING, at + timedelta(seconds=5), 9.0),
        Colleague(other, "Olga", ticket, Doing.LOOKING, at, 9.0),
    ]
    seen = by_ticket(there, None)[ticket]
    assert [(who.name, who.doing) for who in seen] == [("Anna", "writing"), ("Olga", "looking")]
    assert by_ticket(there, other)[ticket] == seen[:1]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Nguyễn Thị Minh Khai", "NK"),
        ("王小明", "小明"),
        ("Мария", "МА"),
        ("Ann Lee", "AL"),
        ("", "?"),
    ],
)
def test_a_name_has_two_letters(name: str, short: str) -> None:
    assert initials(name) == short
