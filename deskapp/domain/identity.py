"""Who works on a desk, as its database knows them.

On a *team desk* (docs/team.md) every person signs in to PostgreSQL as themselves, and who acts is
the agent of that login: no program, option or setting chooses another.
"""

from dataclasses import dataclass

from .ids import AgentId

OWNER = "owner"
"""Whose tables they are: sets up, migrates, restores. Nobody works as the owner of a team desk."""

ENGINE = "engine"
"""A login of its own for a machine that only pulls, files and sends."""

ROLES = ("agent", "lead", "admin", "junior")
"""What a member of staff may be: ``agent.role``."""


@dataclass(frozen=True, slots=True)
class Identity:
    """``role`` is one of ROLES, OWNER, ENGINE, or "" for a login that is nobody here (any more).

    Without set-up, and on SQLite, everybody is the owner and says themselves who acts.
    """

    team_desk: bool = False
    role: str = OWNER
    agent: AgentId | None = None
    login: str = ""

    @property
    def fixed(self) -> bool:
        """Whether the sign-in says who acts."""
        return self.team_desk and self.role != OWNER
