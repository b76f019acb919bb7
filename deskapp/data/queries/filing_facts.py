"""What intake needs to know before it files a batch, asked for the whole batch at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, select

from deskapp.domain.ids import AgentId, BlobHash, MailboxId, MessageId, TicketId
from deskapp.domain.kinds import Direction
from deskapp.domain.mail import Address
from deskapp.domain.naming import name_key

from ..tables.mail import mailbox
from ..tables.people import agent
from ..tables.tickets import (
    attachment,
    message,
    message_body,
    message_reference,
    ticket,
)
from .desk_info import desk_secret, reopen_days
from .filing import KnownTicket, heirs_of, lock_tickets, tickets_known
from .filing_sent import SentAsked, given_ids, written_here
from .filing_subjects import SubjectAsked, numbered, same_subject
from .own_addresses import keys_of, own_boxes
from .parts import parts

_MOST_OF_ID = 50

Place = tuple[TicketId, MessageId | None]
"""Where a message stands: on a ticket, and there perhaps in a side thread."""


@dataclass(slots=True)
class KnownMessage:
    """A message that is already on a ticket. Its words are there where they may be compared."""

    row: int
    ticket: TicketId
    message_id: str
    sha256: BlobHash | None
    direction: Direction
    sender: str
    subject: str
    dated_at: datetime | None
    text: str = ""
    html: str = ""
    files: frozenset[str] = frozenset()  # the contents of what is attached, by hash
    at: datetime | None = None
    side: MessageId | None = None

    @property
    def place(self) -> Place:
        return self.ticket, self.side


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works here, by mail address and by name; a name that two bear is nobody's."""

    by_address: Mapping[str, AgentId]
    by_name: Mapping[str, AgentId]


@dataclass(frozen=True, slots=True)
class FactsAsked:
    """What a batch names. ``own_ids``: those of ``ids`` that its mails bear themselves; messages
    that bear one too come with their words. ``numbers``: of tickets, in subjects."""

    ids: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)
    own_ids: set[str] = field(default_factory=set)
    dates: set[datetime] = field(default_factory=set)
    subjects: Sequence[SubjectAsked] = ()
    numbers: set[int] = field(default_factory=set)
    sent: SentAsked = field(default=SentAsked((), ()))


@dataclass(slots=True)
class Facts:
    """All that a batch's decisions are made from."""

    by_message_id: dict[str, list[KnownMessage]]
    by_sha256: dict[str, KnownMessage]
    bearers: dict[str, set[Place]]  # ids that a ticket's messages bear
    referrers: dict[str, set[Place]]  # ids that a ticket's messages refer to
    by_subject: dict[str, dict[TicketId, datetime]]  # with when it was last heard of
    by_number: dict[int, TicketId]
    written_here: list[KnownMessage]  # what an unknown copy in Sent may be
    tickets: dict[TicketId, KnownTicket]
    followers: dict[TicketId, TicketId]  # which ticket goes on from an ended one
    own_addresses: dict[str, MailboxId]
    open_mailboxes: frozenset[MailboxId]
    staff: Staff
    secret: bytes
    reopen_within: timedelta = field(default=timedelta(days=14))


def facts_for(connection: Connection, asked: FactsAsked, *, lock: bool = False) -> Facts:
    """What the desk knows about these Message-IDs (own, replied to, referred to) and contents.

    ``lock`` keeps the tickets found from other writers until this write ends.
    """
    ids = asked.ids
    given = given_ids(connection, ids)
    here = written_here(connection, asked.sent)
    messages = _messages(connection, ids, asked.hashes, here.union(*given.values()))
    bearers: dict[str, set[Place]] = defaultdict(set)
    referrers: dict[str, set[Place]] = defaultdict(set)
    by_id = _by_id(messages, given, asked)
    for one, bearing in by_id.items():
        bearers[one].update(known.place for known in bearing)
    worded = {known.row: known for one in asked.own_ids for known in by_id.get(one, ())}
    worded |= {known.row: known for known in messages if known.row in here}
    _add_words(connection, worded)
    for reference, owner in _references(connection, ids):
        referrers[reference].add(owner)
    lost = [one for one in asked.subjects if not (one.ids & bearers.keys())]
    by_subject = same_subject(connection, lost)
    found = {known.ticket for known in messages}
    by_number = numbered(connection, asked.numbers)
    found |= {place[0] for places in referrers.values() for place in places}
    found = found.union(*by_subject.values())
    found |= set(by_number.values())
    found |= set(heirs_of(connection, found).values())
    followers = _followers(connection, found)
    found |= set(followers.values())
    if lock:
        lock_tickets(connection, found)
    is_open = select(mailbox.c.id).where(mailbox.c.removed_at.is_(None))
    return Facts(
        by_message_id=by_id,
        by_sha256={known.sha256: known for known in messages if known.sha256},
        bearers=bearers,
        referrers=referrers,
        by_subject=by_subject,
        by_number=by_number,
        written_here=[known for known in messages if known.row in here],
        tickets=tickets_known(connection, found),
        followers=followers,
        own_addresses=keys_of(own_boxes(connection, removed=True)),
        open_mailboxes=frozenset(map(MailboxId, connection.execute(is_open).scalars())),
        staff=staff_of(connection),
        secret=desk_secret(connection),
        reopen_within=timedelta(days=reopen_days(connection)),
    )


