"""A ticket opened: its messages with bodies, people, files and deliveries, and its history."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, bindparam, select

from deskapp.domain.dangerous_files import is_dangerous
from deskapp.domain.entries import Entry
from deskapp.domain.ids import (
    AgentId,
    AttachmentId,
    BlobHash,
    MessageId,
    OutboxId,
    TicketId,
)
from deskapp.domain.kinds import Direction, EventKind, MailKind, OutboxPhase, OutboxState
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.mail import Address
from deskapp.domain.messages import Approved, AttachmentRow, Delivery, Returned
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import EventRow, MessageRow

from ..among import OfMany
from ..tables.columns import AnyRow
from ..tables.people import agent
from ..tables.replies import outbox
from ..tables.tickets import (
    attachment,
    event,
    message,
    message_address,
    message_body,
    message_bounce,
    ticket,
)
from .approvals import approved_of
from .beside import ANY, Beside
from .entries import entries_of, mentions_of
from .parts import parts

People = dict[str, tuple[Address, ...]]
_NOBODY = Address("", "")
_ANOTHER_DAY = timedelta(days=1)

# Made once: to make them takes as long as to ask them.
_MESSAGES = (
    select(
        *message.c,
        message_body.c.text,
        message_body.c.reply_text,
        message_body.c.html,
        message_body.c.reply_html,
        agent.c.name.label("agent_name"),
    )
    .outerjoin(message_body, message_body.c.message_id == message.c.id)
    .outerjoin(agent, agent.c.id == message.c.agent_id)
    .where(message.c.ticket_id == bindparam("one"), message.c.withdrawn.is_(False))
    .order_by(message.c.at, message.c.id)
)
_EVENTS = (
    select(event, agent.c.name)
    .outerjoin(agent, agent.c.id == event.c.agent_id)
    .where(event.c.ticket_id == bindparam("one"))
    .order_by(event.c.at, event.c.id)
)
_PEOPLE = OfMany(
    lambda among: (
        select(
            message_address.c.message_id,
            message_address.c.role,
            message_address.c.name,
            message_address.c.address,
        )
        .where(among(message_address.c.message_id))
        .order_by(message_address.c.id)
    )
)


def messages_of(connection: Connection, one: TicketId, has: Beside = ANY) -> tuple[MessageRow, ...]:
    """A ticket's messages, oldest first, each complete: a few statements however many there are."""
    rows = connection.execute(_MESSAGES, {"one": one}).all()
    ids = [row.id for row in rows]
    people = _people(connection, ids)
    files = attachments_of(connection, ids) if has.files else {}
    deliveries = _deliveries(connection, one) if has.outbox else {}
    returned = _returned(connection, ids) if has.bounces else {}
    approved = approved_of(connection, ids) if has.approvals else {}
    origins = _origins(connection, {row.origin_id for row in rows} - {None})
    notes = [row.id for row in rows if row.direction == Direction.NOTE]
    entries, mentions = entries_of(connection, notes), mentions_of(connection, notes)
    return tuple(
        _message_row(
            row,
            people.get(row.id, {}),
            tuple(files.get(row.id, ())),
            deliveries.get(row.id),
            tuple(returned.get(row.id, ())),
            entries.get(row.id),
            mentions.get(row.id, ()),
            origins.get(row.origin_id),
            approved.get(row.id),
        )
        for row in rows
    )


def _message_row(
    row: AnyRow,
    people: People,
    files: tuple[AttachmentRow, ...],
    delivery: Delivery | None,
    returned: tuple[Returned, ...],
    entry: Entry | None,
    mentions: tuple[str, ...],
    origin: LinkedTicket | None,
    approved: Approved | None,
) -> MessageRow:
    text, html = row.text or "", row.html or ""
    stated = row.dated_at
    elsewhen = stated is not None and abs(stated - row.at) >= _ANOTHER_DAY
    return MessageRow(
        id=MessageId(row.id),
        ticket_id=TicketId(row.ticket_id),
        direction=Direction(row.direction),
        kind=MailKind(row.kind),
        message_id=row.message_id,
        sender=Address(row.sender_name, row.sender_address) if row.sender_address else _NOBODY,
        to=people.get("to", ()),
        cc=people.get("cc", ()),
        reply_to=people.get("reply_to", ()),
        subject=row.subject,
        at=row.at,
        agent_id=None if row.agent_id is None else AgentId(row.agent_id),
        agent_name=row.agent_name or "",
        text=text,
        reply_text=text if row.reply_text is None else row.reply_text,
        html=html,
        reply_html=row.reply_html or html,
        language=row.language,
        attachments=files,
        sha256=None if row.sha256 is None else BlobHash(row.sha256),
        joined_by=row.joined_by,
        marked=row.marked,
        defects=tuple(row.defects.split()),
        delivery=delivery,
        dated_at=stated if elsewhen else None,
        original=next(iter(people.get("original", ())), None),
        claims_id=None if row.claims_id is None else TicketId(row.claims_id),
        returned=returned,
        side=None if row.side_id is None else MessageId(row.side_id),
        entry=entry,
        mentions=mentions,
        origin=origin,
        approved=approved,
    )


