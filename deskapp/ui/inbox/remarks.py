"""The small lines below a card's head: how it came here, and what a reader should look at twice."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from deskapp.domain.kinds import Direction
from deskapp.domain.mail import Address
from deskapp.domain.senders import SenderRemark, sender_remarks, shown_address, shown_name
from deskapp.domain.tickets import MessageRow
from deskapp.ui import words
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.translatable import N

from .entry_words import entry_line

_SENDER = {
    SenderRemark.OTHER_ADDRESS: N(
        "Remarks", "The sender's name is a mail address, but the mail came from {address}."
    ),
    SenderRemark.HIDDEN_SIGNS: N(
        "Remarks", "The sender's name or address holds signs that hide or turn text."
    ),
    SenderRemark.LOOK_ALIKE: N(
        "Remarks", "The sender's name or address mixes alphabets: it may imitate another one."
    ),
    SenderRemark.SEVERAL_FROM: N(
        "Remarks", "The mail names several senders. Nobody can say which one is true."
    ),
}
# What is sure needs no line on every card: its menu tells. A warning says what one claims.
_SURE = frozenset(("", "new", "written", "claim", "own_id", "in_reply_to", "reference"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remarks", text)


def warnings_of(message: MessageRow) -> list[str]:
    """Sentences about who sent it and whether it belongs here; [] for an ordinary message."""
    found = [words.warning(message)] if message.marked else []
    if message.direction is Direction.IN:
        address = shown_address(message.sender.address)
        found += [
            _tr(_SENDER[one]).replace("{address}", address)
            for one in sender_remarks(message.sender, message.defects)
        ]
    return found


def filed_line(message: MessageRow) -> str:
    """How the mail found this ticket, where that is more than an answer in its thread; else ""."""
    if message.direction is Direction.NOTE or message.joined_by in _SURE:
        return ""
    told = words.joined_by(message.joined_by)
    return told[:1].upper() + told[1:]


def side_line(message: MessageRow) -> str:
    """With whom a side thread is, and that the customer does not see it."""
    told = _tr("Side thread with {people} · not seen by the customer")
    people = ", ".join(shown_address(one.address) for one in message.third_parties)
    return told.replace("{people}", people or "?")


def mentions_line(message: MessageRow) -> str:
    """Whom a note calls: they find it among their mentions."""
    told = _tr("Calls {people}").replace("{people}", ", ".join(message.mentions))
    return told if message.mentions else ""


def people_line(message: MessageRow) -> str:
    """To and Cc, where there is more than the one mailbox that everybody writes to."""
    if len(message.to) + len(message.cc) <= 1:
        return ""
    people = [(_tr("To"), message.to), (_tr("Cc"), message.cc)]
    return "  ·  ".join(f"{name} {_names(them)}" for name, them in people if them)


def add_remarks(message: MessageRow, column: QVBoxLayout) -> None:
    """Puts the lines that this message needs into its card; most messages need none."""
    for warning in warnings_of(message):
        column.addWidget(label(warning, tone="warn", size="small", wrap=True))
    if message.entry is not None:
        column.addWidget(label(entry_line(message.entry), size="small", wrap=True))
    for line in (people_line(message), mentions_line(message), filed_line(message)):
        if line:
            column.addWidget(ElidedLabel(line, tone="muted", size="small"))


def _names(people: tuple[Address, ...]) -> str:
    return ", ".join(shown_name(one.name) or shown_address(one.address) for one in people)
