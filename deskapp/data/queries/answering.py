"""What a reply needs to know of its ticket: who it goes to, from where, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from deskapp.domain.ids import AgentId, MailboxId, MessageId, TicketId
from deskapp.domain.kinds import Direction, MailKind, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.people import agent, contact_point, customer
from ..tables.tickets import (
    message,
    message_address,
    message_body,
    message_reference,
    ticket,
)
from .desk_info import desk_secret
from .own_addresses import OwnBox, keys_of, own_boxes
from .side_threads import within


@dataclass(frozen=True, slots=True)
class Answered:
    """The message a reply answers: the customer's last one, or ours where they never wrote."""

    message_id: str
    references: tuple[str, ...]
    at: datetime
    author: str
    text: str
    sender: Address
    reply_to: tuple[Address, ...]
    others: tuple[Address, ...]  # its To and Cc
    outgoing: bool
    mailbox: int | None = None  # where it came to
    html: str = ""
    asks_at: tuple[Address, ...] = ()  # its Reply-To, whatever the answer does about it


@dataclass(frozen=True, slots=True)
class Sending:
    """Everything about a ticket that a reply on it depends on.

    ``usual``: the address of ours it leaves from when nobody chooses; ``mailbox`` has the one that
    it leaves from. ``senders``: all that could be chosen.
    """

    ticket: TicketId
    number: int
    subject: str
    status: TicketStatus
    assigned: bool
    language: str
    customer: Address | None
    mailbox_id: MailboxId
    mailbox: Address
    own_addresses: frozenset[str]
    signature: str
    agent_name: str
    secret: bytes
    answered: Answered | None
    usual: str
    senders: tuple[str, ...]
    customer_keys: frozenset[str]
    side: MessageId | None = None
    hands_on: bool = False  # it begins a side thread, and answers nothing


def sending_facts(
    connection: Connection,
    one: TicketId,
    by: AgentId | None,
    sender: str = "",
    side: MessageId | None = None,
) -> Sending:
    """Asks for them; ``sender`` is the address of ours that a person chose, "" for the usual one.
    ``side``: of an answer in that side thread.

    Without any mailbox to send from: ``Problem(NOT_FOUND, what="mailbox")``. For an address that
    is none of ours: ``Problem(INVALID, what="sender")``.
    """
    row = connection.execute(
        select(ticket, customer.c.language.label("customer_language"), customer.c.name)
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .where(ticket.c.id == one)
        .with_only_columns(
            *ticket.c,
            customer.c.language.label("customer_language"),
            customer.c.name.label("customer_name"),
        )
    ).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
    boxes = own_boxes(connection)
    if not boxes:
        raise Problem(ProblemKind.NOT_FOUND, what="mailbox")
    points = _mail_points(connection, row.customer_id)
    customer_address = Address(row.customer_name or "", points[0]) if points else None
    answered = _answered(connection, one, customer_address, side)
    usual, usual_address = _usual(boxes, answered, row.mailbox_id)
    box, address = _chosen(boxes, sender) if sender else (usual, usual_address)
    me = connection.execute(select(agent).where(agent.c.id == by)).first() if by else None
    return Sending(
        ticket=one,
        number=row.number,
        subject=row.subject,
        status=TicketStatus(row.status),
        assigned=row.assignee_id is not None,
        language=row.customer_language or row.language,
        customer=customer_address,
        mailbox_id=MailboxId(box.id),
        mailbox=Address(box.name or (me.name if me else ""), address),
        own_addresses=frozenset(keys_of(boxes)),
        signature=(me.signature if me and me.signature.strip() else box.signature),
        agent_name=me.name if me else "",
        secret=desk_secret(connection),
        answered=answered,
        usual=usual_address,
        senders=tuple(dict.fromkeys(one for own in boxes for one in own.addresses)),
        customer_keys=frozenset(Address("", value).key for value in points),
        side=side,
    )


