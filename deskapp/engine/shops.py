"""The shops of a desk as they are written to, with the keys that this engine has."""

from datetime import UTC, datetime
from threading import Event

from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_acts import OrderActs
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import open_secrets
from deskapp.shop_wiring import connected_acts

from .order_acts import ActClerk, Shop
from .order_clerk import OrderClerk
from .shop_secrets import ShopSecrets


def act_clerk(desk: Desk, holder: str, orders: OrderClerk, stop: Event) -> ActClerk:
    """The clerk of an engine; what he changed is read from the shop anew."""

    def done(row: ActRow) -> None:
        if row.order_id is not None:
            orders.obey({"do": "look_up_orders", "order": int(row.order_id), "again": True})

    shop = writing_shops(desk, orders.secrets)
    return ActClerk(desk, holder, shop, lambda: datetime.now(UTC), stop, done)


def lone_clerk(desk: Desk, holder: str, stop: Event | None = None) -> ActClerk:
    """One for a single round: of a timer, or of a command."""
    shop = writing_shops(desk, ShopSecrets(desk, open_secrets()))
    return ActClerk(desk, holder, shop, lambda: datetime.now(UTC), stop)


def writing_shops(desk: Desk, secrets: ShopSecrets) -> Shop:
    """Each call reads settings and key anew, so that a change of either counts at once."""

    def shop(source: OrderSourceId) -> OrderActs:
        state = desk.order_sources.get(source)
        if not state.active:
            raise Problem(ProblemKind.INVALID, what="act_source", value=state.settings.name)
        return connected_acts(state.settings, secrets.of(source, state.settings))

    return shop
