"""A call, chat or review on its card: which it was, with whom, how long, and what came of it."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.entries import Channel, Entry, Heard
from deskapp.ui import text
from deskapp.ui.translatable import N

_CHANNEL = {
    (Channel.CALL, Heard.IN): N("Entries", "Call from the customer"),
    (Channel.CALL, Heard.OUT): N("Entries", "Call to the customer"),
    (Channel.CHAT, Heard.IN): N("Entries", "Chat the customer began"),
    (Channel.CHAT, Heard.OUT): N("Entries", "Chat we began"),
    (Channel.SOCIAL, Heard.IN): N("Entries", "Post or message of the customer"),
    (Channel.SOCIAL, Heard.OUT): N("Entries", "Post or message of ours"),
    (Channel.REVIEW, Heard.IN): N("Entries", "Review by the customer"),
    (Channel.REVIEW, Heard.OUT): N("Entries", "Our answer to a review"),
}


def _tr(said: str) -> str:
    return QCoreApplication.translate("Entries", said)


def what_it_was(entry: Entry) -> str:
    """Which way it was spoken, and who began."""
    return _tr(_CHANNEL[entry.channel, entry.heard])


def entry_line(entry: Entry) -> str:
    """The facts in one line: contact, length, outcome, follow-up; those that nobody wrote are left
    out."""
    facts = [what_it_was(entry), entry.contact]
    if entry.minutes is not None:
        facts.append(_tr("{count} min").replace("{count}", str(entry.minutes)))
    if entry.outcome:
        facts.append(_tr("Outcome: {outcome}").replace("{outcome}", entry.outcome))
    if entry.follow_up is not None:
        told = text.calendar_day(entry.follow_up)
        facts.append(_tr("Follow up on {day}").replace("{day}", told))
    return "  ·  ".join(fact for fact in facts if fact)
