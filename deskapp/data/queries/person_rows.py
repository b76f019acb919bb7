"""All rows about one person as plain records, found the way they would be erased."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, select

from ..tables.columns import Packed
from ..tables.duplicates import customer_looked, customer_trait
from ..tables.orders import shop_order
from ..tables.people import customer
from ..tables.replies import draft
from ..tables.tickets import attachment, message, message_body, ticket, ticket_seen
from .erase_scope import EraseScope
from .erase_walk import rows_below
from .export_pages import KEYS

Record = dict[str, Any]

_OURS = (customer_trait, customer_looked, ticket_seen)
"""Notes of the program for itself: they say nothing that is not said elsewhere."""


def person_tables(connection: Connection, scope: EraseScope) -> Iterator[tuple[str, list[Record]]]:
    """Table by table, by name; those without a row are left out. A table that is added to the desk
    is here as soon as it points at a person."""
    found = rows_below(
        connection,
        {
            customer: scope.customers,
            ticket: scope.tickets,
            shop_order: scope.orders,
            draft: scope.drafts,
            message: scope.elsewhere,
        },
    )
    for table in reversed(list(found.tables())):
        if table in _OURS:
            continue
        columns = [
            column
            for column in table.c
            if column.name not in KEYS
            and (isinstance(column.type, Packed) or not isinstance(column.type, LargeBinary))
        ]
        rows: list[Record] = []
        for chosen in found.choices(table):
            asked = select(*columns).where(chosen).order_by(*table.primary_key.columns)
            rows += [dict(row) for row in connection.execute(asked).mappings()]
        if rows:
            yield table.name, rows


def person_mails(connection: Connection, scope: EraseScope) -> list[Record]:
    """Every message of theirs in the order of time: with its ticket, text and files."""
    found = rows_below(connection, {ticket: scope.tickets, message: scope.elsewhere})
    rows: list[Record] = []
    for chosen in found.choices(message):
        asked = (
            select(
                message.c.id,
                message.c.at,
                message.c.direction,
                message.c.sender_name,
                message.c.sender_address,
                message.c.subject,
                message.c.sha256,
                message_body.c.text,
                ticket.c.number,
                ticket.c.subject.label("ticket_subject"),
                ticket.c.status,
            )
            .join(ticket, ticket.c.id == message.c.ticket_id)
            .outerjoin(message_body, message_body.c.message_id == message.c.id)
            .where(chosen, message.c.withdrawn.is_(False))
        )
        rows += [{**row, "files": []} for row in connection.execute(asked).mappings()]
    by_id = {row["id"]: row for row in rows}
    for chosen in found.choices(attachment):
        asked_files = select(attachment).where(chosen).order_by(attachment.c.part_index)
        for file in connection.execute(asked_files).mappings():
            if file["message_id"] in by_id:
                by_id[file["message_id"]]["files"].append(dict(file))
    return sorted(rows, key=lambda row: (row["at"], row["id"]))
