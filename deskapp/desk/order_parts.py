"""What a team does about orders, behind the one Desk."""

from functools import cached_property
from typing import TYPE_CHECKING

from .oversight import Oversight

if TYPE_CHECKING:
    from .act_limits import ActLimits
    from .act_work import ActWork
    from .order_acts import OrderActs
    from .order_forms import OrderForms
    from .order_sources import OrderSources
    from .orders import Orders
    from .returns import Returns


class OrderParts(Oversight):
    """Each part is loaded when it is first asked for, as those of the Desk are."""

    @cached_property
    def order_sources(self) -> "OrderSources":
        from .order_sources import OrderSources

        return OrderSources(self._context)

    @cached_property
    def orders(self) -> "Orders":
        from .orders import Orders

        return Orders(self._context)

    @cached_property
    def order_acts(self) -> "OrderActs":
        from .order_acts import OrderActs

        return OrderActs(self._context)

    @cached_property
    def act_work(self) -> "ActWork":
        from .act_work import ActWork

        return ActWork(self._context)

    @cached_property
    def order_forms(self) -> "OrderForms":
        from .order_forms import OrderForms

        return OrderForms(self._context)

    @cached_property
    def returns(self) -> "Returns":
        from .returns import Returns

        return Returns(self._context)

    @cached_property
    def act_limits(self) -> "ActLimits":
        from .act_limits import ActLimits

        return ActLimits(self._context)
