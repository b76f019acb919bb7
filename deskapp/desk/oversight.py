"""What a team keeps an eye on, behind the one Desk: what was changed, and what juniors write."""

from functools import cached_property
from typing import TYPE_CHECKING

from .signed_in import SignedIn

if TYPE_CHECKING:
    from .approvals import Approvals
    from .audit import Audit
    from .reviewing import Reviewing


class Oversight(SignedIn):
    """Each part is loaded when it is first asked for, as those of the Desk are."""

    @cached_property
    def audit(self) -> "Audit":
        from .audit import Audit

        return Audit(self._context)

    @cached_property
    def approvals(self) -> "Approvals":
        from .approvals import Approvals

        return Approvals(self._context)

    @cached_property
    def reviewing(self) -> "Reviewing":
        from .reviewing import Reviewing

        return Reviewing(self._context)
