"""What a chip says of its person: a word that is always seen, and a sentence to point at."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.recipients import Role, Who
from deskapp.ui.translatable import N

_WORDS = {
    Role.CUSTOMER: N("Who", "customer"),
    Role.COLLEAGUE: N("Who", "colleague"),
    Role.TAKES_PART: "",
    Role.NEW: N("Who", "new"),
    Role.THIRD_PARTY: N("Who", "third party"),
    Role.UNKNOWN: N("Who", "unknown"),
}
_SENTENCES = {
    Role.CUSTOMER: N("Who", "The customer of this ticket."),
    Role.COLLEAGUE: N("Who", "One of us."),
    Role.TAKES_PART: N("Who", "Takes part in this ticket."),
    Role.NEW: N("Who", "New here: the last message brought them in."),
    Role.THIRD_PARTY: N("Who", "A third party: only in a side thread so far."),
    Role.UNKNOWN: N("Who", "Never was on this ticket."),
}


def chip_kind(who: Who | None) -> str:
    """The name of the chip's look; a dead address matters more than whose it is."""
    if who is None:
        return ""
    return "bounced" if who.bounced else who.role.value


def who_words(who: Who) -> str:
    """One word, "" for somebody who simply takes part."""
    return _tr(N("Who", "bounced")) if who.bounced else _tr(_WORDS[who.role])


def who_sentence(who: Who) -> str:
    """A sentence, or two where mail to them came back."""
    told = _tr(_SENTENCES[who.role])
    if who.bounced:
        told += " " + _tr(N("Who", "Mail to this address came back for good."))
    return told


def _tr(sentence: str) -> str:
    return QCoreApplication.translate("Who", sentence) if sentence else ""