def _usual(
    boxes: Sequence[OwnBox], answered: Answered | None, ticket_s: int | None
) -> tuple[OwnBox, str]:
    """From is the address the customer wrote to last, which may be another of ours than at first,
    or an alias of the mailbox that it came to."""
    wanted = [answered.mailbox if answered else None, ticket_s]
    box = next((found for want in wanted for found in boxes if found.id == want), boxes[0])
    if answered is None or answered.mailbox != box.id:
        return box, box.addresses[0]
    named = (answered.sender,) if answered.outgoing else answered.others
    called = (box.called(person.key) for person in named)
    return box, next(filter(None, called), box.addresses[0])


def _chosen(boxes: Sequence[OwnBox], sender: str) -> tuple[OwnBox, str]:
    owner = keys_of(boxes).get(Address("", sender).key)
    for box in boxes:
        if box.id == owner and (called := box.called(Address("", sender).key)):
            return box, called
    raise Problem(ProblemKind.INVALID, what="sender", value=sender)


def _mail_points(connection: Connection, customer_id: int | None) -> Sequence[str]:
    """A customer's mail addresses, the one they are written to first."""
    if customer_id is None:
        return ()
    statement = (
        select(contact_point.c.value)
        .where(contact_point.c.customer_id == customer_id, contact_point.c.kind == "mail")
        .order_by(contact_point.c.is_primary.desc(), contact_point.c.id)
    )
    return connection.execute(statement).scalars().all()


def _answered(
    connection: Connection, one: TicketId, customer: Address | None, side: MessageId | None
) -> Answered | None:
    # A person's mail is answered before a machine's, the customer's before our own.
    spoken = message.c.kind.in_((MailKind.HUMAN, MailKind.BULK, MailKind.COMPLAINT))
    order: list[ColumnElement[Any]] = [
        spoken.desc(),
        message.c.uninvited,  # nobody answers a stranger in the customer's place by mistake
        (message.c.direction == Direction.IN).desc(),
        message.c.at.desc(),
        message.c.id.desc(),
    ]
    statement = (
        select(message.c.id, message.c.message_id, message.c.in_reply_to, message.c.at)
        .add_columns(message.c.mailbox_id)
        .add_columns(message.c.sender_name, message.c.sender_address, message.c.direction)
        .add_columns(func.coalesce(message_body.c.reply_text, message_body.c.text).label("text"))
        .add_columns(message_body.c.html, message_body.c.reply_html)
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .where(message.c.ticket_id == one, message.c.direction != Direction.NOTE, within(side))
        .where(message.c.withdrawn.is_(False))
        .order_by(*order)
        .limit(1)
    )
    row = connection.execute(statement).first()
    if row is None:
        return None
    roles = _roles(connection, row.id)
    reply_to = asks_at = tuple(roles.get("reply_to", ()))
    if "original" in roles and customer is not None:
        # One of us forwarded it: the answer goes to whom it is about.
        reply_to, asks_at = (customer,), ()
    return Answered(
        message_id=row.message_id,
        references=_references(connection, row.id),
        at=row.at,
        author=row.sender_name or row.sender_address,
        text=row.text or "",
        sender=Address(row.sender_name, row.sender_address),
        reply_to=reply_to,
        others=(*roles.get("to", ()), *roles.get("cc", ())),
        outgoing=row.direction == Direction.OUT,
        mailbox=row.mailbox_id,
        html=row.reply_html or row.html or "",
        asks_at=asks_at,
    )


def _roles(connection: Connection, number: int) -> dict[str, list[Address]]:
    found: dict[str, list[Address]] = {}
    statement = select(message_address).where(message_address.c.message_id == number)
    for row in connection.execute(statement.order_by(message_address.c.id)):
        found.setdefault(row.role, []).append(Address(row.name, row.address))
    return found


def _references(connection: Connection, number: int) -> tuple[str, ...]:
    statement = select(message_reference.c.reference).where(
        message_reference.c.message_id == number
    )
    return tuple(connection.execute(statement.order_by(message_reference.c.position)).scalars())