def own_addresses(connection: Connection) -> set[str]:
    """Our own mailboxes by address key; a mail from one of them is not from a customer."""
    return set(keys_of(own_boxes(connection, removed=True)))


def staff_of(connection: Connection) -> Staff:
    """All who work or worked here."""
    rows = connection.execute(select(agent.c.id, agent.c.name, agent.c.email_key)).all()
    names: dict[str, list[AgentId]] = defaultdict(list)
    for row in rows:
        if key := name_key(row.name):
            names[key].append(AgentId(row.id))
    return Staff(
        {row.email_key: AgentId(row.id) for row in rows if row.email_key},
        {name: ids[0] for name, ids in names.items() if len(ids) == 1},
    )


def _messages(
    connection: Connection, ids: set[str], hashes: set[str], rows: set[int]
) -> list[KnownMessage]:
    columns = (
        message.c.id,
        message.c.ticket_id,
        message.c.message_id,
        message.c.sha256,
        message.c.direction,
        message.c.sender_address,
        message.c.subject,
        message.c.dated_at,
        message.c.at,
        message.c.side_id,
    )
    found: dict[int, KnownMessage] = {}
    chosen: Sequence[tuple[Column[Any], set[Any]]] = (
        (message.c.message_id, ids),
        (message.c.sha256, hashes),
        (message.c.id, rows),
    )
    for column, values in chosen:
        for part in parts(values):
            for row in connection.execute(select(*columns).where(column.in_(part))):
                found[row.id] = KnownMessage(
                    row.id,
                    TicketId(row.ticket_id),
                    row.message_id,
                    row.sha256,
                    Direction(row.direction),
                    Address("", row.sender_address).key,
                    row.subject,
                    row.dated_at,
                    at=row.at,
                    side=row.side_id,
                )
    return [found[row] for row in sorted(found)]


def _by_id(
    messages: Sequence[KnownMessage], given: Mapping[str, set[int]], asked: FactsAsked
) -> dict[str, list[KnownMessage]]:
    """The bearers of each id. A program that puts one id on everything has thousands: of those
    the first few count, and those that a mail of the batch may be the same letter as."""
    rows = {known.row: known for known in messages}
    found: dict[str, list[KnownMessage]] = defaultdict(list)
    for one, bearing in given.items():
        found[one] += [rows[row] for row in sorted(bearing)]
    for known in messages:
        bearers = found[known.message_id] if known.message_id in asked.ids else []
        if len(bearers) < _MOST_OF_ID or known.dated_at in asked.dates:
            bearers.append(known)
    return found


def _add_words(connection: Connection, found: Mapping[int, KnownMessage]) -> None:
    """Text and files of those that another mail may be the same letter as."""
    for part in parts(found):
        bodies = select(message_body.c.message_id, message_body.c.text, message_body.c.html)
        for row in connection.execute(bodies.where(message_body.c.message_id.in_(part))):
            found[row.message_id].text, found[row.message_id].html = row.text, row.html or ""
        chosen = select(attachment.c.message_id, attachment.c.sha256)
        rows = connection.execute(chosen.where(attachment.c.message_id.in_(part)))
        files: dict[int, set[str]] = defaultdict(set)
        for owner, name in rows:
            files[owner].add(name)
        for owner, names in files.items():
            found[owner].files = frozenset(names)


def _references(connection: Connection, ids: set[str]) -> Iterable[tuple[str, Place]]:
    for part in parts(ids):
        statement = (
            select(message_reference.c.reference, message.c.ticket_id, message.c.side_id)
            .join(message, message.c.id == message_reference.c.message_id)
            .where(message_reference.c.reference.in_(part))
            .distinct()
        )
        for reference, owner, side in connection.execute(statement):
            yield reference, (TicketId(owner), side)


def _followers(connection: Connection, ids: set[TicketId]) -> dict[TicketId, TicketId]:
    """The newest ticket that goes on from each; and from that one, and so on."""
    found: dict[TicketId, TicketId] = {}
    asked = set(ids)
    while asked:
        new: dict[TicketId, TicketId] = {}
        for part in parts(asked):
            chosen = select(ticket.c.follows_id, ticket.c.id).where(ticket.c.follows_id.in_(part))
            for old, follower in connection.execute(chosen.order_by(ticket.c.id)):
                new[TicketId(old)] = TicketId(follower)
        found |= new
        asked = set(new.values()) - found.keys()
    return found
