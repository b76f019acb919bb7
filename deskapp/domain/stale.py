"""Edits made on what somebody saw, when it stands otherwise by then.

Rule: another fact changed meanwhile is no conflict, both changes stand; nor is the same fact set to
what was wanted. Only a fact that a colleague (or a mail) set to something else after it was seen is
asked about. Tags and followers are put on and taken off one by one: two people's join.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from .ids import TicketId
from .kinds import EventKind
from .snoozing import snooze_told
from .tickets import TicketEdit, TicketRow

Value = tuple[object, str]
"""What is compared, and as events keep it."""

FACTS = {
    EventKind.STATUS: (EventKind.STATUS, EventKind.LABELLED),
    EventKind.ASSIGNED: (EventKind.ASSIGNED,),
    EventKind.SUBJECT: (EventKind.SUBJECT,),
    EventKind.SNOOZED: (EventKind.SNOOZED, EventKind.UNSNOOZED, EventKind.WOKE),
    EventKind.PRIORITY: (EventKind.PRIORITY,),
    EventKind.TEAM: (EventKind.TEAM,),
    EventKind.DUE: (EventKind.DUE,),
}
"""The facts of a ticket that an edit sets, each with the events that tell who did last."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A fact of a ticket that somebody else set after a person saw it.

    ``seen`` (None: not known what was seen) and ``now`` are as events keep values. ``who`` is ""
    for what happened by itself, as a mail that reopens.
    """

    ticket: TicketId
    number: int
    fact: EventKind
    seen: str | None
    now: str
    who: str = ""
    at: datetime | None = None


def touched(edit: TicketEdit) -> Iterator[EventKind]:
    """The facts that an edit sets."""
    if edit.status is not None or edit.label_id is not None or edit.no_label:
        yield EventKind.STATUS
    if edit.assignee_id is not None or edit.unassign:
        yield EventKind.ASSIGNED
    if edit.subject is not None:
        yield EventKind.SUBJECT
    if edit.snooze is not None:
        yield EventKind.SNOOZED
    if edit.priority is not None:
        yield EventKind.PRIORITY
    if edit.team_id is not None or edit.no_team:
        yield EventKind.TEAM
    if edit.due_at is not None or edit.no_due:
        yield EventKind.DUE


def clashing(edit: TicketEdit, seen: TicketRow | None, now: TicketRow) -> Iterator[EventKind]:
    """The facts that would be overwritten unseen; without ``seen`` all that would be changed."""
    for fact in touched(edit):
        stands = value_of(now, fact)[0]
        if seen is not None and value_of(seen, fact)[0] == stands:
            continue
        if not _is_so(edit, fact, now):
            yield fact


def value_of(row: TicketRow, fact: EventKind) -> Value:
    """How a fact of a ticket stands."""
    if fact is EventKind.STATUS:
        return (row.status, row.label_id), row.label or row.status
    if fact is EventKind.ASSIGNED:
        return row.assignee_id, row.assignee_name
    if fact is EventKind.SUBJECT:
        return row.subject, row.subject
    if fact is EventKind.SNOOZED:
        return row.snooze, snooze_told(row.snooze)
    if fact is EventKind.PRIORITY:
        return row.priority, row.priority
    if fact is EventKind.TEAM:
        return row.team_id, row.team_name
    return row.due_at, "" if row.due_at is None else row.due_at.astimezone(UTC).isoformat()


def _is_so(edit: TicketEdit, fact: EventKind, now: TicketRow) -> bool:
    """Whether it stands as it is wanted."""
    if fact is EventKind.STATUS:
        status = edit.status in (None, now.status)
        return status and edit.label_id == now.label_id
    wanted: dict[EventKind, tuple[object, object]] = {
        EventKind.ASSIGNED: (edit.assignee_id, now.assignee_id),
        EventKind.SUBJECT: (edit.subject, now.subject),
        EventKind.SNOOZED: (edit.snooze, now.snooze),
        EventKind.PRIORITY: (edit.priority, now.priority),
        EventKind.TEAM: (edit.team_id, now.team_id),
        EventKind.DUE: (edit.due_at, now.due_at),
    }
    mine, stands = wanted[fact]
    return mine == stands
