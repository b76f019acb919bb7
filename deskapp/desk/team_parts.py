"""The parts of a Desk for which several people have to be on it."""

from functools import cached_property
from typing import TYPE_CHECKING

from .order_parts import OrderParts

if TYPE_CHECKING:
    from .last_edits import LastEdits
    from .presence import Presence
    from .take_overs import TakeOvers


class TeamParts(OrderParts):
    """Loaded when first asked for, as the others are."""

    @cached_property
    def presence(self) -> "Presence":
        from .presence import Presence

        return Presence(self._context)

    @cached_property
    def take_overs(self) -> "TakeOvers":
        from .take_overs import TakeOvers

        return TakeOvers(self._context)

    @cached_property
    def last_edits(self) -> "LastEdits":
        from .last_edits import LastEdits

        return LastEdits(self._context)
