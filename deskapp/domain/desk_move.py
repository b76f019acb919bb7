"""What is said of a desk that moves to another database."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows a table has, and a sum over all their values as 32 hex digits."""

    rows: int
    sum: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was proved: ``tables`` are the same at both ends. ``to`` has no password.

    ``tried``: nothing was written. ``finished``: all had been copied before, and a move that was
    interrupted at its last step was brought to its end.
    """

    to: str
    tables: Mapping[str, TableSum]
    tried: bool = False
    finished: bool = False
