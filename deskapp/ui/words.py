"""What the closed sets of words are called on screen."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import EventKind, MailKind, OutboxState, TicketStatus, View
from deskapp.domain.linking import LinkRole
from deskapp.domain.orders import OrderStatus
from deskapp.domain.snoozing import Snooze, SnoozeTime, WokeBy, snooze_retold
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import EventRow, MessageRow

from . import text
from .approval_events import APPROVAL_EVENTS, approval_event
from .fact_words import due_told, priority
from .fact_words import status as status
from .order_events import ORDER_EVENTS, order_event
from .translatable import N

_VIEW = {
    View.MINE: N("Words", "Mine"),
    View.MY_TEAM: N("Words", "My team"),
    View.UNASSIGNED: N("Words", "Unassigned"),
    View.ALL_OPEN: N("Words", "All open"),
    View.WAITING: N("Words", "Waiting for customer"),
    View.SNOOZED: N("Words", "Snoozed"),
    View.MENTIONS: N("Words", "Mentions"),
    View.FOLLOWING: N("Words", "Following"),
    View.STARRED: N("Words", "Starred"),
    View.CLOSED: N("Words", "Closed"),
    View.SPAM: N("Words", "Spam"),
    View.ALL: N("Words", "All tickets"),
}
_MAIL_KIND = {
    MailKind.HUMAN: "",
    MailKind.AUTO_REPLY: N("Words", "automatic reply"),
    MailKind.OUT_OF_OFFICE: N("Words", "out of office"),
    MailKind.BOUNCE: N("Words", "delivery failed"),
    MailKind.BULK: N("Words", "mass mail"),
    MailKind.COMPLAINT: N("Words", "spam complaint"),
}
_TROUBLE = {
    OutboxState.FAILED: N("Words", "reply not sent"),
    OutboxState.UNCERTAIN: N("Words", "may have been sent"),
}
_ORDER = {
    OrderStatus.OPEN: N("Words", "open"),
    OrderStatus.PAID: N("Words", "paid"),
    OrderStatus.SHIPPED: N("Words", "in transit"),
    OrderStatus.DELIVERED: N("Words", "delivered"),
    OrderStatus.CANCELLED: N("Words", "cancelled"),
    OrderStatus.REFUNDED: N("Words", "refunded"),
    OrderStatus.RETURNED: N("Words", "returned"),
    OrderStatus.UNKNOWN: "",
}
_JOINED = {
    "new": N("Words", "new ticket"),
    "own_id": N("Words", "joined by our own Message-ID"),
    "returned": N("Words", "joined as a report about our mail"),
    "in_reply_to": N("Words", "joined by In-Reply-To"),
    "reference": N("Words", "joined by References"),
    "answered": N("Words", "joined by answers that were here before it"),
    "same_id": N("Words", "joined by its Message-ID, which another mail has too"),
    "marker": N("Words", "joined by our Message-ID in its text"),
    "subject": N("Words", "joined by subject and sender"),
    "follows": N("Words", "answers a ticket that ended long before"),
    "subject_token": N("Words", "joined by ticket number"),
    "claim": N("Words", "names a ticket it has no part in"),
}
_HELD = {
    "empty": N("Words", "The mail is empty"),
    "damaged": N("Words", "Its stored bytes are damaged; a backup may have it whole"),
    "nesting": N("Words", "Mails within mails, too deep to read safely"),
    "too_many_parts": N("Words", "Too many parts to read safely"),
    "too_slow": N("Words", "Reading it took too long"),
    "too_big": N("Words", "Reading it took too much memory"),
    "internal": N("Words", "deskapp could not read it; a newer version may"),
    "too_large": N("Words", "Larger than 50 MB, and left on the server"),
    "not_delivered_by_server": N("Words", "The server lists it and did not hand it over"),
}
_NEW_SENDER = N("Words", "This sender was not part of the ticket before. Check who it is.")
_CLAIM = N("Words", "This mail names another ticket that its sender has no part in.")
_SAME_ID = N("Words", "Another mail with the same Message-ID and another text is on this desk.")
_EVENT = {
    EventKind.CREATED: N("Words", "Ticket created"),
    EventKind.RECEIVED: N("Words", "Mail received"),
    EventKind.REPLIED: N("Words", "{who} replied"),
    EventKind.AUTO_REPLIED: N("Words", "Automatic reply written"),
    EventKind.NOTED: N("Words", "{who} wrote a note"),
    EventKind.FORWARDED: N("Words", "{who} wrote to a third party"),
    EventKind.HANDED_OVER: N("Words", "{who} handed it over to {new}"),
    EventKind.SIDE_ANSWER: N("Words", "A third party answered"),
    EventKind.STATUS: N("Words", "{who} set the status from {old} to {new}"),
    EventKind.LABELLED: N("Words", "{who} called its status {new}"),
    EventKind.PRIORITY: N("Words", "{who} set the priority from {old} to {new}"),
    EventKind.TEAM: N("Words", "{who} gave it to the team {new}"),
    EventKind.DUE: N("Words", "{who} made it due {new}"),
    EventKind.FOLLOWER: N("Words", "{who} made {new} follow it"),
    EventKind.UNFOLLOWED: N("Words", "{who} took {old} off its followers"),
    EventKind.ASSIGNED: N("Words", "{who} assigned it to {new}"),
    EventKind.UNATTENDED: N("Words", "Nobody was here to be given it"),
    EventKind.TAGGED: N("Words", "{who} added the tag {new}"),
    EventKind.UNTAGGED: N("Words", "{who} removed the tag {old}"),
    EventKind.SUBJECT: N("Words", "{who} changed the subject from “{old}” to “{new}”"),
    EventKind.CUSTOMER: N("Words", "{who} changed the customer to {new}"),
    EventKind.MERGED: N("Words", "{who} merged it into ticket {new}"),
    EventKind.UNMERGED: N("Words", "{who} took ticket {new} out of it again"),
    EventKind.SPLIT: N("Words", "{who} split messages off to ticket {new}"),
    EventKind.MOVED: N("Words", "{who} moved messages to ticket {new}"),
    EventKind.LINKED: N("Words", "{who} linked it with ticket {new}"),
    EventKind.UNLINKED: N("Words", "{who} took the link with ticket {new} off"),
    EventKind.FOLLOWED: N("Words", "Continues ticket {old}"),
    EventKind.ADMITTED: N("Words", "{who} added {new} to the ticket"),
    EventKind.SAME_PERSON: N("Words", "{who} said that {new} is the customer too"),
    EventKind.UNDONE: N("Words", "{who} took a reply back before it left"),
    EventKind.SNOOZED: N("Words", "{who} snoozed it {new}"),
    EventKind.UNSNOOZED: N("Words", "{who} ended the snooze"),
    EventKind.WOKE: N("Words", "Came back: its time had come"),
    EventKind.SENT: N("Words", "Reply accepted by the mail server"),
    EventKind.SEND_FAILED: N("Words", "Reply could not be sent"),
    EventKind.SEND_UNCERTAIN: N("Words", "Reply may have been sent"),
    **ORDER_EVENTS,
    **APPROVAL_EVENTS,
}
_CAME_FROM = {
    EventKind.MERGED: N("Words", "{who} merged ticket {old} into it"),
    EventKind.UNMERGED: N("Words", "{who} took it out of ticket {old} again"),
    EventKind.SPLIT: N("Words", "{who} split it off ticket {old}"),
    EventKind.MOVED: N("Words", "{who} moved messages here from ticket {old}"),
}
_LINKED = {
    LinkRole.PARENT: N("Words", "{who} put it below ticket {new}"),
    LinkRole.CHILD: N("Words", "{who} put ticket {new} below it"),
}
_ELSEWHERE = {
    EventKind.REPLIED: N("Words", "Replied from another mail program"),
    EventKind.FORWARDED: N("Words", "Wrote to a third party from another mail program"),
}
_CONTINUED = N("Words", "Continued in ticket {new}")
_TAKEN_AWAY = {
    EventKind.ASSIGNED: N("Words", "{who} unassigned it"),
    EventKind.LABELLED: N("Words", "{who} took the word {old} off its status"),
    EventKind.TEAM: N("Words", "{who} took it from the team {old}"),
    EventKind.DUE: N("Words", "{who} took its due date off"),
}
_THEMSELVES = {
    EventKind.FOLLOWER: N("Words", "{who} began to follow it"),
    EventKind.UNFOLLOWED: N("Words", "{who} follows it no more"),
}
_WOKE = {
    WokeBy.REPLY: N("Words", "Came back: the customer wrote"),
    WokeBy.THIRD_PARTY: N("Words", "Came back: a third party answered"),
    WokeBy.FOLLOW_UP: N("Words", "Came back: a follow-up was promised for this day"),
    WokeBy.RETURN: N("Words", "Came back: a return case has come to its day"),
    WokeBy.RETURNED: N("Words", "Came back: a mail of ours was not delivered"),
}
_SNOOZE_TIME = {
    SnoozeTime.LATER_TODAY: N("Words", "Later today"),
    SnoozeTime.TOMORROW: N("Words", "Tomorrow morning"),
    SnoozeTime.WORKING_DAY: N("Words", "Next working day"),
    SnoozeTime.THREE_WORKING_DAYS: N("Words", "In three working days"),
    SnoozeTime.MONDAY: N("Words", "Monday morning"),
    SnoozeTime.WEEK: N("Words", "In a week"),
}
_UNTIL = N("Words", "until {time}")
_UNTIL_OR_REPLY = N("Words", "until {time}, or until the customer writes")
_NOBODY, _BY_ITSELF = N("Words", "nobody"), N("Words", "deskapp")


def _tr(said: str) -> str:
    return QCoreApplication.translate("Words", said) if said else ""


def view(value: str) -> str:
    """A view's name; a saved one is called what its maker called it."""
    return _tr(_VIEW[View(value)]) if value in list(View) else value


