"""What asking a database has in common, whichever it is: values, bounds, and the time there is."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from threading import Timer
from typing import Protocol

from deskapp.domain.problem import Problem, ProblemKind

from .cells import cell_text
from .statement import Statement

SECONDS = 10.0
MOST_ROWS = 200_000
MOST_CHARACTERS = 50 * 1024 * 1024
AT_ONCE = 500

Value = str | int | datetime | Sequence[str] | None
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer. Column names may repeat, as in ``SELECT a.*, b.*``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Intake:
    """Takes rows as they come, as long as they are not too many. Raises Problem TOO_LARGE
    (what="query_rows")."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    _characters: int = 0

    def take(self, rows: Sequence[Sequence[object]]) -> None:
        for row in rows:
            cells = tuple(map(cell_text, row))
            self._characters += sum(map(len, cells))
            self.rows.append(cells)
            if len(self.rows) > MOST_ROWS or self._characters > MOST_CHARACTERS:
                raise Problem(ProblemKind.TOO_LARGE, what="query_rows", rows=MOST_ROWS)

    def all(self) -> Rows:
        return Rows(self.columns, tuple(self.rows))


@dataclass(frozen=True, slots=True)
class Moment:
    """How long there is, and how far the shop's clock is from UTC at ``about``.

    Times without a zone are compared in the shop's own; a session is set to its offset at the time
    that is asked from, so that columns with and without a zone mean the same instant.
    """

    seconds: float
    about: datetime
    zone: tzinfo | None
    end: float

    @classmethod
    def of(cls, seconds: float, about: datetime, zone: tzinfo | None) -> "Moment":
        return cls(seconds, about, zone, time.monotonic() + seconds)

    @property
    def local(self) -> datetime:
        return self.about.astimezone(self.zone or UTC)

    @property
    def offset(self) -> str:
        """As databases write it: "+07:00"."""
        return self.local.strftime("%z")[:3] + ":" + self.local.strftime("%z")[3:5]

    @property
    def left(self) -> float:
        """Raises TimeoutError when there is nothing left."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.end

    def slow(self) -> Problem:
        return Problem(ProblemKind.TOO_SLOW, seconds=round(self.seconds))

    @contextlib.contextmanager
    def cutting(self, cut: Callable[[], None]) -> Iterator[None]:
        """Calls ``cut`` from another thread when the time is over: a server may also fall silent
        in the middle of an answer."""
        watch = Timer(max(self.end - time.monotonic(), 0), cut)
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            watch.join()


class Session(Protocol):
    """One connection, in one transaction that reads. Raises Problem as ``OrderSource`` does."""

    def ask(self, statement: Statement, values: Values) -> Rows: ...

    def may_write(self) -> tuple[str, ...]:
        """What this account could do besides reading, in the server's words; () when nothing."""
        ...
