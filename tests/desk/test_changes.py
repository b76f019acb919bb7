"""One program sees what another did."""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text

from deskapp.data.change_order import NOTIFY_CHANNEL
from deskapp.data.change_watch import Ear
from deskapp.data.database import Connection, Database
from deskapp.data.queries.changes import changes_since
from deskapp.desk.changes import ChangeLog
from deskapp.desk.context import Context
from deskapp.domain.changes import Changes, Cursor
from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.line import Line
from deskapp.domain.problem import ProblemKind

from .ground import Ground
from .letters import letter


@contextmanager
def ended_after(seconds: float, stop: threading.Event) -> Iterator[None]:
    """So that a story that goes wrong ends too."""
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _watching(ground: Ground, url: str) -> Iterator["queue.Queue[Changes]"]:
    """A second program with the same desk open."""
    told: queue.Queue[Changes] = queue.Queue()
    stop, other = threading.Event(), Database(url)
    log = ChangeLog(Context(other, ground.context.mail))
    thread = threading.Thread(target=log.watch, args=(stop, told.put, log.cursor()))
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join()
        other.close()


def test_a_colleague_sees_a_new_ticket_within_two_seconds(ground: Ground, desk_url: str) -> None:
    with _watching(ground, desk_url) as told:
        ground.arrive(letter())
        assert told.get(timeout=2).tickets == {ground.only()}


def test_what_is_written_before_the_watcher_is_awake_is_told(ground: Ground, desk_url: str) -> None:
    other = Database(desk_url)
    log = ChangeLog(Context(other, ground.context.mail))
    stop, told = threading.Event(), []

    def tell(changes: Changes) -> None:
        told.append(changes.tickets)
        stop.set()

    cursor = log.cursor()
    ground.arrive(letter())
    with ended_after(20, stop):
        log.watch(stop, tell, cursor)
    other.close()
    assert told == [{ground.only()}]


def test_a_listener_that_fails_once_hears_the_next_change(
    ground: Ground, desk_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = Database(desk_url)
    log = ChangeLog(Context(other, ground.context.mail))
    stop, told = threading.Event(), []

    def tell(changes: Changes) -> None:
        told.append(changes.tickets)
        if len(told) == 1:
            ground.arrive(letter("another", sender="tom@other.example"))
            raise KeyError("a fault of ours")
        stop.set()

    cursor = log.cursor()
    ground.arrive(letter())
    with ended_after(20, stop):
        log.watch(stop, tell, cursor)
    other.close()
    assert len(told) == 2 and "met a fault" in caplog.text


@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
def test_what_was_read_on_a_line_that_broke_at_the_end_of_the_reading_is_told_all_the_same(
    ground: Ground, desk_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, told, broken = threading.Event(), list[object](), list[int]()

    def read_and_broken(connection: Connection, *rest: Cursor, **more: str) -> object:
        found = changes_since(connection, *rest, **more)
        if found[1] and not broken:
            broken.append(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
            with ground.context.database.writer.begin() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": broken[0]})
        return found

    def tell(changes: Changes) -> None:
        told.append(changes.tickets)
        stop.set()

    monkeypatch.setattr("deskapp.desk.changes.changes_since", read_and_broken)
    other = Database(desk_url)
    log = ChangeLog(Context(other, ground.context.mail))
    cursor = log.cursor()
    ground.arrive(letter())
    with ended_after(20, stop):
        log.watch(stop, tell, cursor)
    other.close()
    assert broken and told == [{ground.only()}]


def test_a_burst_of_a_hundred_changes_is_read_a_few_times_and_told_whole(
    ground: Ground, desk_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, told, stop = list[float](), set[int](), threading.Event()

    def read(*asked: object, **more: object) -> object:
        reads.append(time.monotonic())
        return changes_since(*asked, **more)  # type: ignore[arg-type]

    def tell(changes: Changes) -> None:
        told.update(changes.tickets)
        if 99 in told:
            stop.set()

    def heard_often(ear: Ear) -> None:
        """As a server's notices come: a file is looked at four times a second, which would hide
        how often the log is read."""
        ear._listening()
        while not ear._stop.wait(0.001):
            ear.news.set()

    monkeypatch.setattr(Ear, "_to_the_file", heard_often)
    monkeypatch.setattr("deskapp.desk.changes.changes_since", read)
    other = Database(desk_url)
    log = ChangeLog(Context(other, ground.context.mail))
    watcher = threading.Thread(target=log.watch, args=(stop, tell, log.cursor()))
    with ended_after(60, stop):
        watcher.start()
        for number in range(100):
            with ground.database.writing() as unit:
                unit.touched.tickets.add(TicketId(number))
        watcher.join()
    other.close()
    assert told == set(range(100))
    assert len(reads) <= 4 + (reads[-1] - reads[0]) / 0.2


def test_what_somebody_has_read_is_told_to_their_own_programs_alone(ground: Ground) -> None:
    ground.arrive(letter())
    one, other = ground.context, Database(ground.database.url)
    hers, theirs = (
        ChangeLog(replace(one, database=other, agent=who)) for who in (ground.anna, ground.olga)
    )
    cursor = hers.cursor()
    ground.tickets.seen(ground.only(), MessageId(1))
    assert hers.since(cursor)[1].tickets == {ground.only()}
    assert not theirs.since(cursor)[1]
    ground.tickets.unseen(ground.only())
    assert not theirs.since(cursor)[1]
    other.close()


def test_ones_own_changes_are_not_told_back(ground: Ground) -> None:
    log = ChangeLog(ground.context)
    cursor = log.cursor()
    ground.arrive(letter())
    cursor, changes = log.since(cursor)
    assert not changes and log.since(cursor) == (cursor, changes)


@pytest.mark.parametrize(
    ("done", "undone", "kind"),
    [
        (
            "UPDATE alembic_version SET version_num = '0002'",
            "UPDATE alembic_version SET version_num = '0001'",
            ProblemKind.SCHEMA_NEWER,
        ),
        (
            "UPDATE desk_info SET moved_to = 'elsewhere'",
            "UPDATE desk_info SET moved_to = ''",
            ProblemKind.DESK_MOVED,
        ),
    ],
)
def test_a_desk_that_leaves_this_program_behind_is_told_at_once_and_when_it_is_back(
    ground: Ground, desk_url: str, done: str, undone: str, kind: ProblemKind
) -> None:
    lines: queue.Queue[Line] = queue.Queue()
    stop, window = threading.Event(), Database(desk_url, tell_line=lines.put)
    log = ChangeLog(Context(window, ground.context.mail))
    thread = threading.Thread(target=log.watch, args=(stop, _unheard, log.cursor()))
    thread.start()

    def say(statement: str) -> None:
        with ground.database.writer.begin() as connection:
            if not ground.database.is_sqlite:
                connection.execute(text("SET LOCAL deskapp.schema = '0002'"))
                connection.execute(text("SET LOCAL deskapp.moving = 'leaving'"))
                connection.execute(text(f"SELECT pg_notify('{NOTIFY_CHANNEL}', '')"))
            connection.execute(text(statement))

    try:
        say(done)
        told = lines.get(timeout=9)
        assert told.why is not None and told.why.kind is kind
        with window.reading() as connection:  # what is read is answered, and changes nothing of it
            assert connection.execute(text("SELECT count(*) FROM ticket")).scalar() == 0
        assert lines.empty()
        say(undone)
        assert lines.get(timeout=9).back
    finally:
        stop.set()
        thread.join()
        window.close()


def _unheard(_changes: Changes) -> None:
    pass
