"""Whether what is tried over a line that may break has written anything yet.

Who tries holds an ``Attempt`` and works within it; who commits notes that. Only what has committed
nothing may be done over from its beginning. Neither knows the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .problem import Problem

_IN_FORCE: "ContextVar[Attempt | None]" = ContextVar("attempt", default=None)


class Attempt:
    """Of one job, in one thread."""

    def __init__(self) -> None:
        self.committed = 0

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """For what this thread writes inside."""
        before = _IN_FORCE.set(self)
        try:
            yield
        finally:
            _IN_FORCE.reset(before)

    def told(self, problem: Problem) -> Problem:
        """What is told of a line that broke: not that nothing was written, where something was."""
        told = problem.details.get("what") == "not_written" and self.committed
        return Problem(problem.kind, **{**problem.details, "what": "in_part"}) if told else problem


def note_commit() -> None:
    """A write was committed."""
    attempt = _IN_FORCE.get()
    if attempt is not None:
        attempt.committed += 1
