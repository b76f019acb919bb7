"""Who works at the desk and who gets which ticket, behind the one Desk."""

from functools import cached_property
from typing import TYPE_CHECKING

from .team_parts import TeamParts

if TYPE_CHECKING:
    from .absences import Absences
    from .agents import Agents
    from .assigning import Assigning
    from .teams import Teams


class StaffParts(TeamParts):
    """Each part is loaded when it is first asked for, as those of the Desk are."""

    @cached_property
    def agents(self) -> "Agents":
        from .agents import Agents

        return Agents(self._context)

    @cached_property
    def teams(self) -> "Teams":
        from .teams import Teams

        return Teams(self._context)

    @cached_property
    def absences(self) -> "Absences":
        from .absences import Absences

        return Absences(self._context)

    @cached_property
    def assigning(self) -> "Assigning":
        from .assigning import Assigning

        return Assigning(self._context)
