"""Who leads the exam of a team: starts its programs, lets two of them meet, and breaks lines."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from tests.exams.commit_cuts import CommitWire

BEAT = 3.0  # seconds from one kill to the next
_MEETING_SECONDS = 90.0
_MEETINGS = (
    "subject",
    "status",
    "assign",
    "tag",
    "canned",
    "customer",
    "rename",
    "draft",
    "send",
    "merge",
)


class Member:
    """One client of the team, over its pipes."""

    def __init__(self, url: str, number: int, journal: Path, seed: int, pause: float) -> None:
        self.journal = journal
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.exams.team_client"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        self._ears = threading.Thread(target=self._listen)
        self._ears.start()
        self.say(url=url, number=number, journal=str(journal), seed=seed, pause=pause)
        self.began = {"cursor": 0, "origin": ""}

    def say(self, **words: object) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(words) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended by itself, and its code says so at the end

    def answer(self, seconds: float = _MEETING_SECONDS) -> dict[str, Any]:
        """What it says next; {} when it says nothing for so long."""
        try:
            return self._said.get(timeout=seconds)
        except queue.Empty:
            return {}

    def end(self, seconds: float) -> int:
        """Its exit code; it is killed when it does not end."""
        self.say(do="end")
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return -1
        finally:
            self._process.kill()
            self._process.wait()
            self._ears.join()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._said.put(json.loads(line))
        self._said.put({})  # it ended: nobody waits for its answer


class Meetings:
    """Pairs of members that look at the same row and, once both have, write."""

    def __init__(self, members: list[Member], address: str, seed: int) -> None:
        self._members, self._address = members, address
        self._random = Random(seed)
        self.missed = 0
        self._count = 0

    def go_on(self, until: float, pause: float) -> None:
        """Rounds of meetings of all, in pairs, until then."""
        while time.monotonic() < until:
            order = self._random.sample(self._members, len(self._members))
            pairs = [tuple(order[at : at + 2]) for at in range(0, len(order) - 1, 2)]
            threads = [
                threading.Thread(target=self._meet, args=(*pair, *self._drawn())) for pair in pairs
            ]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
            time.sleep(pause)

    def _drawn(self) -> tuple[int, str, int, int]:
        kind = self._random.choice(_MEETINGS)
        self._count += 1
        if kind == "canned":
            question = "SELECT id, 0 FROM canned_reply ORDER BY random() LIMIT 2"
        elif kind == "customer":
            question = "SELECT id FROM customer WHERE merged_into IS NULL ORDER BY random() LIMIT 2"
        elif kind == "rename":
            question = (
                "SELECT id FROM tag WHERE merged_into IS NULL AND name NOT LIKE 'mark %%'"
                " ORDER BY random() LIMIT 2"
            )
        else:
            question = "SELECT id FROM ticket WHERE merged_into IS NULL ORDER BY random() LIMIT 2"
        with psycopg.connect(self._address) as connection:
            one, other = (row[0] for row in connection.execute(question).fetchall())
        return self._count, kind, one, other

    def _meet(
        self, first: Member, second: Member, meeting: int, kind: str, about: int, other: int
    ) -> None:
        order = {"do": "meet", "meeting": meeting, "kind": kind}
        first.say(**order, about=about, other=other)
        # Merges go both ways at once; of all else both are about the same row.
        ways = (other, about) if kind == "merge" else (about, other)
        second.say(**order, about=ways[0], other=ways[1])
        looked = [(one, one.answer().get("looked", False)) for one in (first, second)]
        both = all(there for _, there in looked)
        ready = [one for one, there in looked if there]
        for one in ready:
            one.say(do="go" if both else "leave")
        ends = [one.answer() for one in ready if both]
        if not both or not all(ends):
            self.missed += 1


class Breaker:
    """Ends connections of the clients, every three seconds, and arms what cuts at a COMMIT."""

    def __init__(self, address: str, wires: list[CommitWire], seed: int) -> None:
        self._address, self._wires = address, wires
        self._random = Random(seed)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> "Breaker":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            while not self._stop.wait(BEAT):
                self.counts["beats"] += 1
                most = self._random.choice((1, 4, 1000))
                ended = connection.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
                    " WHERE datname = current_database() AND application_name = 'deskapp'"
                    " ORDER BY state <> 'active', random() LIMIT %s) chosen",
                    (most,),
                ).fetchone()
                self.counts["backends ended"] += ended[0] if ended else 0
                for wire in self._wires:
                    wire.arm(self._random.choice(("before", "after")))
