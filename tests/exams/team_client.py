"""One program of a team: `python -m tests.exams.team_client` with a JSON object on its first line.

It works by itself and, when it is told on standard input, meets another one at the same row. What
it tries and what it is told goes to a journal of its own, flushed to disk before and after.
"""

import json
import os
import queue
import sys
import threading
import time
from random import Random
from typing import Any, TextIO

from deskapp.data.database import Database
from deskapp.data.upgrade import open_desk
from deskapp.desk import Desk, MailFunctions
from deskapp.domain.changes import Changes
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail.compose import build_mail
from deskapp.wiring import read_file, read_mail
from tests.exams.team_acts import SHARED, Deed, Hands, Stamps

_FREE = {
    "subject": 10,
    "status": 14,
    "assign": 8,
    "tag": 10,
    "note": 16,
    "draft": 10,
    "send": 12,
    "merge": 2,
    "split": 3,
    "move": 3,
    "canned": 4,
    "customer": 5,
    "rename": 1,
    "begin": 3,
}
_STALE = {ProblemKind.CHANGED_MEANWHILE}
_NO_LINE = {ProblemKind.DATABASE_UNREACHABLE, ProblemKind.DATABASE_BUSY}
_DECLINED = {
    ProblemKind.NOT_FOUND,
    ProblemKind.INVALID,
    ProblemKind.EMPTY,
    ProblemKind.DUPLICATE,
    ProblemKind.TOO_LATE,
}


def told(problem: Problem) -> str:
    """What a person makes of it: stale, not written, declined, or nobody knows."""
    if problem.kind in _STALE:
        return "stale"
    if problem.kind in _NO_LINE:
        return "not written"
    if problem.kind in _DECLINED:
        return "declined"
    return "unknown" if problem.kind.value == "outcome_unknown" else "strange"


class Journal:
    """What was tried and what was told, each line on the disk before anything else happens."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, **words: object) -> None:
        self._file.write(json.dumps(words, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


class Client:
    """At work until it is told to end."""

    def __init__(self, asked: dict[str, Any], journal: Journal) -> None:
        self._number = int(asked["number"])
        self._pause = float(asked["pause"])
        self._random = Random(int(asked["seed"]) + self._number)
        self._journal, self._count = journal, 0
        self._stamps = Stamps(self._number)
        self._desk = _desk_at(str(asked["url"]), self._stamps)
        own = self._desk.agents.by_name(f"Agent {self._number}")
        shared = self._desk.agents.by_name(SHARED)
        self._hands = Hands(self._desk, self._random, own, shared)
        self._heard: set[int] = set()
        self._stop = threading.Event()
        cursor = self._desk.changes.cursor()
        watch = self._desk.changes.watch
        self._ears = threading.Thread(target=watch, args=(self._stop, self._hear, cursor))
        self._ears.start()
        read_mail(b"Subject: \r\n\r\nWhere is my order?\r\n")  # loads it: seconds where all do so
        _say(ready=True, cursor=cursor.number, origin=self._desk.database.origin)

    def _hear(self, changes: Changes) -> None:
        self._heard |= set(changes.tickets)

    def work(self) -> None:
        """Free work, and meetings as they are ordered."""
        orders: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=_listen, args=(orders,), daemon=True).start()
        resting = False
        while True:
            try:
                order = orders.get(timeout=self._random.uniform(0, 2 * self._pause))
            except queue.Empty:
                if not resting:
                    self._act_freely()
                continue
            if order["do"] == "end":
                break
            if order["do"] == "rest":
                resting = True
            elif order["do"] == "heard":
                _say(heard=sorted(self._heard))
            else:
                self._meet(order, orders)
        self._stop.set()
        self._ears.join(30)
        self._desk.close()

    def _act_freely(self) -> None:
        [kind] = self._random.choices([*_FREE], [*_FREE.values()])
        deed = self._look(kind, 0, 0)
        if deed is not None:
            self._do(deed)

    def _meet(self, order: dict[str, Any], orders: "queue.Queue[dict[str, Any]]") -> None:
        deed = self._look(str(order["kind"]), int(order["about"]), int(order["other"]))
        if deed is None:
            _say(looked=False)
            return
        _say(looked=True, version=deed.version, seen=deed.seen)
        if orders.get(timeout=60)["do"] == "go":
            _say(told=self._do(deed, meeting=int(order["meeting"])))

    def _look(self, kind: str, about: int, other: int) -> Deed | None:
        self._count += 1
        token = f"c{self._number}w{self._count}"
        try:
            return self._hands.look(kind, about, other, token)
        except Problem as problem:
            if told(problem) == "strange":
                self._journal.write(broke=str(problem), kind=kind)
        except IndexError:
            pass  # nothing of that kind is there
        except Exception as fault:  # noqa: BLE001 (a fault of the program is what is looked for)
            self._journal.write(broke=repr(fault)[:500], kind=kind)
        return None

    def _do(self, deed: Deed, meeting: int = 0) -> str:
        at = self._stamps.next()
        facts = {name: value for name, value in vars(deed).items() if name != "go"}
        self._journal.write(op=self._count, at=at, meeting=meeting, **facts)
        begun = time.perf_counter()
        try:
            deed.go()
            end, said = "done", ""
        except Problem as problem:
            end, said = told(problem), str(problem)
        except Exception as fault:  # noqa: BLE001
            end, said = "broke", repr(fault)[:500]
        took = time.perf_counter() - begun
        self._journal.write(op=self._count, told=end, said=said, gives=deed.gives, took=took)
        return end


def _desk_at(url: str, stamps: Stamps) -> Desk:
    database = Database(url)
    open_desk(database)
    return Desk(database, MailFunctions(read_mail, build_mail, read_file), now=stamps)


def _listen(orders: "queue.Queue[dict[str, Any]]") -> None:
    for line in sys.stdin:
        orders.put(json.loads(line))
    orders.put({"do": "end"})


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    asked = json.loads(sys.stdin.readline())
    with open(asked["journal"], "w", encoding="utf-8") as file:  # noqa: PTH123
        Client(asked, Journal(file)).work()


if __name__ == "__main__":
    main()
