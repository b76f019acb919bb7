"""Long work in portions, so that others can write in between."""

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

ORDERS = 1_000
"""Orders of one transaction: about half a second of writing."""

_SECONDS = 0.15  # whoever waits for a SQLite file looks every tenth of a second whether it is free


def give_way() -> None:
    """Between two transactions; without it the one who waits comes last of all."""
    time.sleep(_SECONDS)


def portions(whole: Sequence[Item], size: int = ORDERS) -> Iterator[Sequence[Item]]:
    """At least one, which may be empty."""
    for at in range(0, max(len(whole), 1), size):
        if at:
            give_way()
        yield whole[at : at + size]
