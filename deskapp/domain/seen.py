"""Forms saved on what somebody saw, when it stands otherwise by then.

Rule: each field stays as whoever changed it left it; only where two people changed one field to
different things must a person decide.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from .problem import Problem, ProblemKind

# Frozen dataclasses. typeshed's own protocol for them is no name at run time, hence Any.
Stated = TypeVar("Stated", bound=Any)


def disputed(seen: Stated, mine: Stated, now: Stated) -> tuple[str, ...]:
    """The fields that both changed, each to something else."""
    return tuple(
        one.name
        for one in fields(seen)
        if getattr(mine, one.name) not in (getattr(seen, one.name), getattr(now, one.name))
        and getattr(now, one.name) != getattr(seen, one.name)
    )


def joined(seen: Stated, mine: Stated, now: Stated, what: str) -> Stated:
    """Both people's changes. Raises Problem(CHANGED_MEANWHILE, what, fields) where they clash."""
    clash = disputed(seen, mine, now)
    if clash:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what=what, fields=" ".join(clash))
    theirs = {
        one.name: getattr(now, one.name)
        for one in fields(seen)
        if getattr(mine, one.name) == getattr(seen, one.name)
    }
    return replace(mine, **theirs)


def moved(seen: Sequence[int], mine: Sequence[int], now: Sequence[int]) -> bool:
    """Whether lines stand in another order than was ``seen``, and than ``mine`` would have them.

    By their ids; lines that came or went since do not count.
    """
    stands = [one for one in now if one in seen]
    return stands != [one for one in seen if one in stands] and stands != [
        one for one in mine if one in stands
    ]
