"""How tickets look: their JSON as the contract names it (DESIGN section 6), and for reading."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import typer

from deskapp.domain.assigning import Why
from deskapp.domain.linking import TicketLink
from deskapp.domain.messages import AttachmentRow
from deskapp.domain.moving import MoveRow
from deskapp.domain.outbox_trouble import told
from deskapp.domain.people import CustomerRow
from deskapp.domain.presence import OnTicket
from deskapp.domain.snoozing import snooze_told
from deskapp.domain.ticket_facts import Priority, WaitedFor, waited_for
from deskapp.domain.tickets import Conversation, EventRow, MessageRow, TicketRow

from .assigned_words import why_words
from .output import safe_line, show_facts, show_text, when

_WHOM = {
    WaitedFor.US: "us",
    WaitedFor.CUSTOMER: "the customer",
    WaitedFor.THIRD_PARTY: "a third party",
    WaitedFor.NOBODY: "nobody",
}


def ticket_line(row: TicketRow) -> dict[str, object]:
    """One ticket of a list. ``snoozed`` as in its events: a time, "reply", or "TIME or reply"."""
    now = datetime.now(UTC)
    return {
        "number": row.number,
        "subject": row.subject,
        "status": row.status,
        "customer": {"id": row.customer_id, "name": row.customer_name} if row.customer_id else {},
        "assignee": row.assignee_name or None,
        "mailbox": row.mailbox_address or None,
        "tags": row.tags,
        "snippet": row.snippet,
        "language": row.language,
        "messages": row.message_count,
        "unread": row.unread,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "waiting_since": row.waiting_since,
        "trouble": row.trouble,
        "snoozed": snooze_told(row.snooze) if row.is_asleep(now) else None,
        "woke": row.is_back(now),
        "label": row.label or None,
        "waits_for": waited_for(row.status),
        "priority": row.priority,
        "team": row.team_name or None,
        "due_at": row.due_at,
        "overdue": row.is_overdue(now),
        "followers": row.follower_names,
        "starred": row.starred,
        "assignee_away": None if row.away is None else asdict(row.away),
        "version": row.version,
    }


def ticket_told(opened: Conversation, customers: Sequence[CustomerRow]) -> dict[str, object]:
    """A ticket opened."""
    line = ticket_line(opened.ticket)
    del line["snippet"]
    return {
        **line,
        "customer": _customer(customers[0]) if customers else {},
        "messages": [_message(one) for one in opened.messages],
        "events": [_event(one) for one in opened.events],
        "links": [link_told(one) for one in opened.links],
        "moves": [_move(one) for one in opened.moves],
    }


def present_told(people: Sequence[OnTicket]) -> list[dict[str, object]]:
    """Whose window the ticket is open in now; ``doing`` is looking, writing or noting."""
    return [{"agent": one.name, "doing": one.doing, "since": one.since} for one in people]


def link_told(one: TicketLink) -> dict[str, object]:
    """A linked ticket, and what it is to the one shown: parent, child, related, split_from or
    split_off."""
    return {
        "role": one.role,
        "number": one.number,
        "subject": one.subject,
        "status": one.status,
    }


def _move(one: MoveRow) -> dict[str, object]:
    """A merge, split or move that can be undone."""
    return {
        "id": one.id,
        "kind": one.kind,
        "from": one.source.number,
        "to": one.target.number,
        "at": one.at,
        "agent": one.agent_name or None,
        "messages": one.count,
    }


def _customer(row: CustomerRow) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "language": row.language,
    }


def _message(one: MessageRow) -> dict[str, object]:
    return {
        "id": one.id,
        "message_id": one.message_id,
        "sha256": one.sha256,
        "direction": one.direction,
        "kind": one.kind,
        "from": asdict(one.sender),
        "to": [asdict(person) for person in one.to],
        "cc": [asdict(person) for person in one.cc],
        "subject": one.subject,
        "at": one.at,
        "entry": None if one.entry is None else asdict(one.entry),
        "mentions": one.mentions,
        "dated_at": one.dated_at,
        "joined_by": one.joined_by,
        "marked": one.marked,
        "side_thread": _side_thread(one),
        "origin": None if one.origin is None else one.origin.number,
        "returned": [asdict(back) for back in one.returned],
        "agent": one.agent_name or None,
        "text": one.text,
        "reply_text": one.reply_text,
        "attachments": [_attachment(file) for file in one.attachments],
        "delivery": None if one.delivery is None else asdict(one.delivery),
    }


def _side_thread(one: MessageRow) -> dict[str, object] | None:
    """Of what the customer does not see: the id of its first message, and with whom it is."""
    if one.side is None:
        return None
    return {"id": one.side, "with": [person.address for person in one.third_parties]}


def _attachment(file: AttachmentRow) -> dict[str, object]:
    return {
        "id": file.id,
        "filename": file.filename,
        "content_type": file.content_type,
        "size": file.size,
        "inline": file.inline,
        "content_id": file.content_id,
    }


def _event(one: EventRow) -> dict[str, object]:
    return {**asdict(one), "agent": one.agent_name or None}


def ticket_shown(
    told: Conversation, customers: Sequence[CustomerRow], people: Sequence[OnTicket] = ()
) -> None:
    """A ticket opened, for reading."""
    row = told.ticket
    typer.echo(safe_line(f"#{row.number}  {row.subject}"))
    who = customers[0] if customers else None
    show_facts(
        (
            ("status", f"{row.label or row.status} (waits for {_WHOM[waited_for(row.status)]})"),
            ("priority", "" if row.priority is Priority.NORMAL else row.priority),
            ("customer", f"{who.name} {who.email}" if who else ""),
            ("assignee", f"{row.assignee_name}{_away(row)}"),
            ("team", row.team_name),
            ("due", _due(row)),
            ("followers", ", ".join(row.follower_names)),
            ("tags", ", ".join(row.tags)),
            ("waiting since", when(row.waiting_since)),
            ("here now", ", ".join(f"{one.name} ({one.doing})" for one in people)),
            ("links", ", ".join(f"{one.role} {one.number}" for one in told.links)),
        )
    )
    for one in told.messages:
        _message_shown(one)
    typer.echo("")
    for event in told.events:
        change = " -> ".join(word for word in (event.old, event.new) if word)
        why = Why.read(event.reason)
        reason = "" if why is None else f" ({why_words(why, event.at)})"
        line = f"{when(event.at)}  {event.kind} {change} {event.agent_name}{reason}"
        typer.echo(safe_line(line))


def _away(row: TicketRow) -> str:
    if row.away is None:
        return ""
    until = f" until {when(row.away.until)}" if row.away.until else ""
    return f" (away{until}; {row.away.name or 'nobody'} stands in)"


def _due(row: TicketRow) -> str:
    overdue = ", overdue" if row.is_overdue(datetime.now(UTC)) else ""
    return when(row.due_at) + overdue if row.due_at else ""


def _message_shown(one: MessageRow) -> None:
    typer.echo("")
    sender = f"{one.sender.name} <{one.sender.address}>" if one.sender.address else one.agent_name
    typer.echo(safe_line(f"{when(one.at)}  {one.direction.upper()}  {sender}"))
    if one.side is not None:
        people = ", ".join(person.address for person in one.third_parties)
        typer.echo(safe_line(f"Side thread with {people}, not seen by the customer"))
    if one.origin is not None:
        typer.echo(f"From ticket {one.origin.number}")
    show_text(one.reply_text)
    for file in one.attachments:
        typer.echo(safe_line(f"[{file.filename}, {file.size} bytes]"))
    if one.delivery is not None:
        why = told(one.delivery.fault, one.delivery.last_error)
        typer.echo(safe_line(f"({one.delivery.state} {why})"))
