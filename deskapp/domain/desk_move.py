"""What is said of a desk that moves to another database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

MoveStep = Literal["read", "copy", "index", "prove"]
"""Reading all of it to try a move out; copying; building the search; reading both ends back."""

_ENOUGH = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows a table has, and a sum over all their values as 32 hex digits."""

    rows: int
    sum: str


@dataclass(frozen=True, slots=True)
class MoveProgress:
    """Of a step so many rows are done; ``share`` of the whole move, from 0 to 1."""

    step: MoveStep
    table: str
    done: int
    rows: int
    share: float

    def left(self, took: timedelta) -> timedelta | None:
        """Until all of it is done, when this much ``took`` so long; None while nobody can say."""
        if took < _ENOUGH or self.share <= 0.02:
            return None
        return took * ((1 - self.share) / self.share)


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was proved: ``tables`` are the same at both ends. ``to`` has no password.

    ``tried``: nothing was written; ``size`` is then how many bytes the desk has now and ``free``
    how many there are where it is to go, None where only that server's administrator knows.
    ``finished``: all had been copied before, and a move that was interrupted at its last step was
    brought to its end.
    """

    to: str
    tables: Mapping[str, TableSum]
    tried: bool = False
    finished: bool = False
    size: int = 0
    free: int | None = None

    @property
    def short(self) -> bool:
        """Whether there is less room than the desk takes now."""
        return self.free is not None and self.free < self.size

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables.values())
