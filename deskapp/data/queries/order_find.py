"""Finding an order by whatever the customer has at hand."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Select, select

from deskapp.domain.contact import phone_keys
from deskapp.domain.ids import OrderId
from deskapp.domain.mail import Address
from deskapp.domain.order_keys import tracking_key
from deskapp.domain.orders import number_key
from deskapp.domain.plain import one_line
from deskapp.domain.search_query import parse_query

from ..search import search
from ..tables.orders import shipment, shop_order
from .orders import NEWEST_FIRST

_SHORTEST_MIDDLE = 3  # letters; fewer stand in the middle of half of all addresses


def find_orders(connection: Connection, words: str, limit: int) -> list[OrderId]:
    """Orders by number with or without prefix, mail or half of it, phone, name, tracking number.

    What fits exactly comes first, then what the search index finds, best first.
    """
    plain = one_line(words)
    found: dict[OrderId, None] = {}
    for condition in _exact(plain):
        found |= dict.fromkeys(_matching(connection, condition, limit))
    query = parse_query(plain)
    if query and len(found) < limit:
        hits = search(connection, query, limit, ("order",))
        found |= dict.fromkeys(OrderId(hit.ref_id) for hit in hits)
    if not found and len(plain) >= _SHORTEST_MIDDLE and " " not in plain:
        middle = shop_order.c.email_key.contains(plain.casefold(), autoescape=True)
        found |= dict.fromkeys(_matching(connection, middle, limit))
    return list(found)[:limit]


def _exact(words: str) -> Iterable[ColumnElement[bool]]:
    if "@" in words:
        yield shop_order.c.email_key == Address("", words).key
        return
    key = number_key(words)
    if key and len(words.lstrip("#№ ").split()) == 1:
        yield (shop_order.c.number_key == key) & (shop_order.c.number == words)
        yield shop_order.c.number_key == key
    phones = phone_keys(words)
    if phones:
        yield shop_order.c.phone_key.in_(phones)
    if tracking := tracking_key(words):
        parcels = select(shipment.c.order_id).where(shipment.c.tracking_key == tracking)
        yield shop_order.c.id.in_(parcels)


def _matching(connection: Connection, condition: ColumnElement[bool], limit: int) -> list[OrderId]:
    statement: Select[int] = select(shop_order.c.id).where(condition)
    found = connection.execute(statement.order_by(*NEWEST_FIRST).limit(limit))
    return [OrderId(one) for one in found.scalars()]
