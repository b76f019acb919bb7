"""What a team keeps an eye on, behind the one Desk: what was changed, and by whom."""

from functools import cached_property
from typing import TYPE_CHECKING

from .signed_in import SignedIn

if TYPE_CHECKING:
    from .audit import Audit


class Oversight(SignedIn):
    """Each part is loaded when it is first asked for, as those of the Desk are."""

    @cached_property
    def audit(self) -> "Audit":
        from .audit import Audit

        return Audit(self._context)
