"""One client among several whose line breaks around each COMMIT."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import event, text

from deskapp.data.database import Database
from deskapp.desk import Desk
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.poison import Manner, Poison
from tests.servers.wire import Wire


@dataclass
class Books:
    """What each write was told to have become, by the word that stands in it."""

    done: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0


class Client:
    """One program on a wire of its own, and what is done to that wire."""

    def __init__(self, desk: Desk, wire: Wire, beside: Database, books: Books, seed: int) -> None:
        self.desk, self.wire, self.beside, self.books = desk, wire, beside, books
        self.random = random.Random(seed)
        self._armed: Callable[[int], None] | None = None
        event.listen(desk.database.writer, "commit", self._at_commit)

    def _at_commit(self, connection) -> None:  # type: ignore[no-untyped-def]
        strike, self._armed = self._armed, None
        if strike is not None:
            strike(connection.connection.driver_connection.info.backend_pid)

    def attempt(self, name: str, write: Callable[[Desk, str], object]) -> None:
        """One write under a fault that strikes at its COMMIT; repeated as what was said allows."""
        fault = self.random.choice(list(FAULTS))
        self.books.faults[fault] += 1
        self._armed = lambda backend: FAULTS[fault](self, backend)
        began = time.monotonic()
        while not self._once(name, write):
            pass
        self.books.longest = max(self.books.longest, time.monotonic() - began)
        self._armed = None
        self.wire.disarm()
        self.books.done.append(name)

    def _once(self, name: str, write: Callable[[Desk, str], object]) -> bool:
        try:
            write(self.desk, name)
        except Problem as problem:
            self.wire.disarm()
            self.books.told[str(problem.details.get("what") or problem.kind)] += 1
            if problem.kind is ProblemKind.OUTCOME_UNKNOWN:
                return self._stands(str(problem.details["act"]))
            if problem.kind is ProblemKind.DATABASE_UNREACHABLE:
                return False  # it said that nothing was written: so it is safe to repeat
            raise
        return True

    def _stands(self, act: str) -> bool:
        while True:
            try:
                return self.desk.changes.was_written(act)
            except Problem:
                threading.Event().wait(0.1)

    def kill(self, backend: int) -> None:
        with self.beside.reading() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:it)"), {"it": backend})

    def kill_soon(self, backend: int) -> None:
        """While the COMMIT is under way, or before, or after."""
        threading.Timer(self.random.random() * 0.004, self.kill, (backend,)).start()

    def poison(self, manner: Manner, *, to_server: bool) -> None:
        self.wire.poison(Poison(manner=manner, after=0, to_server=to_server))
        if manner is Manner.BLACK_HOLE:
            threading.Timer(0.3, self.desk.database.silence.noticed).start()


FAULTS: dict[str, Callable[[Client, int], None]] = {
    "commit cut": lambda it, _: it.poison(Manner.RESET, to_server=True),
    "answer cut": lambda it, _: it.poison(Manner.RESET, to_server=False),
    "answer closed": lambda it, _: it.poison(Manner.CLOSE, to_server=False),
    "commit swallowed": lambda it, _: it.poison(Manner.BLACK_HOLE, to_server=True),
    "answer swallowed": lambda it, _: it.poison(Manner.BLACK_HOLE, to_server=False),
    "killed before": lambda it, backend: it.kill(backend),
    "killed around": lambda it, backend: it.kill_soon(backend),
    "nothing": lambda it, _: None,
}
