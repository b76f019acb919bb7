"""How each mailbox's automatic reply stands, who got one, and what is noted of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from deskapp.domain.auto_reply import DAY, AutoReply, Given
from deskapp.domain.ids import AgentId, CannedId, MailboxId, MessageId, OutboxId, TicketId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.auto_replies import auto_reply, auto_reply_given
from ..tables.mail import mailbox
from ..tables.people import contact_point
from ..tables.replies import canned_reply, outbox
from .parts import parts
from .reply_write import take_back
from .upsert import insert_into
from .writes import lock_row


def auto_replies(connection: Connection, now: datetime) -> tuple[AutoReply, ...]:
    """One for each mailbox in the order they were added, also where none was ever wanted."""
    lately = (
        select(auto_reply_given.c.mailbox_id, func.count().label("given"))
        .where(auto_reply_given.c.at > now - DAY)
        .group_by(auto_reply_given.c.mailbox_id)
    )
    given = {row.mailbox_id: row.given for row in connection.execute(lately)}
    statement = (
        select(auto_reply, mailbox.c.id, mailbox.c.address, canned_reply.c.name)
        .select_from(mailbox)
        .outerjoin(auto_reply, auto_reply.c.mailbox_id == mailbox.c.id)
        .outerjoin(canned_reply, canned_reply.c.id == auto_reply.c.canned_id)
        .where(mailbox.c.removed_at.is_(None))
        .order_by(mailbox.c.id)
    )
    return tuple(
        AutoReply(
            mailbox=MailboxId(row.id),
            address=row.address,
            canned=None if row.canned_id is None else CannedId(row.canned_id),
            canned_name=row.name or "",
            since=row.since,
            paused=row.paused_at,
            fault=row.fault or "",
            fault_about=row.fault_about or "",
            fault_ticket=row.fault_ticket,
            given=given.get(row.id, 0),
        )
        for row in connection.execute(statement)
    )


def lock_mailbox(unit: Unit, one: MailboxId) -> None:
    """Nobody sets this mailbox's otherwise until this write ends."""
    lock_row(unit.connection, mailbox, one)


def any_works(connection: Connection) -> bool:
    """Whether any mailbox has one that is on and not paused; asked for every batch of mail."""
    works = select(auto_reply.c.mailbox_id).where(
        auto_reply.c.since.is_not(None), auto_reply.c.paused_at.is_(None)
    )
    return connection.execute(works.limit(1)).first() is not None


def put_auto_reply(
    unit: Unit, one: MailboxId, canned: CannedId | None, since: datetime | None
) -> None:
    """Switches it on with a text, or off; what it said of faults and pauses is over.

    Without ``canned`` the text stays. Raises Problem(NOT_FOUND) for a mailbox that is not there.
    """
    there = select(mailbox.c.id).where(mailbox.c.id == one, mailbox.c.removed_at.is_(None))
    if unit.connection.execute(there).first() is None:
        raise Problem(ProblemKind.NOT_FOUND, what="mailbox", id=one)
    values = {"since": since, **_NO_TROUBLE}
    if canned is None:
        unit.connection.execute(
            update(auto_reply).where(auto_reply.c.mailbox_id == one).values(values)
        )
    else:
        values = {"canned_id": canned, **values}
        fresh = insert_into(unit.connection, auto_reply).values(mailbox_id=one, **values)
        unit.connection.execute(
            fresh.on_conflict_do_update(index_elements=["mailbox_id"], set_=values)
        )
    unit.touched.areas.add("mailboxes")


_NO_TROUBLE: Mapping[str, object] = {
    "paused_at": None,
    "fault": "",
    "fault_about": "",
    "fault_ticket": None,
}


def pause(unit: Unit, one: MailboxId, at: datetime) -> None:
    """It has answered too much; a person decides how it goes on."""
    unit.connection.execute(
        update(auto_reply)
        .where(auto_reply.c.mailbox_id == one, auto_reply.c.paused_at.is_(None))
        .values(paused_at=at)
    )
    unit.touched.areas.add("mailboxes")


def note_fault(unit: Unit, one: MailboxId, fault: str, about: str, ticket_number: int) -> None:
    """Why the automatic reply on a ticket was not made. The first one stands until it is seen."""
    unit.connection.execute(
        update(auto_reply)
        .where(auto_reply.c.mailbox_id == one, auto_reply.c.fault == "")
        .values(fault=fault[:40], fault_about=about, fault_ticket=ticket_number)
    )
    unit.touched.areas.add("mailboxes")


def note_given(
    unit: Unit, one: MailboxId, ticket: TicketId, message: MessageId, person: str, at: datetime
) -> None:
    """A customer gets one on a ticket."""
    unit.connection.execute(
        insert(auto_reply_given).values(
            mailbox_id=one, ticket_id=ticket, message_id=message, address_key=person[:320], at=at
        )
    )


def withdraw(unit: Unit, one: OutboxId, at: datetime, by: AgentId | None) -> bool:
    """Takes a waiting or failed reply back that nobody wrote; False for any other.

    ``Problem(TOO_LATE)`` once the server may have it.
    """
    unwritten = select(outbox.c.id).where(outbox.c.id == one, outbox.c.draft_id.is_(None))
    if unit.connection.execute(unwritten).first() is None:
        return False
    take_back(unit, one, at, by)
    return True


def sent_since(connection: Connection, one: MailboxId, begin: datetime) -> int:
    """How many of a mailbox's automatic replies were given from that moment on."""
    found: int = connection.execute(
        select(func.count())
        .select_from(auto_reply_given)
        .where(auto_reply_given.c.mailbox_id == one, auto_reply_given.c.at >= begin)
    ).scalar_one()
    return found


def given_to(
    connection: Connection, people: Collection[str], tickets: Collection[TicketId], now: datetime
) -> tuple[Given, ...]:
    """What these addresses got in the last day, and what anybody got on these tickets ever."""
    table, found = auto_reply_given.c, {}
    chosen = select(table.id, table.ticket_id, table.address_key, table.at)
    asked = [
        chosen.where(table.address_key.in_(part), table.at > now - DAY) for part in parts(people)
    ]
    asked += [chosen.where(table.ticket_id.in_(part)) for part in parts(tickets)]
    for statement in asked:
        for row in connection.execute(statement):
            found[row.id] = Given(TicketId(row.ticket_id), row.address_key, row.at)
    return tuple(found.values())


def all_addresses(connection: Connection, people: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Every mail address of whoever has these; an address that is nobody's stands for itself."""
    mails, table = contact_point.c.kind == ContactKind.MAIL, contact_point.c
    chosen = select(table.customer_id, table.value_key).where(mails)
    owners: dict[str, int] = {}
    for part in parts(people):
        for row in connection.execute(chosen.where(table.value_key.in_(part))):
            owners[row.value_key] = row.customer_id
    theirs: dict[int, set[str]] = defaultdict(set)
    for ids in parts(set(owners.values())):
        for row in connection.execute(chosen.where(table.customer_id.in_(ids))):
            theirs[row.customer_id].add(row.value_key)
    return {one: frozenset({one, *theirs.get(owners.get(one, 0), ())}) for one in people}
