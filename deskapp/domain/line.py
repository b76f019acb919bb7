"""Whether the desk's database can be reached: told to windows whenever that changes."""

from dataclasses import dataclass
from datetime import datetime

from .problem import Problem, ProblemKind

AWAY_KINDS = frozenset(
    {ProblemKind.DATABASE_UNREACHABLE, ProblemKind.SIGN_IN_REFUSED, ProblemKind.NO_SECRET}
)
"""What keeps a desk from being reached that was open before. A desk that is busy, full or may only
be read is not away."""

LEFT_KINDS = frozenset({ProblemKind.SCHEMA_NEWER, ProblemKind.DESK_MOVED})
"""The desk answers and is read, but nothing more is written to it from here."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the desk's database as it is since ``since`` (UTC).

    ``why`` is the Problem that keeps the desk away, or from being written to (LEFT_KINDS); None
    while it answers. ``back`` says that it
    answers again after it was away: what colleagues did meanwhile is read on by itself.
    """

    since: datetime
    why: Problem | None = None
    back: bool = False

    @property
    def up(self) -> bool:
        return self.why is None
