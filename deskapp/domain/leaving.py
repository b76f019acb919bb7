"""Somebody leaves the team: what becomes of what they had in hand."""

from dataclasses import dataclass

LEFT = "left"
"""The reason of the events that hand a leaver's tickets over; their name is the event's ``old``."""


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving changed, or would change; all zero when it was done before.

    ``drafts`` stay on their tickets, readable to all. ``snoozed`` and ``promised`` (follow-ups of
    calls) are among ``tickets``: they come back to whom the tickets were given. ``connections``
    were open and are ended.
    """

    name: str
    login: str = ""
    tickets: int = 0
    snoozed: int = 0
    promised: int = 0
    drafts: int = 0
    waiting: int = 0  # replies of theirs that wait for approval
    followed: int = 0
    substitute_for: int = 0
    in_team: bool = False
    was_active: bool = False
    connections: int = 0