def _origins(connection: Connection, ids: set[int]) -> dict[int, LinkedTicket]:
    """The tickets that messages were on first, by id; hardly any is asked for."""
    found: dict[int, LinkedTicket] = {}
    for part in parts(ids):
        chosen = select(ticket.c.id, ticket.c.number, ticket.c.subject).where(ticket.c.id.in_(part))
        for row in connection.execute(chosen):
            found[row.id] = LinkedTicket(TicketId(row.id), row.number, row.subject)
    return found


def _people(connection: Connection, ids: Sequence[int]) -> dict[int, People]:
    found: dict[int, dict[str, list[Address]]] = defaultdict(lambda: defaultdict(list))
    for part in parts(ids):
        for row in connection.execute(_PEOPLE.on(connection), {"some": part}):
            found[row.message_id][row.role].append(Address(row.name, row.address))
    return {
        owner: {role: tuple(people) for role, people in roles.items()}
        for owner, roles in found.items()
    }


def attachments_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[AttachmentRow]]:
    """The files on messages, by message row."""
    found: dict[int, list[AttachmentRow]] = defaultdict(list)
    for part in parts(ids):
        statement = (
            select(attachment).where(attachment.c.message_id.in_(part)).order_by(attachment.c.id)
        )
        for row in connection.execute(statement):
            found[row.message_id].append(_attachment_row(row))
    return found


def _attachment_row(row: AnyRow) -> AttachmentRow:
    return AttachmentRow(
        id=AttachmentId(row.id),
        message_id=MessageId(row.message_id),
        filename=row.filename,
        content_type=row.content_type,
        size=row.size,
        inline=row.inline,
        content_id=row.content_id,
        dangerous=is_dangerous(row.filename, row.content_type),
    )


def attachment_source(
    connection: Connection, one: AttachmentId
) -> tuple[AttachmentRow, BlobHash, int]:
    """A file's row, the raw mail it is inside, and its part there."""
    statement = (
        select(attachment, message.c.sha256.label("raw"))
        .join(message, message.c.id == attachment.c.message_id)
        .where(attachment.c.id == one)
    )
    row = connection.execute(
        statement.with_only_columns(*attachment.c, message.c.sha256.label("raw"))
    ).first()
    if row is None or row.raw is None:
        raise Problem(ProblemKind.NOT_FOUND, what="attachment", value=one)
    return _attachment_row(row), BlobHash(row.raw), row.part_index


def raw_hash(connection: Connection, one: MessageId) -> BlobHash:
    """Which blob holds a message's original bytes; notes have none."""
    found = connection.execute(select(message.c.sha256).where(message.c.id == one)).scalar()
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="original", value=one)
    return BlobHash(found)


def _deliveries(connection: Connection, one: TicketId) -> dict[int, Delivery]:
    statement = select(outbox).where(outbox.c.ticket_id == one)
    return {
        row.message_row_id: Delivery(
            outbox_id=OutboxId(row.id),
            state=OutboxState(row.state),
            phase=OutboxPhase(row.phase),
            not_before=row.not_before,
            sent_at=row.sent_at,
            attempts=row.attempts,
            last_error=row.last_error,
            fault=row.fault,
        )
        for row in connection.execute(statement)
    }


def _returned(connection: Connection, ids: Sequence[int]) -> dict[int, list[Returned]]:
    found: dict[int, list[Returned]] = defaultdict(list)
    for part in parts(ids):
        chosen = select(message_bounce).where(message_bounce.c.message_id.in_(part))
        for row in connection.execute(chosen.order_by(message_bounce.c.report_id)):
            told = Returned(row.recipient, row.status, row.permanent, row.at)
            found[row.message_id].append(told)
    return found


def events_of(connection: Connection, one: TicketId) -> tuple[EventRow, ...]:
    """What happened to a ticket, oldest first."""
    return tuple(
        EventRow(
            EventKind(row.kind),
            row.at,
            row.name or "",
            row.old,
            row.new,
            row.reason,
            row.id,
            None if row.message_id is None else MessageId(row.message_id),
        )
        for row in connection.execute(_EVENTS, {"one": one})
    )
