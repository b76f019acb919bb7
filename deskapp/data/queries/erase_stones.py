"""By what an erased person could come back: read before their rows go."""

from collections.abc import Collection

from sqlalchemy import Column, select

from deskapp.domain.erasing import StoneKind

from ..database import Unit
from ..tables.mail import server_mail
from ..tables.orders import order_source, shop_order
from ..tables.tickets import message, message_reference
from .erase_scope import EraseScope, ids_by
from .parts import parts
from .tombstones import Stone

_GIVEN = 10_000  # as filing_sent keeps ids that a server gave to a mail of ours


def stones_of(unit: Unit, scope: EraseScope) -> set[Stone]:
    """Their contacts, every mail of theirs by id and by content, and their orders."""
    messages = set(ids_by(unit.connection, message.c.ticket_id, scope.tickets)) | scope.elsewhere
    stones: set[Stone] = set(scope.keys)
    stones |= _stones(unit, StoneKind.MESSAGE, message.c.message_id, message.c.id, messages)
    stones |= _stones(unit, StoneKind.CONTENT, message.c.sha256, message.c.id, messages)
    ledger = server_mail.c.sha256, server_mail.c.message_id
    stones |= _stones(unit, StoneKind.CONTENT, *ledger, messages)
    for part in parts(sorted(messages)):
        given = select(message_reference.c.reference).where(
            message_reference.c.message_id.in_(part), message_reference.c.position == _GIVEN
        )
        found = unit.connection.execute(given).scalars()
        stones |= {(StoneKind.MESSAGE, one) for one in found}
    for part in parts(sorted(scope.orders)):
        asked = (
            select(order_source.c.name, shop_order.c.number, shop_order.c.ref)
            .join(order_source, order_source.c.id == shop_order.c.source_id)
            .where(shop_order.c.id.in_(part))
        )
        for source, number, ref in unit.connection.execute(asked):
            stones.update(order_stones(source, number, ref))
    return stones


def order_stones(source: str, number: str, ref: str) -> tuple[Stone, ...]:
    """The identity of an order: its source by name, with its number there and the shop's own id."""
    by_number = (StoneKind.ORDER, f"{source}\n{number}")
    return (by_number, (StoneKind.ORDER, f"{source}\nref\n{ref}")) if ref else (by_number,)


def _stones(
    unit: Unit, kind: StoneKind, wanted: Column[str], column: Column[int], ids: Collection[int]
) -> set[Stone]:
    found: set[Stone] = set()
    for part in parts(sorted(ids)):
        asked = select(wanted).where(column.in_(part), wanted.is_not(None), wanted != "")
        found |= {(kind, one) for one in unit.connection.execute(asked).scalars()}
    return found
