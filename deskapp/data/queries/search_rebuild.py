"""The search index built anew from what is kept: after a copy to another database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, delete, func, select, text

from deskapp.domain.contact import phone_search_text

from ..database import Unit
from ..search import Indexed, index_rows
from ..tables.orders import order_line, shipment, shop_order
from ..tables.people import customer
from ..tables.search import search_row
from ..tables.tickets import attachment, message, message_body
from .customers_write import index_customers
from .parts import parts

_BATCH = 500


def rebuild_search(connection: Connection) -> None:
    """Empties the index and fills it with every message, customer and order."""
    index = "search_fts" if connection.dialect.name == "sqlite" else "search_vector"
    connection.execute(text(f"DELETE FROM {index}"))
    connection.execute(delete(search_row))
    _messages(connection)
    there = select(customer.c.id).where(customer.c.merged_into.is_(None))
    index_customers(Unit(connection), list(connection.execute(there).scalars()))
    _orders(connection)


def _messages(connection: Connection) -> None:
    first = select(func.min(message.c.id)).group_by(message.c.ticket_id)
    begins = set(connection.execute(first).scalars())
    shown = select(message.c.id).where(message.c.withdrawn.is_(False)).order_by(message.c.id)
    for part in parts(connection.execute(shown).scalars(), _BATCH):
        rows = connection.execute(
            select(
                message.c.id,
                message.c.ticket_id,
                message.c.subject,
                message.c.sender_name,
                message.c.sender_address,
                message_body.c.text,
                message_body.c.reply_text,
            )
            .outerjoin(message_body, message_body.c.message_id == message.c.id)
            .where(message.c.id.in_(part))
        ).all()
        files = _joined(
            connection.execute(
                select(attachment.c.message_id, attachment.c.filename).where(
                    attachment.c.message_id.in_(part)
                )
            )
        )
        index_rows(connection, [_indexed(row, row.id in begins, files[row.id]) for row in rows])


def _indexed(row: Row[*tuple[object, ...]], begins: bool, files: list[str]) -> Indexed:
    """As intake indexes a mail: quoted text only of the message that begins a ticket."""
    body = row.text if begins or row.reply_text is None else row.reply_text
    who = f"{row.sender_name} {row.sender_address}"
    words = "\n".join((row.subject, who, body or "", " ".join(files)))
    return Indexed("message", row.id, row.ticket_id, words)


def _orders(connection: Connection) -> None:
    numbers = connection.execute(select(shop_order.c.id).order_by(shop_order.c.id)).scalars()
    for part in parts(numbers, _BATCH):
        lines = select(order_line.c.order_id, order_line.c.sku + " " + order_line.c.title)
        parcels = select(shipment.c.order_id, shipment.c.tracking_number)
        words = _joined(connection.execute(lines.where(order_line.c.order_id.in_(part))))
        tracked = _joined(connection.execute(parcels.where(shipment.c.order_id.in_(part))))
        rows = connection.execute(select(shop_order).where(shop_order.c.id.in_(part)))
        index_rows(
            connection,
            [_indexed_order(row, [*words[row.id], *tracked[row.id]]) for row in rows],
        )


def _indexed_order(row: Row[*tuple[object, ...]], more: Sequence[str]) -> Indexed:
    known = [row.number, row.name, row.email, row.phone, phone_search_text(row.phone_key)]
    return Indexed("order", row.id, None, "\n".join(filter(None, [*known, *more])))


def _joined(rows: Iterable[Row[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for owner, words in rows:
        found[owner].append(words)
    return found
