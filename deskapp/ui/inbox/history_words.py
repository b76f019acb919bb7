"""Why something happened to a ticket: by which mail, reply, canned reply or undo."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from deskapp.domain.assigning import Why
from deskapp.domain.handing_over import HANDED_OVER, needed_of
from deskapp.domain.ids import MessageId
from deskapp.domain.kinds import EventKind, MailKind, TicketStatus
from deskapp.domain.leaving import LEFT
from deskapp.domain.moving import BY_TICKETS, MoveKind, MoveRow
from deskapp.domain.snoozing import snooze_retold
from deskapp.domain.standing import (
    BY_MACRO,
    BY_MAIL,
    BY_MERGE,
    BY_REPLY,
    BY_UNDO,
    BY_UNMERGE,
)
from deskapp.domain.tickets import EventRow, MessageRow
from deskapp.ui import text, words
from deskapp.ui.assigned_words import why_assigned
from deskapp.ui.translatable import N

_FILED = (
    EventKind.RECEIVED,
    EventKind.SIDE_ANSWER,
    EventKind.REPLIED,
    EventKind.FORWARDED,
)
_NOT_SENT = (EventKind.SEND_FAILED, EventKind.SEND_UNCERTAIN)
_TAG_MERGED, _TAG_UNMERGED, _TAG_DELETED = "tag_merge ", "tag_merge_undone ", "tag_deleted"
_CREATED = {
    "written": N("History", "It was begun here, and not by a mail."),
    "split": N("History", "Its first messages were split off another ticket."),
}
_STATUS = {
    BY_MAIL: N("History", "Because {sender} wrote on {when}."),
    BY_REPLY: N("History", "It was chosen when the reply was sent."),
    BY_TICKETS: N(
        "History",
        "Because a mail that waits for us was moved here, or its ticket was merged into this one.",
    ),
}
_MOVES = {
    MoveKind.MERGE: N("History", "{when}, {who}: ticket {source} merged into ticket {target}"),
    MoveKind.SPLIT: N(
        "History", "{when}, {who}: %n message(s) split off ticket {source} to ticket {target}"
    ),
    MoveKind.MOVE: N(
        "History", "{when}, {who}: %n message(s) moved from ticket {source} to ticket {target}"
    ),
}
_RETURNED = N("History", "Because a mail of ours came back on {when}: the customer has not got it.")
_REOPENED = N("History", "Because {sender} wrote on {when}: an answer reopens what had ended.")
_WAITS = N("History", "Because {sender} answered on {when}: now the customer is waited for.")
_ASSIGNED_BY_REPLY = N("History", "Who answers a ticket that nobody has becomes its assignee.")
_UNDO = N("History", "The act before it was taken back.")
_MACRO = N("History", "By the canned reply “{name}”.")
_ALWAYS = {
    EventKind.AUTO_REPLIED: N(
        "History",
        "The mailbox answers by itself what begins a ticket (Settings, Mailboxes).",
    ),
    EventKind.UNATTENDED: N(
        "History",
        "It is given out as soon as somebody has the desk open (Settings, Assignment).",
    ),
    EventKind.FOLLOWED: N(
        "History",
        "The answer came too long after the end to reopen it (Settings, Mail in).",
    ),
}
_CUSTOMER = {
    BY_MERGE: N("History", "Two records of one customer were made one."),
    BY_UNMERGE: N("History", "A merge of customers was taken back."),
}
_WROTE_FIRST = N("History", "It was to leave unless the customer wrote first, and they did.")
_TOLD = N("History", "What was told: {said}")
_NEEDED = N("History", "What is needed: {needed}")
_LEFT = N("History", "Who had it has left the team.")
_HANDED = N("History", "It came with the hand-over.")
_TAGS = {
    _TAG_MERGED: N("History", "The tag was merged into another."),
    _TAG_UNMERGED: N("History", "A merge of tags was taken back."),
    _TAG_DELETED: N("History", "The tag was deleted."),
}


def why(event: EventRow, on: Sequence[MessageRow], events: Sequence[EventRow]) -> str:
    """The reason in a sentence; "" where a person simply did it. ``on``: the ticket's messages;
    ``events``: all of its history."""
    messages = {one.id: one for one in on}
    mail = messages.get(event.message) if event.message is not None else None
    said = _why_any(event)
    if not said and event.kind is EventKind.STATUS:
        return _why_status(event, mail)
    if not said and event.kind in _FILED and mail is not None:
        return _why_filed(event, mail)
    if not said and event.kind is EventKind.CREATED:
        return _why_created(event, messages)
    if not said and event.kind is EventKind.WOKE:
        return _why_woke(event, events)
    if event.kind is EventKind.ASSIGNED and not event.old and _with_reply(event, events):
        said = _tr(_ASSIGNED_BY_REPLY)
    return said


def _why_any(event: EventRow) -> str:
    """What the event itself keeps of its reason."""
    if event.reason == BY_UNDO:
        return _tr(_UNDO)
    if event.reason == LEFT:
        return _tr(_LEFT)
    if (given := Why.read(event.reason)) is not None:
        return why_assigned(given, event.at)
    if event.reason == HANDED_OVER:
        return _tr(_HANDED)
    if event.reason.startswith(BY_MACRO):
        return _tr(_MACRO).replace("{name}", event.reason.removeprefix(BY_MACRO))
    if event.kind is EventKind.HANDED_OVER and (needed := needed_of(event.reason)):
        return _tr(_NEEDED).replace("{needed}", needed)
    if event.kind in _NOT_SENT and event.reason:
        return _tr(_TOLD).replace("{said}", event.reason)
    if event.kind in (EventKind.TAGGED, EventKind.UNTAGGED):
        told = next((said for begin, said in _TAGS.items() if event.reason.startswith(begin)), "")
        return _tr(told)
    if event.kind is EventKind.UNDONE and not event.agent_name:
        return _tr(_WROTE_FIRST)
    if event.kind is EventKind.CUSTOMER:
        return _tr(_CUSTOMER.get(event.reason, ""))
    return _tr(_ALWAYS.get(event.kind, ""))


def move_line(move: MoveRow) -> str:
    """What was moved, when and by whom."""
    said = QCoreApplication.translate("History", _MOVES[move.kind], None, move.count)
    facts = {
        "{when}": text.full(move.at),
        "{who}": move.agent_name or _tr(N("History", "deskapp")),
        "{source}": str(move.source.number),
        "{target}": str(move.target.number),
    }
    for name, fact in facts.items():
        said = said.replace(name, fact)
    return said


def _why_status(event: EventRow, mail: MessageRow | None) -> str:
    said = _STATUS.get(event.reason, "")
    if event.reason == BY_MAIL and mail is not None:
        if mail.kind is MailKind.BOUNCE:
            said = _RETURNED
        elif event.new == TicketStatus.WAITING:
            said = _WAITS
        elif event.old in (TicketStatus.SOLVED, TicketStatus.CLOSED):
            said = _REOPENED
    if mail is None and "{sender}" in said:
        return _tr(N("History", "Because of a mail that is on another ticket by now."))
    said = _tr(said)
    if mail is not None:
        said = said.replace("{sender}", mail.sender.name or mail.sender.address)
        said = said.replace("{when}", text.full(mail.at))
    return said


def _why_filed(event: EventRow, mail: MessageRow) -> str:
    filed = words.joined_by(mail.joined_by)
    if event.kind in (EventKind.REPLIED, EventKind.FORWARDED):
        # Only what was written elsewhere was ever filed.
        elsewhere = N("History", "It was written in another mail program and found in Sent: {how}.")
        return _tr(elsewhere).replace("{how}", filed) if filed else ""
    return _tr(N("History", "Filed here: {how}.")).replace("{how}", filed) if filed else ""


def _why_woke(event: EventRow, events: Sequence[EventRow]) -> str:
    before = (
        one for one in reversed(events) if one.kind is EventKind.SNOOZED and one.id < event.id
    )
    snoozed = next(before, None)
    if snoozed is None or not snoozed.agent_name:
        return ""
    said = _tr(N("History", "{who} had snoozed it {until}."))
    until = words.snooze_words(snooze_retold(snoozed.new))
    return said.replace("{who}", snoozed.agent_name).replace("{until}", until)


def _why_created(event: EventRow, messages: Mapping[MessageId, MessageRow]) -> str:
    if event.reason in _CREATED:
        return _tr(_CREATED[event.reason])
    if event.reason or not messages:
        return ""
    first = min(messages.values(), key=lambda one: one.id)
    said = _tr(N("History", "{sender}'s mail of {when} belonged to no other ticket."))
    if event.new == TicketStatus.CLOSED:
        said = _tr(
            N("History", "{sender}'s mail of {when} is from before this desk: nobody waits.")
        )
    sender = first.sender.name or first.sender.address
    return said.replace("{sender}", sender).replace("{when}", text.full(first.at))


def _with_reply(event: EventRow, events: Sequence[EventRow]) -> bool:
    same = (one for one in events if one.at == event.at)
    return any(one.kind in (EventKind.REPLIED, EventKind.FORWARDED) for one in same)


def _tr(said: str) -> str:
    return QCoreApplication.translate("History", said) if said else ""
