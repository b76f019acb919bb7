"""Side threads on a ticket: what is written there, and what is handed on to begin one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select

from deskapp.domain.ids import BlobHash, MessageId, TicketId
from deskapp.domain.kinds import Direction, MailKind
from deskapp.domain.mail import Address

from ..tables.tickets import attachment, message, message_address, message_body
from .parts import parts

_MOST_MESSAGES = 30
_DECORATION = 10_000
"""Bytes; a smaller picture in a text is somebody's logo and no evidence."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as it can be handed on."""

    id: MessageId
    at: datetime
    sender: Address
    subject: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of such a message, inside the mail whose bytes are ``raw``."""

    filename: str
    content_type: str
    part: int
    raw: BlobHash


def within(side: MessageId | None) -> ColumnElement[bool]:
    """Messages of a side thread; with None those between customer and desk."""
    return message.c.side_id.is_(None) if side is None else message.c.side_id == side


def subject_of(connection: Connection, one: MessageId | None) -> str:
    """A message's own subject, "" for none."""
    return connection.execute(select(message.c.subject).where(message.c.id == one)).scalar() or ""


def handed_on(
    connection: Connection, ticket: TicketId, one: MessageId | None
) -> tuple[Stored, ...]:
    """One message of a ticket, or what customer and desk wrote each other, oldest first. Never a
    note: those are for colleagues alone."""
    text = func.coalesce(message_body.c.reply_text, message_body.c.text)
    statement = (
        select(message.c.id, message.c.at, message.c.sender_name, message.c.sender_address)
        .add_columns(message.c.subject, text.label("text"))
        .add_columns(func.coalesce(message_body.c.reply_html, message_body.c.html).label("html"))
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .where(message.c.ticket_id == ticket, message.c.direction != Direction.NOTE)
        .where(message.c.withdrawn.is_(False))
    )
    if one is not None:
        statement = statement.where(message.c.id == one)
    else:
        spoken = message.c.kind.in_((MailKind.HUMAN, MailKind.BULK, MailKind.COMPLAINT))
        statement = statement.where(within(None), message.c.uninvited.is_(False), spoken)
    newest = statement.order_by(message.c.at.desc(), message.c.id.desc()).limit(_MOST_MESSAGES)
    rows = connection.execute(newest).all()[::-1]
    people = _people(connection, [row.id for row in rows])
    return tuple(
        Stored(
            MessageId(row.id),
            row.at,
            Address(row.sender_name, row.sender_address),
            row.subject,
            tuple(people[row.id, "to"]),
            tuple(people[row.id, "cc"]),
            row.text or "",
            row.html or "",
        )
        for row in rows
    )


def _people(connection: Connection, ids: Sequence[int]) -> dict[tuple[int, str], list[Address]]:
    found: dict[tuple[int, str], list[Address]] = defaultdict(list)
    statement = (
        select(message_address)
        .where(message_address.c.message_id.in_(ids), message_address.c.role.in_(("to", "cc")))
        .order_by(message_address.c.id)
    )
    for row in connection.execute(statement):
        found[row.message_id, row.role].append(Address(row.name, row.address))
    return found


def files_to_hand_on(connection: Connection, ids: Sequence[MessageId]) -> tuple[StoredFile, ...]:
    """What hangs on these messages, and the pictures in their texts; each content once."""
    statement = (
        select(attachment, message.c.sha256.label("raw"))
        .join(message, message.c.id == attachment.c.message_id)
        .where(attachment.c.message_id.in_(list(ids)), message.c.sha256.is_not(None))
        .where(or_(attachment.c.inline.is_(False), attachment.c.size >= _DECORATION))
        .order_by(attachment.c.message_id, attachment.c.id)
        .with_only_columns(
            attachment.c.filename,
            attachment.c.content_type,
            attachment.c.part_index,
            attachment.c.sha256,
            message.c.sha256.label("raw"),
        )
    )
    found: dict[str, StoredFile] = {}
    for row in connection.execute(statement):
        file = StoredFile(row.filename, row.content_type, row.part_index, BlobHash(row.raw))
        found.setdefault(row.sha256 or f"{row.raw} {row.part_index}", file)
    return tuple(found.values())


def borne_aside(connection: Connection, ids: Collection[str]) -> set[str]:
    """Which of these Message-IDs are those of messages in side threads."""
    found: set[str] = set()
    for part in parts(ids):
        chosen = select(message.c.message_id).where(
            message.c.message_id.in_(part), message.c.side_id.is_not(None)
        )
        found.update(connection.execute(chosen).scalars())
    return found
