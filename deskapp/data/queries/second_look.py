"""What a reply's text is compared with before it leaves: people, orders, the server's SIZE."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from deskapp.domain.cautions import ASSUMED_LIMIT, orders_in
from deskapp.domain.ids import CustomerId, MailboxId, MessageId, TicketId
from deskapp.domain.kinds import ContactKind, Direction
from deskapp.domain.naming import sort_key

from ..tables.mail import mailbox
from ..tables.orders import shop_order
from ..tables.people import agent, contact_point, customer
from ..tables.tickets import message, message_body, ticket
from .parts import parts
from .side_threads import within


def size_limit(connection: Connection, one: MailboxId) -> int:
    """Bytes that the mailbox's server takes as one mail; what most take where it has not said."""
    said = connection.execute(select(mailbox.c.smtp_size).where(mailbox.c.id == one)).scalar()
    return said or ASSUMED_LIMIT


def names_on(
    connection: Connection, one: TicketId, side: MessageId | None = None
) -> tuple[str, ...]:
    """Names of the customer and of everybody who wrote to us on a ticket, or in a side thread."""
    owner = (
        select(customer.c.name)
        .join(ticket, ticket.c.customer_id == customer.c.id)
        .where(ticket.c.id == one)
    )
    wrote = select(message.c.sender_name).where(
        message.c.ticket_id == one, message.c.direction == Direction.IN, within(side)
    )
    found = [*connection.execute(owner).scalars(), *connection.execute(wrote.distinct()).scalars()]
    return tuple(dict.fromkeys(name for name in found if name))


def names_of_others(
    connection: Connection, keys: Collection[str], one: TicketId, known: Collection[str]
) -> frozenset[str]:
    """Which of these names (``bare_letters``) are those of customers who are not on the ticket."""
    owner = select(ticket.c.customer_id).where(ticket.c.id == one).scalar_subquery()
    found: set[str] = set()
    for part in parts(keys):
        chosen = select(customer.c.name_key).where(
            customer.c.name_key.in_(part),
            customer.c.merged_into.is_(None),
            customer.c.id != func.coalesce(owner, 0),
        )
        found.update(connection.execute(chosen).scalars())
    if found:
        staff = connection.execute(select(agent.c.name)).scalars()
        found -= {sort_key(name) for name in (*staff, *known)}
    return frozenset(found)


def strange_orders(
    connection: Connection, keys: Collection[str], one: TicketId, patterns: tuple[str, ...]
) -> frozenset[str]:
    """Which of these order keys are other people's orders only, and not named by the customer."""
    owner = connection.execute(select(ticket.c.customer_id).where(ticket.c.id == one)).scalar()
    theirs = _mail_keys(connection, CustomerId(owner)) if owner is not None else set()
    strange: set[str] = set()
    own: set[str] = set()
    for part in parts(keys):
        chosen = select(shop_order.c.number_key, shop_order.c.customer_id, shop_order.c.email_key)
        for row in connection.execute(chosen.where(shop_order.c.number_key.in_(part))):
            if row.customer_id is None and row.email_key == "":
                continue  # nobody's: a file without addresses
            mine = row.customer_id is not None and row.customer_id == owner
            (own if mine or row.email_key in theirs else strange).add(row.number_key)
    strange -= own
    return frozenset(strange - _named_on(connection, one, patterns)) if strange else frozenset()


def _mail_keys(connection: Connection, owner: CustomerId) -> set[str]:
    chosen = select(contact_point.c.value_key).where(
        contact_point.c.customer_id == owner, contact_point.c.kind == ContactKind.MAIL
    )
    return set(connection.execute(chosen).scalars())


def _named_on(connection: Connection, one: TicketId, patterns: tuple[str, ...]) -> set[str]:
    texts = (
        select(func.coalesce(message_body.c.reply_text, message_body.c.text), message.c.subject)
        .join(message_body, message_body.c.message_id == message.c.id)
        .where(message.c.ticket_id == one, message.c.direction == Direction.IN, within(None))
    )
    named: set[str] = set()
    for text, subject in connection.execute(texts):
        named.update(orders_in(f"{subject}\n{text or ''}", patterns))
    return named
