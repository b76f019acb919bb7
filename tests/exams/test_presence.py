"""How soon colleagues see somebody come, write and go, between programs that are really apart."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import pytest
from sqlalchemy import func, select

from deskapp.data.change_watch import Ear
from deskapp.data.database import Database
from deskapp.data.tables.presence import presence
from deskapp.data.tables.team import change
from tests.desk.ground import Ground
from tests.desk.letters import letter

MOVES, KILLS, AT_REST_SECONDS = 40, 5, 60.0
SEEN_WITHIN, GONE_WITHIN = 3.0, 30.0
_PATIENCE = 120.0

Tell = Callable[[str], None]


class Program:
    """One of them, in a process of its own."""

    def __init__(self, url: str, name: str) -> None:
        command = [sys.executable, "-m", "tests.exams.presence_client", url, name]
        pipe = subprocess.PIPE
        self.name = name
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._told: queue.Queue[tuple[float, dict[str, str]]] = queue.Queue()
        self._ear = threading.Thread(target=self._hear)
        self._ear.start()
        self.sees(lambda _seen: True)

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told = json.loads(line)
            self._told.put((told["at"], told["seen"]))

    def sees(self, wanted: Callable[[dict[str, str]], bool]) -> float:
        """The time at which it first told of this."""
        while True:
            at, seen = self._told.get(timeout=_PATIENCE)
            if wanted(seen):
                return at

    def say(self, words: str) -> float:
        """Tells it where to stand; when."""
        assert self.process.stdin is not None
        at = time.time()
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return at

    def end(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        with suppress(BrokenPipeError):  # it was killed
            self.process.stdin.close()
        self.process.wait(timeout=_PATIENCE)
        self._ear.join()
        self.process.stdout.close()


@pytest.fixture
def desk(desk_url: str) -> Iterator[Ground]:
    ground = Ground(desk_url)
    ground.arrive(letter(message_id="a@customer.example"))
    yield ground
    ground.database.close()


@pytest.fixture
def opened(desk: Ground, desk_url: str) -> Iterator[Callable[[str], Program]]:
    with ExitStack() as house:

        def open_one(name: str) -> Program:
            made = Program(desk_url, name)
            house.callback(made.end)
            return made

        yield open_one


def _spread(name: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    middle, last = ordered[len(ordered) // 2], ordered[-1]
    return f"{name}: {len(ordered)} times, half within {middle:.2f} s, longest {last:.2f} s"


def test_who_comes_writes_and_goes_is_seen_within_three_seconds(
    desk: Ground, opened: Callable[[str], Program], tell: Tell
) -> None:
    anna, olga = opened("Anna"), opened("Olga")
    waits: dict[str, list[float]] = {"looking": [], "writing": [], "left": []}
    for _ in range(MOVES // 2):
        for mover, other in ((anna, olga), (olga, anna)):
            for doing in ("looking", "writing", "left"):
                at = mover.say("leave" if doing == "left" else f"{doing} 1")
                want = None if doing == "left" else doing
                seen = other.sees(lambda seen, m=mover, w=want: seen.get(m.name) == w)  # type: ignore[misc]
                waits[doing].append(seen - at)
    for doing, seconds in waits.items():
        tell(f"{_base(desk)}, {_spread(doing, seconds)}")
    assert max(max(seconds) for seconds in waits.values()) <= SEEN_WITHIN


def test_a_killed_program_is_gone_within_thirty_seconds_and_a_closed_one_at_once(
    desk: Ground, opened: Callable[[str], Program], tell: Tell
) -> None:
    olga = opened("Olga")
    killed, closed = [], []
    for _ in range(KILLS):
        anna = opened("Anna")
        anna.say("writing 1")
        olga.sees(lambda seen: seen.get("Anna") == "writing")
        anna.process.kill()
        at = time.time()
        killed.append(olga.sees(lambda seen: "Anna" not in seen) - at)
        again = opened("Anna")
        again.say("writing 1")
        olga.sees(lambda seen: seen.get("Anna") == "writing")
        at = time.time()
        again.end()
        closed.append(olga.sees(lambda seen: "Anna" not in seen) - at)
    tell(f"{_base(desk)}, {_spread('gone after kill -9', killed)}")
    tell(f"{_base(desk)}, {_spread('gone after closing', closed)}")
    assert max(killed) <= GONE_WITHIN
    assert max(closed) <= SEEN_WITHIN


def test_at_rest_a_program_writes_a_few_times_a_minute_and_announces_nothing(
    desk: Ground, opened: Callable[[str], Program], tell: Tell
) -> None:
    for name in ("Anna", "Olga"):
        opened(name).say("looking 1")
    time.sleep(3)  # both are there
    before, beats, notices = _announced(desk.database), set(), 0
    with Ear(desk.database).open() as ear:
        assert ear.news.wait(_PATIENCE)  # it listens
        until = time.monotonic() + AT_REST_SECONDS
        while time.monotonic() < until:
            ear.news.clear()
            with desk.database.reading() as connection:
                rows = connection.execute(select(presence.c.client, presence.c.seen_at))
                beats |= {(client, at) for client, at in rows}
            time.sleep(0.5)  # beats are seconds apart: none is missed
            notices += ear.passing.is_set() or ear.news.is_set()
            ear.passing.clear()
    a_minute = (len(beats) - 2) / 2 / (AT_REST_SECONDS / 60)
    announced = _announced(desk.database) - before
    # A server tells of who is where past the log; a file's ear hears every write, beats too.
    announced += 0 if desk.database.is_sqlite else notices
    tell(f"{_base(desk)}, at rest {a_minute:.1f} writes a minute, {announced} announced")
    assert announced == 0
    assert a_minute <= 10


def _announced(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(change)).scalar_one())


def _base(ground: Ground) -> str:
    return "SQLite" if ground.database.is_sqlite else "PostgreSQL"
