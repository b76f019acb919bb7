"""The words that tickets, customers and orders are found by, read from what is kept of them.

What a write indexes at once stands beside that write; here is the same for what is there already.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from deskapp.domain.contact import phone_search_text
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ContactKind, Direction
from deskapp.domain.mail import AttachmentInfo

from ..among import OfMany
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


def of_ours(
    number: int, owner: TicketId, subject: str, own: str, files: Iterable[AttachmentInfo]
) -> Indexed:
    """What a reply of ours is found by, by whoever writes it: as ``texts_of`` reads it back.
    ``own``: its words without those it quotes."""
    names = (file.filename for file in files)
    return Indexed("message", number, owner, _joined([subject, own, *names]))


_BEGINS = OfMany(
    lambda among: (
        select(func.min(message.c.id))
        .where(message.c.ticket_id.in_(select(message.c.ticket_id).where(among(message.c.id))))
        .group_by(message.c.ticket_id)
    )
)
_SAID = OfMany(
    lambda among: (
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
        .where(among(message.c.id), message.c.withdrawn.is_(False))
    )
)


def _gathering(owner: ColumnElement[int], words: ColumnElement[str]) -> OfMany:
    return OfMany(lambda among: select(owner, words).where(among(owner)))


_FILES = _gathering(attachment.c.message_id, attachment.c.filename)
_TOLD = _gathering(
    message_entry.c.message_id, message_entry.c.contact + " " + message_entry.c.outcome
)


def _messages(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    """As intake indexes a mail: quoted text only of the message that begins a ticket."""
    begins = set(connection.execute(_BEGINS.on(connection), {"some": ids}).scalars())
    files, told = _gathered(connection, _FILES, ids), _gathered(connection, _TOLD, ids)
    for row in connection.execute(_SAID.on(connection), {"some": ids}):
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


_SUBJECTS = OfMany(lambda among: select(ticket.c.id, ticket.c.subject).where(among(ticket.c.id)))


def _subjects(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    for row in connection.execute(_SUBJECTS.on(connection), {"some": ids}):
        yield Indexed("ticket", row.id, row.id, row.subject)


_NAMED = OfMany(
    lambda among: (
        select(customer.c.id, customer.c.name, company.c.name.label("company"))
        .outerjoin(company, company.c.id == customer.c.company_id)
        .where(among(customer.c.id))
    )
)
_MERGED = _gathering(customer.c.merged_into, customer.c.name)
_REACHED = OfMany(lambda among: select(contact_point).where(among(contact_point.c.customer_id)))


def _customers(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    """By name, company and every spelling of their contacts. Who was merged into them can still
    be looked for under the old name."""
    words: Texts = {}
    for row in connection.execute(_NAMED.on(connection), {"some": ids}):
        words[row.id] = [row.name, row.company or ""]
    for kept, names in _gathered(connection, _MERGED, ids).items():
        words[kept] += names
    for row in connection.execute(_REACHED.on(connection), {"some": list(words)}):
        words[row.customer_id].append(row.value)
        if row.kind == ContactKind.PHONE:
            words[row.customer_id].append(phone_search_text(row.value_key))
    for one, text in words.items():
        yield Indexed("customer", one, None, _joined(text))


_ORDERS = OfMany(lambda among: select(shop_order).where(among(shop_order.c.id)))
_LINES = _gathering(order_line.c.order_id, order_line.c.sku + " " + order_line.c.title)
_PARCELS = _gathering(shipment.c.order_id, shipment.c.tracking_number)


def _orders(connection: Connection, ids: Sequence[int]) -> Iterator[Indexed]:
    lines, parcels = _gathered(connection, _LINES, ids), _gathered(connection, _PARCELS, ids)
    for row in connection.execute(_ORDERS.on(connection), {"some": ids}):
        known = [row.number, row.name, row.email, row.phone, phone_search_text(row.phone_key)]
        yield Indexed("order", row.id, None, _joined([*known, *lines[row.id], *parcels[row.id]]))


def _joined(words: Iterable[str | None]) -> str:
    """The words of one row, each part on a line of its own, so that no phrase spans two."""
    return "\n".join(filter(None, words))


def _gathered(connection: Connection, asked: OfMany, ids: Sequence[int]) -> Texts:
    found: Texts = defaultdict(list)
    for one, said in connection.execute(asked.on(connection), {"some": ids}):
        found[one].append(said)
    return found


_READ: Mapping[str, Callable[[Connection, Sequence[int]], Iterator[Indexed]]] = {
    "message": _messages,
    "ticket": _subjects,
    "customer": _customers,
    "order": _orders,
}
