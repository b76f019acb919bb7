"""What the dialog of a move does in the move's thread, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from deskapp.domain.desk_move import Moved, MoveProgress
from deskapp.domain.problem import Problem
from deskapp.ui.outside import Mover

ARRIVED = "arrived"
"""A detail of the Problem that kept a move from its last step: the desk is complete over there."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A move, or one that was tried; whether the next start knows of it."""

    moved: Moved
    settings_kept: bool = True
    password_kept: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """One try or one move."""

    mover: Mover
    to: str
    password: str = field(repr=False)
    try_only: bool = False

    def run(self, told: Callable[[MoveProgress], None]) -> Ended:
        """Asks databases, the keyring and the disk. Raises Problem, and what ``told`` raises."""
        try:
            moved = self.mover.move(self.to, self.password, told, try_only=self.try_only)
        except Problem as problem:
            if self.try_only or self.mover.stands():
                raise
            raise Problem(problem.kind, **{**problem.details, ARRIVED: 1}) from problem
        if self.try_only:
            return Ended(moved)
        try:
            return Ended(moved, True, self.mover.follow(self.to, self.password))
        except OSError:
            return Ended(moved, False)
