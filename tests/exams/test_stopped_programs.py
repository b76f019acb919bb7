"""A program that stands still while it holds a ticket, and a database that is away while one asks
another: nobody holds what they no longer have, and what was typed is there once."""

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Any

import pytest

from deskapp.desk.replies import Replies
from deskapp.domain.ids import AgentId
from deskapp.domain.tickets import TicketEdit
from tests.desk.ground import Ground
from tests.desk.letters import letter

from .outages import outages

GONE_WITHIN, BACK_WITHIN = 30.0, 15.0
_AWAY_SECONDS, _PATIENCE = 20.0, 180.0
Told = dict[str, Any]


class Program:
    """One person's, in a process of its own; see ``taking_client``."""

    def __init__(self, url: str, name: str) -> None:
        command = [sys.executable, "-m", "tests.exams.taking_client", url, name]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._rooms: queue.Queue[Told] = queue.Queue()
        self._answers: queue.Queue[Told] = queue.Queue()
        self._ear = threading.Thread(target=self._hear)
        self._ear.start()
        self.sees(lambda _told: True)

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told = json.loads(line)
            (self._rooms if "seen" in told else self._answers).put(told)

    def sees(self, wanted: Callable[[Told], bool]) -> Told:
        """The first news of which this is true."""
        while True:
            told = self._rooms.get(timeout=_PATIENCE)
            if wanted(told):
                return told

    def begin(self, words: str) -> None:
        """Tells it to do something; what comes of it is ``ended``."""
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def ended(self) -> Told:
        return self._answers.get(timeout=_PATIENCE)

    def do(self, words: str) -> Told:
        self.begin(words)
        return self.ended()

    def until(self, words: str) -> Told:
        """Pressed again and again while the desk cannot be reached."""
        while (told := self.do(words)).get("problem") == "database_unreachable":
            time.sleep(0.5)
        return told

    def end(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.send_signal(signal.SIGCONT)
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(timeout=_PATIENCE)
        self._ear.join()
        self.process.stdout.close()


Opened = Callable[[str, str], Program]


@pytest.fixture
def opened() -> Iterator[Opened]:
    with ExitStack() as house:

        def open_one(url: str, name: str) -> Program:
            made = Program(url, name)
            house.callback(made.end)
            return made

        yield open_one


def _ground(url: str) -> Ground:
    """A desk with a ticket that is Anna's."""
    ground = Ground(url)
    ground.arrive(letter(message_id="a@customer.example"))
    ground.tickets.edit(ground.only(), TicketEdit(assignee_id=ground.anna))
    return ground


def _writes(ground: Ground, who: AgentId) -> str:
    """What stands in somebody's reply."""
    return Replies(replace(ground.context, agent=who)).draft(ground.only()).body


def test_a_program_that_stands_still_holds_nothing_and_overwrites_nothing(
    desk_url: str, opened: Opened, tell: Callable[[str], None]
) -> None:
    ground = _ground(desk_url)
    anna, olga = opened(desk_url, "Anna"), opened(desk_url, "Olga")
    anna.do("write")
    anna.do("type Dear Lan, from Anna")
    olga.sees(lambda told: told["seen"].get("Anna") == "writing")
    time.sleep(1.0)  # it rests: stopped within a write it would hold that open
    anna.process.send_signal(signal.SIGSTOP)
    stopped = time.monotonic()
    request = str(olga.do(f"ask {ground.anna}")["got"])
    olga.sees(lambda told: "Anna" not in told["seen"])
    gone = time.monotonic() - stopped
    olga.sees(lambda told: told["asked"].get(request, [""])[0] == "expired")
    expired = time.monotonic() - stopped
    olga.do("write")
    olga.do("type Dear Lan, from Olga")
    assert "problem" not in olga.do("assign")

    anna.begin(f"give {request}")  # what was pressed before it stood still
    anna.begin("assign")
    anna.begin("type Dear Lan, from Anna, and more")
    anna.process.send_signal(signal.SIGCONT)
    woke = time.monotonic()
    olga.sees(lambda told: told["seen"].get("Anna") == "writing")
    back = time.monotonic() - woke
    answers = [anna.ended() for _ in range(3)]
    anna.sees(
        lambda told: (
            told["asked"].get(request, [""])[0] == "expired"
            and told["seen"].get("Olga") == "writing"
        )
    )
    assert [one.get("problem") for one in answers] == ["too_late", "changed_meanwhile", None]
    assert ground.tickets.row(ground.only()).assignee_name == "Olga"
    assert _writes(ground, ground.olga) == "Dear Lan, from Olga"
    assert _writes(ground, ground.anna) == "Dear Lan, from Anna, and more"
    kind = "SQLite" if ground.database.is_sqlite else "PostgreSQL"
    ground.database.close()
    tell(
        f"{kind}: stopped, gone after {gone:.1f} s, its request expired after {expired:.1f} s; "
        f"going on, seen again after {back:.1f} s"
    )
    assert gone <= GONE_WITHIN
    assert back <= BACK_WITHIN


@pytest.mark.parametrize("when", ["asked", "given"])
@pytest.mark.parametrize("way", ["stop", "cut", "freeze"])
def test_a_database_away_while_one_asks_another_loses_nothing(
    way: str, when: str, opened: Opened, tell: Callable[[str], None]
) -> None:
    """Away 20 s after the request was made, or after it was answered."""
    with outages() as world, ExitStack() as house:
        ground = _ground(world.url)
        house.callback(ground.database.close)
        anna, olga = opened(world.url, "Anna"), opened(world.url, "Olga")
        house.callback(olga.end)
        house.callback(anna.end)
        anna.do("write")
        anna.do("type Dear Lan, from Anna")
        olga.do("type Hello")
        olga.sees(lambda told: told["seen"].get("Anna") == "writing")
        request = str(olga.do(f"ask {ground.anna}")["got"])
        anna.sees(lambda told: request in told["asked"])
        if when == "given":
            assert "problem" not in anna.do(f"give {request}")
        world.begin(way)
        time.sleep(_AWAY_SECONDS)
        world.end(way)
        back = time.monotonic()
        if when == "asked":
            assert anna.until(f"give {request}").get("problem") in (None, "too_late")
        olga.sees(
            lambda told: (
                told["asked"].get(request, [""])[0] == "given"
                and told["seen"].get("Anna") == "writing"
            )
        )
        seen = time.monotonic() - back
        olga.until(f"take {request}")
        olga.until(f"take {request}")
        assert _writes(ground, ground.olga) == "Dear Lan, from Anna\n\nHello"
        assert ground.tickets.row(ground.only()).assignee_name == "Olga"
        tell(f"{way} when {when}: both see each other {seen:.1f} s after the database is back")
        assert seen <= BACK_WITHIN
