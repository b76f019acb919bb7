"""What a reply needs to know of its ticket: who it goes to, from where, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from deskapp.domain.ids import AgentId, MailboxId, MessageId, TicketId
from deskapp.domain.kinds import Direction, EventKind, MailKind, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import News
from deskapp.domain.snippets import list_snippet

from ..tables.mail import mailbox
from ..tables.people import agent, contact_point, customer
from ..tables.tickets import (
    event,
    message,
    message_address,
    message_body,
    message_reference,
    ticket,
)
from .desk_info import desk_secret


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


@dataclass(frozen=True, slots=True)
class Sending:
    """Everything about a ticket that a reply on it depends on."""

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


def sending_facts(connection: Connection, one: TicketId, by: AgentId | None) -> Sending:
    """Asks for them. Without any mailbox to send from: ``Problem(NOT_FOUND, what="mailbox")``."""
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
    boxes = connection.execute(
        select(mailbox).where(mailbox.c.removed_at.is_(None)).order_by(mailbox.c.id)
    ).all()
    if not boxes:
        raise Problem(ProblemKind.NOT_FOUND, what="mailbox")
    customer_address = _customer_address(connection, row.customer_id, row.customer_name)
    answered = _answered(connection, one, customer_address)
    # From is the address the customer wrote to last, which may be another of ours than at first.
    wanted = [answered.mailbox if answered else None, row.mailbox_id]
    box = next((found for want in wanted for found in boxes if found.id == want), boxes[0])
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
        mailbox=Address(box.name or (me.name if me else ""), box.address),
        own_addresses=frozenset(found.address_key for found in boxes),
        signature=(me.signature if me and me.signature.strip() else box.signature),
        agent_name=me.name if me else "",
        secret=desk_secret(connection),
        answered=answered,
    )


def _customer_address(
    connection: Connection, customer_id: int | None, name: str | None
) -> Address | None:
    if customer_id is None:
        return None
    statement = (
        select(contact_point.c.value)
        .where(contact_point.c.customer_id == customer_id, contact_point.c.kind == "mail")
        .order_by(contact_point.c.is_primary.desc(), contact_point.c.id)
    )
    value: str | None = connection.execute(statement.limit(1)).scalar()
    return None if value is None else Address(name or "", value)


def _answered(connection: Connection, one: TicketId, customer: Address | None) -> Answered | None:
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
        .where(message.c.ticket_id == one, message.c.direction != Direction.NOTE)
        .where(message.c.withdrawn.is_(False))
        .order_by(*order)
        .limit(1)
    )
    row = connection.execute(statement).first()
    if row is None:
        return None
    roles = _roles(connection, row.id)
    reply_to = tuple(roles.get("reply_to", ()))
    if "original" in roles and customer is not None:
        reply_to = (customer,)  # one of us forwarded it: the answer goes to whom it is about
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


def newer_than(
    connection: Connection,
    one: TicketId,
    base: MessageId | None,
    by: AgentId | None,
    merges: int = 0,
) -> Sequence[int]:
    """Messages that came onto a ticket after ``base``, but not the writer's own.

    ``merges``: of how many merges into the ticket the writer knows. A later one of somebody else
    brought messages that may be older than ``base``.
    """
    merged = _merged_since(connection, one, by, merges)
    # What came by mail says how it joined; what was written here by nobody named is one's own too.
    theirs = or_(message.c.agent_id.is_not(None), message.c.joined_by != "")
    if by is not None:
        theirs = or_(message.c.agent_id.is_(None), message.c.agent_id != by)
    statement = select(message.c.id).where(
        message.c.ticket_id == one,
        or_(and_(message.c.id > (base or 0), theirs), message.c.id.in_(merged)),
        message.c.withdrawn.is_(False),
    )
    return list(connection.execute(statement).scalars())


def _merged_since(
    connection: Connection, one: TicketId, by: AgentId | None, merges: int
) -> list[int]:
    into = and_(event.c.ticket_id == one, event.c.kind == EventKind.MERGED, event.c.old != "")
    rows = connection.execute(
        select(event.c.agent_id, event.c.reason).where(into).order_by(event.c.id).offset(merges)
    )
    return [
        int(moved)
        for row in rows
        if by is None or row.agent_id != by
        for moved in row.reason.split()
    ]


def merges_into(connection: Connection, one: TicketId) -> int:
    """How many tickets were merged into this one."""
    into = and_(event.c.ticket_id == one, event.c.kind == EventKind.MERGED, event.c.old != "")
    found: int = connection.execute(
        select(func.count()).select_from(event).where(into)
    ).scalar_one()
    return found


def news_of(connection: Connection, ids: Sequence[int]) -> tuple[News, ...]:
    """What these messages say, in short, oldest first."""
    text = func.coalesce(message_body.c.reply_text, message_body.c.text)
    statement = (
        select(message, agent.c.name.label("agent_name"), text.label("words"))
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .outerjoin(agent, agent.c.id == message.c.agent_id)
        .where(message.c.id.in_(list(ids)))
        .order_by(message.c.at, message.c.id)
        .with_only_columns(
            message.c.id,
            message.c.at,
            message.c.direction,
            message.c.sender_name,
            message.c.sender_address,
            agent.c.name.label("agent_name"),
            text.label("words"),
        )
    )
    return tuple(
        News(
            MessageId(row.id),
            row.at,
            row.agent_name or row.sender_name or row.sender_address,
            Direction(row.direction),
            list_snippet(row.words or ""),
        )
        for row in connection.execute(statement)
    )


def newest_of(connection: Connection, one: TicketId) -> MessageId | None:
    """The message added last, whoever wrote it: what a draft that begins now has seen."""
    there = select(func.max(message.c.id)).where(
        message.c.ticket_id == one, message.c.withdrawn.is_(False)
    )
    found: int | None = connection.execute(there).scalar()
    return None if found is None else MessageId(found)
