"""A reply on its way out: the rows of sending it, taking it back, and trying again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, insert, select, update

from deskapp.domain.ids import AgentId, BlobHash, DraftId, MessageId, OutboxId, TicketId
from deskapp.domain.kinds import (
    Direction,
    EventKind,
    MailKind,
    OutboxPhase,
    OutboxState,
    TicketStatus,
)
from deskapp.domain.mail import AttachmentInfo
from deskapp.domain.outbox_trouble import SendFault
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OutgoingMail
from deskapp.domain.standing import BY_REPLY

from ..database import Unit
from ..rowids import reserve
from ..search import forget_rows, index_rows
from ..tables.replies import outbox, outbox_recipient
from ..tables.tickets import (
    attachment,
    event,
    message,
    message_address,
    message_body,
    message_reference,
    ticket,
)
from .answering import Sending
from .filing import lock_tickets
from .labels import label_while
from .search_texts import of_ours
from .snoozes import resume_snooze, settle_snooze
from .ticket_moves import is_at_home
from .ticket_standing import restand
from .ticket_write import Happened, add_event, add_events, see_own_words


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply ready to be stored: its words, its final bytes, and when it may leave.

    ``html``: what is shown of it, whole and without the quote; "" where the text says it all. An
    automatic one (``mail.automatic``) is no answer: the ticket stands as it did.
    """

    mail: OutgoingMail
    body: str
    sha256: BlobHash
    files: tuple[AttachmentInfo, ...]
    draft: DraftId | None
    status: TicketStatus
    not_before: datetime
    act: str
    unless_answered: bool = False
    html: tuple[str, str] = ("", "")
    approved_by: AgentId | None = None


def store_reply(
    unit: Unit, facts: Sending, reply: Reply, at: datetime, by: AgentId | None
) -> tuple[OutboxId, MessageId]:
    """Message, outbox row and the ticket's new state, all in the current write."""
    connection = unit.connection
    [number] = reserve(connection, message, 1)
    _store_message(connection, number, facts, reply, at, by)
    queued: int = connection.execute(
        insert(outbox)
        .values(
            message_id=reply.mail.message_id,
            message_row_id=number,
            ticket_id=facts.ticket,
            mailbox_id=facts.mailbox_id,
            draft_id=reply.draft,
            agent_id=by,
            sha256=reply.sha256,
            envelope_from=facts.mailbox.address,
            state=OutboxState.QUEUED,
            phase=OutboxPhase.NONE,
            not_before=reply.not_before,
            due_at=reply.not_before,
            status_before=facts.status,
            unless_answered=reply.unless_answered,
            created_at=at,
        )
        .returning(outbox.c.id)
    ).scalar_one()
    people = dict.fromkeys(
        person.address for person in (*reply.mail.to, *reply.mail.cc, *reply.mail.bcc)
    )
    connection.execute(
        insert(outbox_recipient),
        [{"outbox_id": queued, "address": address} for address in people],
    )
    _turn_ticket(unit, facts, reply, number, at, by)
    unit.touched.areas.add("outbox")
    return OutboxId(queued), MessageId(number)


def _store_message(
    connection: Connection,
    number: int,
    facts: Sending,
    reply: Reply,
    at: datetime,
    by: AgentId | None,
) -> None:
    mail = reply.mail
    connection.execute(
        insert(message),
        {
            "id": number,
            "ticket_id": facts.ticket,
            "direction": Direction.OUT,
            "kind": MailKind.AUTO_REPLY if mail.automatic else MailKind.HUMAN,
            "message_id": mail.message_id,
            "in_reply_to": mail.in_reply_to,
            "sender_name": mail.sender.name,
            "sender_address": mail.sender.address,
            "subject": mail.subject,
            "at": at,
            "dated_at": mail.date.replace(microsecond=0),  # as its header says it
            "created_at": at,
            "agent_id": by,
            "mailbox_id": facts.mailbox_id,
            "sha256": reply.sha256,
            "act": reply.act,
            "side_id": number if facts.hands_on else facts.side,
            "language": facts.language,
        },
    )
    folded = None if reply.body == mail.text else reply.body
    connection.execute(
        insert(message_body),
        {
            "message_id": number,
            "text": mail.text,
            "reply_text": folded,
            "html": reply.html[0] or None,
            "reply_html": reply.html[1] or None,
        },
    )
    roles = (("from", (mail.sender,)), ("to", mail.to), ("cc", mail.cc), ("bcc", mail.bcc))
    connection.execute(
        insert(message_address),
        [
            {
                "message_id": number,
                "role": role,
                "name": person.name,
                "address": person.address,
                "address_key": person.key,
            }
            for role, people in roles
            for person in people
        ],
    )
    if references := dict.fromkeys(filter(None, (*mail.references, mail.in_reply_to))):
        connection.execute(
            insert(message_reference),
            [
                {"message_id": number, "position": position, "reference": one}
                for position, one in enumerate(references)
            ],
        )
    _store_files(connection, number, reply.files)
    found_by = of_ours(number, facts.ticket, mail.subject, reply.body, reply.files)
    index_rows(connection, [found_by])


