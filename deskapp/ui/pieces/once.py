"""What a person asks for again because nobody knew whether it was written: not written twice."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskapp.domain.problem import Problem, ProblemKind

if TYPE_CHECKING:
    from deskapp.desk import Desk


class Once:
    """Of one button. Used in the lane of writes."""

    def __init__(self) -> None:
        self._unsure: tuple[object, str] | None = None

    def do(self, desk: "Desk", content: object, job: Callable[[], object]) -> None:
        """Runs ``job`` unless the same ``content`` stands already, written by a run whose end was
        unknown. Raises what ``job`` raises, and Problem while the desk cannot be asked."""
        if self._unsure is not None:
            before, act = self._unsure
            stands = self._stands(desk, act)
            self._unsure = None
            if stands and before == content:
                return
        try:
            job()
        except Problem as problem:
            if problem.kind is ProblemKind.OUTCOME_UNKNOWN and problem.details.get("act"):
                self._unsure = content, str(problem.details["act"])
            raise

    def _stands(self, desk: "Desk", act: str) -> bool:
        try:
            return desk.changes.was_written(act)
        except Problem as problem:
            if problem.kind is ProblemKind.OUTCOME_UNKNOWN:
                self._unsure = None  # nobody will ever know: told once, then it is the person's
            raise
