"""The one write that queues a reply, and never a second time for the same act."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from deskapp.data.database import Connection, Unit
from deskapp.data.queries import drafts, reply_write
from deskapp.data.queries.acts import reply_of_act
from deskapp.data.queries.blobs import put_blob
from deskapp.data.queries.canned_write import judge_uses
from deskapp.data.queries.filing import lock_tickets
from deskapp.domain.ids import AgentId, MessageId, OutboxId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.side_threads import check_third_party, status_afterwards
from deskapp.domain.undoing import ActKind

from . import building, moved_on
from .context import Context, MailFunctions
from .roles import refuse_junior
from .undo import note_send


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that is on its way, or will be at ``not_before``."""

    outbox_id: OutboxId
    message: MessageId
    message_id: str
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a reply is to be sent. ``noted``: as what undo knows it; ``along``: what else belongs to
    the same write."""

    status: TicketStatus | None
    delay: timedelta
    force: bool
    act: str
    unless_answered: bool
    to_many: bool
    noted: ActKind = ActKind.SEND
    along: "Callable[[Unit, Sent], None] | None" = None
    writer: AgentId | None = None  # whose reply it is, where a senior approves it


def send_once(context: Context, draft: Draft, wanted: Wanted) -> Sent:
    """Queues a reply in one write, or what its act queued before is given and nothing is done."""
    at, by = context.now(), wanted.writer or context.agent
    _awake(context.mail)
    with context.database.writing() as unit:
        refuse_junior(unit.connection, context.agent, "junior_sends")
        one = lock_tickets(unit.connection, {draft.ticket_id})[draft.ticket_id]
        if (earlier := sent_as(unit.connection, wanted.act, one)) is not None:
            return earlier
        if not wanted.force:
            moved_on.check_not_moved(unit.connection, one, draft, context.agent)
        facts = building.facts_of(unit.connection, draft, by, one)
        check_third_party(draft, facts.customer_keys)
        author = replace(context, agent=by)  # whose signature it carries
        mail, words = building.built(unit.connection, author, draft, facts, at)
        mail = building.to_many(mail) if wanted.to_many else mail
        raw = context.mail.build(mail)
        read = context.mail.parse(raw)
        kept = draft.id or drafts.save_draft(unit, replace(draft, ticket_id=one), at)
        reply = reply_write.Reply(
            mail=mail,
            body=words.own,
            html=(read.html, read.reply_html) if words.formed else ("", ""),
            sha256=put_blob(unit.connection, raw),
            files=read.attachments,
            draft=kept,
            status=wanted.status or status_afterwards(draft, facts.status),
            not_before=at + wanted.delay,
            act=wanted.act,
            unless_answered=wanted.unless_answered,
            approved_by=None if wanted.writer is None else context.agent,
        )
        queued, message = reply_write.store_reply(unit, facts, reply, at, by)
        if wanted.writer is None and not drafts.close_draft(unit, kept, at):
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="draft", value=kept)
        judge_uses(unit, kept, draft.body)
        if not wanted.to_many:
            note_send(context, unit, one, queued, wanted.noted)
        sent = Sent(queued, message, mail.message_id, reply.not_before)
        if wanted.along is not None:
            wanted.along(unit, sent)
    return sent


@cache
def _awake(mail: MailFunctions) -> None:
    """Loads the mail room, once: a second's work that must not be done while a ticket is kept from
    everybody else (eight programs on a busy computer: 40 s)."""
    mail.parse(b"Subject: \r\n\r\nWhere is my order?\r\n")


def sent_as(connection: Connection, act: str, ticket: TicketId | None) -> Sent | None:
    """What an act queued, if anything.

    It belongs to one reply: not to another ticket, nor to one that was taken back.
    """
    row = reply_of_act(connection, act)
    if row is None:
        return None
    if row.withdrawn or ticket not in (None, row.ticket_id):
        raise Problem(ProblemKind.INVALID, what="act", value=act)
    return Sent(OutboxId(row.id), MessageId(row.message_row_id), row.message_id, row.not_before)


def act_id(act: str | None) -> str:
    """A caller's own id of a send, or a new one; ``Problem(INVALID)`` where it is no UUID."""
    if act is None:
        return str(uuid4())
    try:
        return str(UUID(act))
    except ValueError as error:
        raise Problem(ProblemKind.INVALID, what="act", value=act) from error