def _store_files(connection: Connection, number: int, files: Sequence[AttachmentInfo]) -> None:
    if files:
        connection.execute(
            insert(attachment),
            [
                {
                    "message_id": number,
                    "part_index": file.index,
                    "filename": file.filename,
                    "content_type": file.content_type,
                    "size": file.size,
                    "inline": file.inline,
                    "content_id": file.content_id,
                    "sha256": file.sha256,
                }
                for file in files
            ],
        )


def _turn_ticket(
    unit: Unit, facts: Sending, reply: Reply, number: int, at: datetime, by: AgentId | None
) -> None:
    one = facts.ticket
    if reply.mail.automatic:
        add_event(unit, one, EventKind.AUTO_REPLIED, at, by, message_row=number)
        restand(unit, one)
        return
    aside = facts.hands_on or facts.side is not None
    told = EventKind.FORWARDED if aside else EventKind.REPLIED
    happened = [Happened(told, number)]
    values: dict[str, object] = {"status": reply.status, "label_id": label_while(reply.status)}
    if reply.status != facts.status:
        happened.append(Happened(EventKind.STATUS, number, facts.status, reply.status, BY_REPLY))
    if not facts.assigned and by is not None:
        values["assignee_id"] = by  # who answers, owns
        happened.append(Happened(EventKind.ASSIGNED, new=facts.agent_name))
    add_events(unit, one, happened, at, by)
    see_own_words(unit, one, reply.approved_by or by, MessageId(number))
    unit.connection.execute(update(ticket).where(ticket.c.id == one).values(values))
    ended = settle_snooze(unit, one, reply.status, at)
    if ended:
        kept = update(outbox).where(outbox.c.message_row_id == number)
        unit.connection.execute(kept.values(snooze_before=ended))
    restand(unit, one)


def take_back(unit: Unit, one: OutboxId, at: datetime, by: AgentId | None) -> DraftId | None:
    """Withdraws a reply that has not left: one conditional update decides against the postman.

    ``Problem(TOO_LATE)`` once the server may have it, or took it over for one of the recipients.
    Returns the draft it was written in.
    """
    owned = unit.connection.execute(select(outbox.c.ticket_id).where(outbox.c.id == one)).scalars()
    lock_tickets(unit.connection, {TicketId(number) for number in owned})
    delivered = exists().where(
        outbox_recipient.c.outbox_id == one, outbox_recipient.c.state == "accepted"
    )
    row = unit.connection.execute(
        update(outbox)
        .where(outbox.c.id == one, outbox.c.state.in_((OutboxState.QUEUED, OutboxState.FAILED)))
        .where(~delivered)
        .values(state=OutboxState.CANCELLED)
        .returning(outbox)
    ).first()
    if row is None:
        raise Problem(ProblemKind.TOO_LATE, what="reply", value=one)
    owner = TicketId(row.ticket_id)
    unit.connection.execute(
        update(message).where(message.c.id == row.message_row_id).values(withdrawn=True)
    )
    forget_rows(unit.connection, "message", [row.message_row_id])
    _turn_back(unit, owner, row.message_row_id, row.status_before, at, by)
    if is_at_home(unit, row.message_row_id):  # else it ended another ticket's
        resume_snooze(unit, owner, row.snooze_before, at)
    restand(unit, owner)
    unit.touched.areas.add("outbox")
    return None if row.draft_id is None else DraftId(row.draft_id)


def _turn_back(
    unit: Unit, one: TicketId, number: int, before: str, at: datetime, by: AgentId | None
) -> None:
    """The status from before the reply, unless it has been set since, by whomever."""
    connection = unit.connection
    now: str = connection.execute(select(ticket.c.status).where(ticket.c.id == one)).scalar_one()
    last = select(event.c.reason, event.c.message_id).where(
        event.c.ticket_id == one, event.c.kind == EventKind.STATUS
    )
    setter = connection.execute(last.order_by(event.c.id.desc()).limit(1)).first()
    status = before if setter is not None and tuple(setter) == (BY_REPLY, number) else now
    add_event(unit, one, EventKind.UNDONE, at, by, message_row=number, old=now, new=status)
    values = {"status": status, "label_id": label_while(status)}
    connection.execute(update(ticket).where(ticket.c.id == one).values(values))


def queue_again(unit: Unit, one: OutboxId, at: datetime, states: Sequence[OutboxState]) -> None:
    """Puts a reply that stopped back into the queue, under its old Message-ID."""
    row = unit.connection.execute(
        update(outbox)
        .where(outbox.c.id == one, outbox.c.state.in_(states))
        .values(
            state=OutboxState.QUEUED,
            phase=OutboxPhase.NONE,
            not_before=at,
            unless_answered=False,  # a person wants it sent now
            attempts=0,
            last_error="",
            fault=SendFault.ANSWER,
            fence=outbox.c.fence + 1,
        )
        .returning(outbox.c.ticket_id)
    ).first()
    if row is None:
        raise Problem(ProblemKind.TOO_LATE, what="reply", value=one)
    unit.connection.execute(
        update(outbox_recipient)
        .where(outbox_recipient.c.outbox_id == one, outbox_recipient.c.state != "accepted")
        .values(state="waiting", code=None, answer="")
    )
    unit.touched.areas.add("outbox")
    unit.touched.tickets.add(TicketId(row.ticket_id))
