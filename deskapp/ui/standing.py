"""What waits while the desk's database is away, and how long a lane rests before it asks again."""

import threading
from dataclasses import dataclass
from datetime import datetime

from deskapp.domain.problem import Problem, ProblemKind

_FIRST_SECONDS, _LONGEST_SECONDS = 0.2, 2.0


@dataclass(frozen=True, slots=True)
class WaitingWrite:
    """A write that a person asked for, ``told`` in words ("" where the window has none)."""

    number: int
    told: str
    asked_at: datetime


def is_away(problem: Problem) -> bool:
    """Whether it means that the desk cannot be reached, and not that it refused what was asked."""
    of_desk = problem.details.get("what") == "desk"
    refused = problem.kind in (ProblemKind.SIGN_IN_REFUSED, ProblemKind.NO_SECRET) and of_desk
    return refused or problem.kind is ProblemKind.DATABASE_UNREACHABLE


class Rests:
    """Lanes rest here until it is time to ask again, or until somebody knows that it is."""

    def __init__(self) -> None:
        self._turned = threading.Condition()
        self._turns = 0

    def wake(self) -> None:
        """Ends every rest now."""
        with self._turned:
            self._turns += 1
            self._turned.notify_all()

    def rest(self, tries: int) -> None:
        """In a lane's thread, after so many tries in vain."""
        seconds = min(_FIRST_SECONDS * 2 ** min(tries, 8), _LONGEST_SECONDS)
        with self._turned:
            turn = self._turns
            self._turned.wait_for(lambda: self._turns != turn, seconds)
