"""Somebody leaves the team: what becomes of what they had in hand."""

from dataclasses import dataclass

from .ids import AgentId, TeamId

LEFT = "left"
"""The reason of the events that hand a leaver's tickets over; their name is the event's ``old``."""


@dataclass(frozen=True, slots=True)
class Heir:
    """Who gets a leaver's open tickets: a colleague, a team (there they are given out by its rule
    of assignment, else they are nobody's), or nobody."""

    agent: AgentId | None = None
    team: TeamId | None = None


NOBODY = Heir()


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving changed, or would change; all zero when it was done before.

    ``drafts`` stay on their tickets, readable to all. ``snoozed`` and ``promised`` (follow-ups of
    calls) are among ``tickets``: they come back to whom the tickets were given. ``queued`` replies
    still leave, under their name, unless somebody takes them back. ``connections`` were open and
    are ended.
    """

    name: str
    login: str = ""
    tickets: int = 0
    snoozed: int = 0
    promised: int = 0
    drafts: int = 0
    waiting: int = 0  # replies of theirs that wait for approval
    queued: int = 0
    followed: int = 0
    substitute_for: int = 0
    in_team: bool = False
    was_active: bool = False
    connections: int = 0
