"""What an agent did, kept so that it can be taken back.

An *act* is one thing a person did, to one ticket or to thousands. It remembers of each ticket what
it changed, from what to what. Taking it back restores only what still is as the act left it: what
a colleague changed since stays theirs, and is told.

A new field of tickets needs: a column and a field of ``TicketEdit`` with the same name, the column
among the values that ``ticket_edit`` writes, and, where its values are no plain text or number or
can be empty, an entry in ``_READ`` or ``_EMPTIED``.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from .ids import ActId, AgentId, TicketId
from .kinds import EventKind, TicketStatus
from .snoozing import AWAKE, Snooze, Snoozing
from .standing import BY_UNDO
from .ticket_facts import Priority
from .tickets import TicketEdit

Plain = str | int | bool | None | list[str] | list[int]
"""A value as an act keeps it: JSON can carry it."""

UNDO_REASON = BY_UNDO
"""The ``reason`` of an event that an undo wrote."""

TAGS, SNOOZE, UNTIL = "tags", "snooze", "snoozed_until"
FOLLOWERS, STAR = "followers", "star"
MARKS = (FOLLOWERS, STAR)
"""Fields that make no new version of a ticket."""
_FOLLOWS = ("waiting_since", UNTIL)  # columns that follow from another field


class ActKind(StrEnum):
    """What sort of thing was done; each says how it is taken back."""

    EDIT = "edit"  # fields of tickets: status, assignee, tags, snooze ...
    MACRO = "macro"  # the same, by a canned reply; its detail is the reply's name
    MERGE = "merge"  # each merged ticket's field "move" is the record that knows the way back
    SPLIT = "split"  # as MERGE, of one ticket
    MOVE = "move"  # the same
    UNMERGE = "unmerge"  # one of these undone from the history, whoever had done it
    LINK = "link"  # two tickets linked, or their link taken off
    HAND_OVER = "hand_over"  # fields of a ticket, to another team; its detail is the team's name
    HAND_MAIL = "hand_mail"  # a send that hands it over by mail, and the fields that it set
    SEND = "send"  # detail: the outbox id; taken back until it leaves
    BULK_SEND = "bulk_send"  # many of them; each ticket's field "outbox" is its outbox id


MAILS = (ActKind.SEND, ActKind.HAND_MAIL)
"""One mail each: its detail is the outbox id, and it is taken back until it leaves."""


@dataclass(frozen=True, slots=True)
class TicketChange:
    """What an act changed on one ticket: field -> (before, after). ``version``: the ticket's after
    it. Tags and followers are (those taken off, those put on)."""

    ticket: TicketId
    version: int
    fields: Mapping[str, tuple[Plain, Plain]]


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the undo stack. ``fields``: what was set, for its sentence. ``number`` and
    ``ticket``: the first of ``count`` tickets. ``redoes``: taking it back does it again."""

    id: ActId
    kind: ActKind
    detail: str
    at: datetime
    count: int
    ticket: TicketId | None = None
    number: int | None = None
    fields: Mapping[str, Plain] = field(default_factory=dict)
    redoes: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What an undo left alone because somebody changed it since. ``who``: "" when not known."""

    ticket: TicketId
    number: int
    field: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How an undo went: tickets restored, the first of what was kept, and how many were."""

    act: Act
    restored: int
    kept: tuple[Kept, ...] = ()
    kept_count: int = 0
    done: bool = True  # False: there is more of it to take back
    again: ActId | None = None  # the act that does it again


TOLD_AS: dict[EventKind, str] = {
    EventKind.STATUS: "status",
    EventKind.ASSIGNED: "assignee_id",
    EventKind.SUBJECT: "subject",
    EventKind.SNOOZED: SNOOZE,
    EventKind.UNSNOOZED: SNOOZE,
    EventKind.PRIORITY: "priority",
    EventKind.TEAM: "team_id",
    EventKind.DUE: "due_at",
    EventKind.LABELLED: "label_id",
}
"""Which field an event of that kind is about."""

_READ: dict[str, Callable[[Any], Any]] = {
    "status": TicketStatus,
    "priority": Priority,
    "due_at": datetime.fromisoformat,
}
"""How a field's value is read back, where JSON does not carry it."""

_EMPTIED: dict[str, dict[str, Any]] = {
    "assignee_id": {"unassign": True},
    "label_id": {"no_label": True},
    "team_id": {"no_team": True},
    "due_at": {"no_due": True},
}
"""What of TicketEdit makes a field empty again."""


def plain(value: object) -> Plain:
    """A column's value as an act keeps it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if value is None or isinstance(value, bool | int | list):
        return value
    return str(value)


def way_back(
    fields: Mapping[str, tuple[Plain, Plain]],
    now: Mapping[str, Plain],
    theirs: Collection[str] = (),
) -> tuple[TicketEdit, tuple[str, ...]]:
    """The edit that restores what still is as the act left it, and the fields that are not.

    ``now``: the ticket's values; its tags and marks need not be among them, as putting on what is
    there and taking off what is not changes nothing. ``theirs``: fields that a colleague set since.
    """
    back, kept = TicketEdit(), []
    for name, (before, after) in fields.items():
        if name in _FOLLOWS:
            continue
        if name == TAGS:
            removed, added = _names(before), _names(after)
            back = replace(back, add_tags=removed, remove_tags=added)
        elif name == FOLLOWERS:
            off, on = _agents(before), _agents(after)
            back = replace(back, add_followers=off, remove_followers=on)
        elif name == STAR:
            back = replace(back, star=bool(before))
        elif name in theirs or now.get(name) != after:
            kept.append(name)
        elif name == SNOOZE:
            if now.get(UNTIL) != fields.get(UNTIL, (None, now.get(UNTIL)))[1]:
                kept.append(name)
            else:
                before_it = {one: fields[one][0] for one in (SNOOZE, UNTIL) if one in fields}
                back = replace(back, snooze=snooze_kept(before_it))
        elif before is None:
            back = replace(back, **_EMPTIED[name])
        else:
            back = replace(back, **{name: _READ.get(name, _same)(before)})
    if "status" in kept:  # a label brings its status along
        back = replace(back, label_id=None, no_label=False)
    return back, tuple(kept)


def exact_back(fields: Mapping[str, tuple[Plain, Plain]]) -> dict[str, Any]:
    """The columns that follow from others, as they were: for a ticket nobody touched since."""
    exact: dict[str, Any] = {}
    for name in (*_FOLLOWS, SNOOZE):
        if name in fields:
            before = fields[name][0]
            is_time = name in _FOLLOWS and isinstance(before, str)
            exact[name] = datetime.fromisoformat(str(before)) if is_time else before
    return exact


def snooze_kept(fields: Mapping[str, Plain]) -> Snooze:
    """How a ticket is put aside by values that an act keeps; one that is back is awake."""
    state, until = Snoozing(str(fields.get(SNOOZE) or "")), fields.get(UNTIL)
    if state in (Snoozing.AWAKE, Snoozing.WOKE):
        return AWAKE
    at = datetime.fromisoformat(until) if isinstance(until, str) else None
    return Snooze(at, state in (Snoozing.REPLY, Snoozing.FIRST))


def _names(value: Plain) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _agents(value: Plain) -> tuple[AgentId, ...]:
    return tuple(AgentId(int(one)) for one in value) if isinstance(value, list) else ()


def _same(value: Any) -> Any:
    return value
