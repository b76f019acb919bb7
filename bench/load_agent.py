"""Some agents of a team at work in one process: a program each, without its window.

    python -m bench.load_agent URL FIRST COUNT SECONDS THINK

Each has its own connections, says where it stands, listens for changes and reads its list and its
counts anew as a window does, and works with pauses to think. At the end one JSON line:
milliseconds by what was done.
"""

import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TypeVar

from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.pace import Pace
from deskapp.domain.presence import Doing, Room
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import TicketEdit
from deskapp.wiring import open_house, read_mail

_VIEWS = ("mine", "all_open", "unassigned", "waiting")
_SHOWN = 60  # rows that a list asks for at once
_WORDS = ("order", "заказ", "訂單", "giao", "where")
_STATUSES = (TicketStatus.OPEN, TicketStatus.WAITING, TicketStatus.SOLVED)
_LIST, _COUNTS = (0.3, 1.0, 1.2), (0.5, 1.0, 1.2)  # as deskapp.ui.read_again and its users

T = TypeVar("T")
Times = dict[str, list[float]]


class Agent:
    """One person with their program."""

    def __init__(self, url: str, number: int, think: float) -> None:
        self.times: Times = defaultdict(list)
        self.troubles: dict[str, int] = defaultdict(int)
        self._random = Random(number)
        self._think, self._view = think, self._random.choice(_VIEWS)
        self._stop = threading.Event()
        self._old = {name: threading.Event() for name in ("list", "counts", "open")}
        self._known: set[TicketId] = set()  # whose rows are here and true
        self._open: TicketId | None = None
        self._desk = open_house(url, agent_name=f"Agent {number}", announce=self._hear)
        cursor = self._desk.changes.cursor()
        self._threads = [
            threading.Thread(
                target=self._desk.changes.watch, args=(self._stop, self._hear, cursor)
            ),
            threading.Thread(target=self._keep, args=("list", Pace(*_LIST), self._list)),
            threading.Thread(target=self._keep, args=("counts", Pace(*_COUNTS), self._count)),
            threading.Thread(target=self._keep, args=("open", Pace(0.0, 0.0, 0.0), self._opened)),
            threading.Thread(target=self._work),
        ]

    def start(self) -> None:
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        self._stop.set()
        for old in self._old.values():
            old.set()

    def close(self) -> None:
        for one in self._threads:
            one.join(30)
        self._desk.close()

    def _hear(self, changes: Changes) -> None:
        if "presence" in changes.areas:
            self._desk.presence.heard()
        if changes.tickets:
            self._known -= changes.tickets
            self._old["list"].set()
            self._old["counts"].set()
            if self._open in changes.tickets:
                self._old["open"].set()

    def _keep(self, what: str, pace: Pace, read: Callable[[], object]) -> None:
        old = self._old[what]
        while not self._stop.is_set():
            old.wait()
            if self._stop.wait(pace.wait()):
                return
            old.clear()
            begun = time.monotonic()
            self._timed(f"{what} again", read)
            pace.read(begun)

    def _count(self) -> None:
        self._desk.tickets.counts()
        self._desk.tickets.view_ids("mine", 1000)  # the number in the title

    def _opened(self) -> None:
        if self._open is not None:
            self._desk.tickets.conversation(self._open)

    def _list(self) -> list[TicketId]:
        """The ids of all, and those rows on the screen that are not here."""
        found = self._desk.tickets.view_list(self._view)
        ids = [TicketId(one) for one in found[:_SHOWN]]
        missing = [one for one in ids if one not in self._known]
        if missing:
            self._desk.tickets.rows(missing)
        self._known = set(ids)
        return ids

    def _work(self) -> None:
        with self._desk.presence.kept(self._see):
            self._day()

    def _see(self, room: Room) -> None:
        self.times["presence read"].append(0.0)

    def _day(self) -> None:
        while not self._stop.wait(self._random.expovariate(1 / self._think)):
            if self._random.random() < 0.3:
                self._view = self._random.choice(_VIEWS)
                self._known = set()
            ids = self._timed("list", self._list)
            if ids:
                self._handle(self._random.choice(ids))

    def _handle(self, one: TicketId) -> None:
        tickets = self._desk.tickets
        self._desk.presence.stands(1, one, Doing.LOOKING)
        self._open = one
        opened = self._timed("open", lambda: tickets.conversation(one))
        if opened is None:
            return
        if opened.newest is not None:
            newest = opened.newest
            self._timed("seen", lambda: tickets.seen(one, newest))
        what = self._random.random()
        if what < 0.15:
            words = self._random.choice(_WORDS)
            self._timed("search", lambda: self._desk.search.tickets(words))
        elif what < 0.40:
            self._timed("save note", lambda: tickets.note(one, "Asked the carrier."))
        elif what < 0.70:
            self._timed("send", lambda: self._send(one))
        else:
            status = self._random.choice(_STATUSES)
            edit = TicketEdit(status=status)
            self._timed("status", lambda: tickets.edit(one, edit))

    def _send(self, one: TicketId) -> None:
        self._desk.presence.stands(1, one, Doing.WRITING)
        draft = self._desk.replies.draft(one)
        to = draft.to or (Address("Linh", "c1@mail.example"),)
        ready = replace(draft, body="It is on its way.", to=to)
        self._desk.replies.send(ready, force=True, anyway=True, delay=timedelta(days=1))

    def _timed(self, name: str, work: Callable[[], T]) -> T | None:
        begun = time.perf_counter()
        try:
            done = work()
        except Problem as problem:
            self.troubles[f"{name}: {problem.kind}"] += 1
            return None
        except Exception as fault:  # noqa: BLE001 (told in the table, and the day goes on)
            self.troubles[f"{name}: {type(fault).__name__}"] += 1
            return None
        self.times[name].append(1000 * (time.perf_counter() - begun))
        return done


def main(url: str, first: int, count: int, seconds: float, think: float) -> None:
    """All of them at once; the measured time begins when the last has its program open."""
    read_mail(b"Subject: \r\n\r\nWhere is my order?\r\n")  # loads it, as a window has by then
    agents = [Agent(url, number, think) for number in range(first, first + count)]
    for one in agents:
        one.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for one in agents:
        one.times.clear()
    before = os.times()
    time.sleep(seconds)
    after = os.times()
    for one in agents:
        one.stop()
    times: Times = defaultdict(list)
    troubles: dict[str, int] = defaultdict(int)
    for one in agents:
        for name, took in list(one.times.items()):
            times[name] += took
        for name, number in list(one.troubles.items()):
            troubles[name] += number
    cpu = after.user + after.system - before.user - before.system
    sys.stdout.write(json.dumps({"times": times, "troubles": troubles, "cpu": cpu}) + "\n")
    sys.stdout.flush()
    for one in agents:
        one.close()


if __name__ == "__main__":
    url, first, count, seconds, think = sys.argv[1:6]
    main(url, int(first), int(count), float(seconds), float(think))
