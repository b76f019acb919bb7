"""How often order sources are asked, and how long one is left alone after trouble."""

from dataclasses import dataclass

from deskapp.domain.problem import Problem, ProblemKind

WANTS_A_PERSON = frozenset(
    {
        ProblemKind.SIGN_IN_REFUSED,
        ProblemKind.SCOPE_MISSING,
        ProblemKind.NO_SECRET,
        ProblemKind.TLS_UNTRUSTED,
        ProblemKind.TLS_UNAVAILABLE,
        ProblemKind.PLAIN_NOT_LOOPBACK,
        ProblemKind.NOT_PUBLIC,
        ProblemKind.REDIRECTED,
        ProblemKind.NOT_FOUND,
        ProblemKind.INVALID,
        ProblemKind.EMPTY,
    }
)
"""Trouble that does not pass by itself: no hammering with a key that is refused."""


@dataclass(frozen=True, slots=True)
class OrderPace:
    """Seconds. ``first`` and ``longest`` bound the pauses after trouble, each twice the last."""

    look: float = 5.0  # at the desk, for settings that were changed and readings that are due
    folder: float = 5.0  # between looks at a watched folder
    lease: float = 15.0  # until a source that another engine reads is tried again
    between_pages: float = 0.2
    first: float = 30.0
    longest: float = 1800.0
    person: float = 6 * 3600.0
    quiet_rest: float = 60.0  # what a shop may ask for without being called trouble
    fresh: float = 180.0  # for so long one and the same question is not asked again


def next_try(problem: Problem, failures: int, pace: OrderPace) -> float:
    """Seconds until a source is asked again after its ``failures``-th trouble in a row.

    A wait that the shop itself asks for is kept to, and never shortened.
    """
    wait = problem.details.get("wait")
    asked = float(wait) if isinstance(wait, int) and wait > 0 else 0.0
    if problem.kind is ProblemKind.SLOW_DOWN:
        return asked or pace.first
    if problem.kind in WANTS_A_PERSON:
        return max(asked, pace.person)
    return max(asked, min(pace.first * (1 << min(failures - 1, 20)), pace.longest))
