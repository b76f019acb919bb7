"""Whose an order is: the customer who has the order's mail address, else its phone."""

from collections.abc import Iterable, Mapping

from sqlalchemy import exists, select, update

from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind

from ..database import Unit
from ..tables.orders import shop_order
from ..tables.people import contact_point
from .parts import parts

_KEYS = {ContactKind.MAIL: shop_order.c.email_key, ContactKind.PHONE: shop_order.c.phone_key}


def owners_of(unit: Unit, kind: ContactKind, keys: Iterable[str]) -> dict[str, CustomerId]:
    """The customers who have these contacts, by key."""
    found: dict[str, CustomerId] = {}
    for part in parts({key for key in keys if key}):
        statement = select(contact_point.c.value_key, contact_point.c.customer_id).where(
            contact_point.c.kind == kind, contact_point.c.value_key.in_(part)
        )
        for key, owner in unit.connection.execute(statement):
            found[key] = CustomerId(owner)
    return found


def adopt_orders(unit: Unit, kind: ContactKind, made: Mapping[str, CustomerId]) -> None:
    """Orders that waited for somebody with one of these new contacts are theirs now."""
    column = _KEYS.get(kind)
    if column is None:
        return
    waiting: set[str] = set()
    for part in parts(key for key in made if key):
        statement = select(column).where(shop_order.c.customer_id.is_(None), column.in_(part))
        waiting.update(unit.connection.execute(statement).scalars())
    for key in waiting:
        unit.connection.execute(
            update(shop_order)
            .where(column == key, shop_order.c.customer_id.is_(None))
            .values(customer_id=made[key])
        )
        unit.touched.customers.add(made[key])
        unit.touched.areas.add("orders")


def release_orders(unit: Unit, kind: ContactKind, key: str, owner: CustomerId) -> None:
    """Takes from a customer the orders that only a contact just removed made theirs."""
    column = _KEYS.get(kind)
    if column is None or not key:
        return
    still_theirs = exists().where(
        contact_point.c.customer_id == owner,
        contact_point.c.value_key.in_([shop_order.c.email_key, shop_order.c.phone_key]),
    )
    done = unit.connection.execute(
        update(shop_order)
        .where(column == key, shop_order.c.customer_id == owner, ~still_theirs)
        .values(customer_id=None)
    )
    if done.rowcount:
        unit.touched.areas.add("orders")
