"""Orders of people who were erased: a shop or a file goes on telling of them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from deskapp.domain.erasing import StoneKind

from ..database import Unit
from ..tables.orders import order_source
from .erase_stones import order_stones
from .order_told import Told
from .tombstones import Stone, any_stones, erased_at


def without_erased(unit: Unit, source: int, now: Mapping[str, Told]) -> dict[str, Told]:
    """A reading of one source without what was erased: by number or the shop's id, or by the
    contact it bears and a date before that. What they order later is a new order."""
    if not any_stones(unit.connection):
        return dict(now)
    asked = select(order_source.c.name).where(order_source.c.id == source)
    name = unit.connection.execute(asked).scalar_one()
    stones = {number: set(_stones(name, one)) for number, one in now.items()}
    erased = erased_at(unit.connection, set[Stone]().union(*stones.values()))
    return {
        number: one
        for number, one in now.items()
        if not any(
            stone[0] is StoneKind.ORDER
            or (one.values["placed_at"] or erased[stone]) <= erased[stone]
            for stone in stones[number] & erased.keys()
        )
    }


def _stones(source: str, one: Told) -> Iterable[Stone]:
    yield from order_stones(source, one.values["number"], one.values["ref"])
    yield StoneKind.MAIL, one.values["email_key"]
    yield StoneKind.PHONE, one.values["phone_key"]
