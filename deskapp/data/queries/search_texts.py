"""The words that tickets, customers and orders are found by, read from what is kept of them.

What a write indexes at once stands beside that write; here is the same for what is there already.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from deskapp.domain.contact import phone_search_text
from deskapp.domain.kinds import ContactKind, Direction

from ..search import Indexed
from ..tables.notes import message_entry
from ..tables.orders import order_line, shipment, shop_order
from ..tables.people import company, contact_point, customer
from ..tables.tickets import attachment, message, message_body, ticket
from .parts import parts

Texts = dict[int, list[str]]


def texts_of(connection: Connection, kind: str, ids: Sequence[int]) -> list[Indexed]:
    """What these rows of a kind are found by. Those that are gone are left out."""
    read = _READ[kind]
    return [one for part in parts(ids) for one in read(connection, part)]


def _messages(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    """As intake indexes a mail: quoted text only of the message that begins a ticket."""
    owners = select(message.c.ticket_id).where(message.c.id.in_(ids))
    first = select(func.min(message.c.id)).where(message.c.ticket_id.in_(owners))
    begins = set(connection.execute(first.group_by(message.c.ticket_id)).scalars())
    files = _gathered(connection, attachment.c.message_id, attachment.c.filename, ids)
    entry = message_entry.c.contact + " " + message_entry.c.outcome
    told = _gathered(connection, message_entry.c.message_id, entry, ids)
    asked = (
        select(
            message.c.id,
            message.c.ticket_id,
            message.c.direction,
            message.c.subject,
            message.c.sender_name,
            message.c.sender_address,
            message_body.c.text,
            message_body.c.reply_text,
        )
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .where(message.c.id.in_(ids), message.c.withdrawn.is_(False))
    )
    for row in connection.execute(asked):
        came = row.direction == Direction.IN
        whole = row.reply_text is None or (came and row.id in begins)
        words = [
            row.subject,
            f"{row.sender_name} {row.sender_address}" if came else "",
            row.text if whole else row.reply_text,
            *told[row.id],
            *files[row.id],
        ]
        yield Indexed("message", row.id, row.ticket_id, _joined(words))


def _subjects(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    asked = select(ticket.c.id, ticket.c.subject).where(ticket.c.id.in_(ids))
    for row in connection.execute(asked):
        yield Indexed("ticket", row.id, row.id, row.subject)


def _customers(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    """By name, company and every spelling of their contacts. Who was merged into them can still
    be looked for under the old name."""
    words: Texts = {}
    named = (
        select(customer.c.id, customer.c.name, company.c.name.label("company"))
        .outerjoin(company, company.c.id == customer.c.company_id)
        .where(customer.c.id.in_(ids))
    )
    for row in connection.execute(named):
        words[row.id] = [row.name, row.company or ""]
    merged = select(customer.c.merged_into, customer.c.name)
    for kept, name in connection.execute(merged.where(customer.c.merged_into.in_(ids))):
        words[kept].append(name)
    reached = select(contact_point).where(contact_point.c.customer_id.in_(list(words)))
    for row in connection.execute(reached):
        words[row.customer_id].append(row.value)
        if row.kind == ContactKind.PHONE:
            words[row.customer_id].append(phone_search_text(row.value_key))
    for one, text in words.items():
        yield Indexed("customer", one, None, _joined(text))


def _orders(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    line = order_line.c.sku + " " + order_line.c.title
    lines = _gathered(connection, order_line.c.order_id, line, ids)
    parcels = _gathered(connection, shipment.c.order_id, shipment.c.tracking_number, ids)
    for row in connection.execute(select(shop_order).where(shop_order.c.id.in_(ids))):
        known = [row.number, row.name, row.email, row.phone, phone_search_text(row.phone_key)]
        yield Indexed("order", row.id, None, _joined([*known, *lines[row.id], *parcels[row.id]]))


def _joined(words: Iterable[str | None]) -> str:
    """The words of one row, each part on a line of its own, so that no phrase spans two."""
    return "\n".join(filter(None, words))


def _gathered(
    connection: Connection, owner: ColumnElement[int], words: ColumnElement[str], ids: Sequence[int]
) -> Texts:
    found: Texts = defaultdict(list)
    for one, said in connection.execute(select(owner, words).where(owner.in_(ids))):
        found[one].append(said)
    return found


_READ: Mapping[str, Callable[[Connection, Sequence[int]], Iterator[Indexed]]] = {
    "message": _messages,
    "ticket": _subjects,
    "customer": _customers,
    "order": _orders,
}