def mail_kind(value: MailKind) -> str:
    """What sort of mail, "" for one a person wrote."""
    return _tr(_MAIL_KIND[value])


def trouble(value: OutboxState | None) -> str:
    """Why a ticket's reply needs a person, "" when it does not."""
    return _tr(_TROUBLE.get(value, "")) if value else ""


def delivery_failed() -> str:
    """What is said of a ticket whose last mail from us came back."""
    return _tr(N("Words", "delivery failed"))


def snooze_time(value: SnoozeTime) -> str:
    """What a time is called that is named and not picked."""
    return _tr(_SNOOZE_TIME[value])


def snooze_words(value: Snooze) -> str:
    """ "until 23/11/2026 09:00, or until the customer writes"."""
    if value.until is None:
        return _tr(N("Words", "until the customer writes"))
    told = _tr(_UNTIL_OR_REPLY if value.on_reply else _UNTIL)
    return told.replace("{time}", f"{text.day(value.until)} {text.clock(value.until)}")


def order_status(value: OrderStatus) -> str:
    return _tr(_ORDER[value])


def joined_by(value: str) -> str:
    """How a mail found its ticket; an unknown way is shown as it is stored."""
    return _tr(_JOINED.get(value, value))


def event(row: EventRow) -> str:
    """One line of a ticket's history."""
    if row.kind in APPROVAL_EVENTS:
        return approval_event(row, row.agent_name or _tr(_BY_ITSELF))
    if row.kind in ORDER_EVENTS:
        return order_event(row, row.agent_name or _tr(_BY_ITSELF))
    said = _tr(_EVENT[row.kind])
    if row.kind in _TAKEN_AWAY and not row.new:
        said = _tr(_TAKEN_AWAY[row.kind])
    if row.kind in _CAME_FROM and not row.new:
        said = _tr(_CAME_FROM[row.kind])
    if row.kind in _THEMSELVES and row.agent_name == (row.new or row.old):
        said = _tr(_THEMSELVES[row.kind])
    if row.kind is EventKind.LINKED and row.reason in _LINKED:
        said = _tr(_LINKED[LinkRole(row.reason)])
    if row.kind is EventKind.FOLLOWED and row.new:
        said = _tr(_CONTINUED)
    if row.kind in _ELSEWHERE and not row.agent_name:
        said = _tr(_ELSEWHERE[row.kind])
    if row.kind is EventKind.WOKE and row.reason in _WOKE:
        said = _tr(_WOKE[WokeBy(row.reason)])
    facts = {
        "who": row.agent_name or _tr(_BY_ITSELF),
        "old": event_value(row.kind, row.old),
        "new": event_value(row.kind, row.new),
    }
    for name, fact in facts.items():
        said = said.replace("{" + name + "}", fact)
    return said


def event_value(kind: EventKind, value: str) -> str:
    """What an event keeps of a fact, old or new, in words."""
    if kind is EventKind.STATUS and value in list(TicketStatus):
        return status(TicketStatus(value))
    if kind is EventKind.SNOOZED:
        return snooze_words(snooze_retold(value))
    if kind is EventKind.PRIORITY and value in list(Priority):
        return priority(Priority(value))
    if kind is EventKind.DUE:
        return due_told(value)
    return value or _tr(_NOBODY)


def warning(message: MessageRow) -> str:
    """Why a message is marked: what a reader should check before answering it."""
    if "same_id" in message.defects:
        return _tr(_SAME_ID)
    return _tr(_CLAIM if message.joined_by == "claim" else _NEW_SENDER)


def held_reason(value: str) -> str:
    """Why a mail is held; an unknown reason is shown as it is stored."""
    return _tr(_HELD.get(value, value))
