"""Long IN lists, cut to what a statement can carry."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

Value = TypeVar("Value")

_IN = 500  # values of one IN list; SQLite's limit is far above, its planner's patience is not


def parts(values: Iterable[Value], size: int = _IN) -> Iterator[list[Value]]:
    """The values in order, in lists of at most ``size``."""
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
