"""What an edit of tickets is called: while it waits, and where somebody else was faster."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import EventKind
from deskapp.domain.snoozing import snooze_told
from deskapp.domain.stale import Clash, touched
from deskapp.domain.tickets import TicketEdit
from deskapp.ui import fact_words, words
from deskapp.ui.translatable import N

_FACTS = {
    EventKind.STATUS: N("EditWords", "Status"),
    EventKind.ASSIGNED: N("EditWords", "Assignee"),
    EventKind.SUBJECT: N("EditWords", "Subject"),
    EventKind.SNOOZED: N("EditWords", "Snoozed"),
    EventKind.PRIORITY: N("EditWords", "Priority"),
    EventKind.TEAM: N("EditWords", "Team"),
    EventKind.DUE: N("EditWords", "Due"),
}
_TAGS, _MARKS = N("EditWords", "Tags"), N("EditWords", "Stars and followers")
_AWAKE = N("EditWords", "not snoozed")
_OF_ONE = N("EditWords", "{facts} of ticket {number}")
_OF_MANY = N("EditWords", "{facts} of %n ticket(s)")


def fact_name(fact: EventKind) -> str:
    """What a fact of a ticket is called."""
    return _tr(_FACTS[fact])


def edit_told(edit: TicketEdit, number: int | None, count: int = 1) -> str:
    """ "Status of ticket 12", "Status, Tags of 3 tickets"; ``number`` where it is known."""
    facts = [fact_name(fact) for fact in touched(edit)]
    if edit.add_tags or edit.remove_tags:
        facts.append(_tr(_TAGS))
    told = ", ".join(facts) or _tr(_MARKS)
    if count == 1 and number is not None:
        return _tr(_OF_ONE).replace("{number}", str(number)).replace("{facts}", told)
    of_many = QCoreApplication.translate("EditWords", _OF_MANY, None, count)
    return of_many.replace("{facts}", told)


def seen_words(clash: Clash) -> str | None:
    """What stood there when it was seen."""
    return None if clash.seen is None else _value(clash.fact, clash.seen)


def now_words(clash: Clash) -> str:
    """What stands there now."""
    return _value(clash.fact, clash.now)


def wanted_words(fact: EventKind, edit: TicketEdit, named: str = "") -> str:
    """What an edit wants. ``named``: the agent, team or label by its name."""
    if fact is EventKind.STATUS:
        return named or ("" if edit.status is None else fact_words.status(edit.status))
    if fact is EventKind.PRIORITY:
        return "" if edit.priority is None else fact_words.priority(edit.priority)
    if fact is EventKind.DUE:
        return "" if edit.due_at is None else fact_words.due_time(edit.due_at)
    if fact is EventKind.SNOOZED:
        return _value(fact, "" if edit.snooze is None else snooze_told(edit.snooze))
    return (edit.subject or "") if fact is EventKind.SUBJECT else named


def _value(fact: EventKind, value: str) -> str:
    if fact is EventKind.SNOOZED and not value:
        return _tr(_AWAKE)
    return words.event_value(fact, value) if value or fact is EventKind.ASSIGNED else ""


def _tr(said: str) -> str:
    return QCoreApplication.translate("EditWords", said)
