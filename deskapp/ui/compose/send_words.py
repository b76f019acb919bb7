"""What the send button, its menu and its keys say to a senior, a junior, and who approves."""

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import TicketStatus
from deskapp.ui.translatable import N

_CONTEXT = "SendWords"


class Sending(Enum):
    """What pressing the button does with a mail."""

    SENDS = "sends"
    HANDS_IN = "hands in"  # a junior's reply: a senior reads it first
    APPROVES = "approves"  # a junior's reply, as a senior edited it


class Say(Enum):
    """A place where it is said."""

    USUAL = "usual"
    WAIT = "wait"
    OPEN = "open"
    HOLD = "hold"
    SOLVE = "solve"
    CLOSE = "close"
    NEXT = "next"
    CLOSE_NEXT = "close next"
    LATER = "later"
    ANYWAY = "anyway"
    OTHER_WAYS = "other ways"


_SENDS = {
    Say.USUAL: N("SendWords", "Send and wait"),
    Say.WAIT: N("SendWords", "Send and wait for the customer"),
    Say.OPEN: N("SendWords", "Send and keep open"),
    Say.HOLD: N("SendWords", "Send, on hold"),
    Say.SOLVE: N("SendWords", "Send and solve"),
    Say.CLOSE: N("SendWords", "Send and close"),
    Say.NEXT: N("SendWords", "Send and go to the next"),
    Say.CLOSE_NEXT: N("SendWords", "Send, close and go to the next"),
    Say.LATER: N("SendWords", "Send later…"),
    Say.ANYWAY: N("SendWords", "Send anyway"),
    Say.OTHER_WAYS: N("SendWords", "Other ways to send"),
}
_HANDS_IN = {
    Say.USUAL: N("SendWords", "Hand in for approval"),
    Say.WAIT: N("SendWords", "Hand in; sent, it waits for the customer"),
    Say.OPEN: N("SendWords", "Hand in and keep open"),
    Say.HOLD: N("SendWords", "Hand in; on hold once it is sent"),
    Say.SOLVE: N("SendWords", "Hand in and solve"),
    Say.CLOSE: N("SendWords", "Hand in and close"),
    Say.NEXT: N("SendWords", "Hand in and go to the next"),
    Say.CLOSE_NEXT: N("SendWords", "Hand in, close and go to the next"),
    Say.LATER: N("SendWords", "Hand in, to be sent later…"),
    Say.ANYWAY: N("SendWords", "Hand in anyway"),
    Say.OTHER_WAYS: N("SendWords", "Other ways to hand in"),
}
_APPROVES = {
    Say.USUAL: N("SendWords", "Approve and send"),
    Say.WAIT: N("SendWords", "Approve, send and wait for the customer"),
    Say.OPEN: N("SendWords", "Approve, send and keep open"),
    Say.HOLD: N("SendWords", "Approve and send, on hold"),
    Say.SOLVE: N("SendWords", "Approve, send and solve"),
    Say.CLOSE: N("SendWords", "Approve, send and close"),
    Say.NEXT: N("SendWords", "Approve, send and go to the next"),
    Say.CLOSE_NEXT: N("SendWords", "Approve, send, close and go to the next"),
    Say.LATER: N("SendWords", "Approve, to be sent later…"),
    Say.ANYWAY: N("SendWords", "Approve and send anyway"),
    Say.OTHER_WAYS: N("SendWords", "Other ways to approve"),
}
_WORDS: Mapping[Sending, Mapping[Say, str]] = {
    Sending.SENDS: _SENDS,
    Sending.HANDS_IN: _HANDS_IN,
    Sending.APPROVES: _APPROVES,
}
_TIPS = {
    Sending.HANDS_IN: N(
        "SendWords",
        "A senior reads it first. It leaves, and the ticket changes, when they approve.",
    ),
    Sending.APPROVES: N(
        "SendWords", "It leaves in its writer's name, as it stands here. Both versions are kept."
    ),
}
_STATUS = {
    TicketStatus.NEW: Say.OPEN,
    TicketStatus.OPEN: Say.OPEN,
    TicketStatus.ON_HOLD: Say.HOLD,
    TicketStatus.SOLVED: Say.SOLVE,
    TicketStatus.CLOSED: Say.CLOSE,
}


def send_words(sending: Sending, what: Say) -> str:
    """A short label."""
    return QCoreApplication.translate(_CONTEXT, _WORDS[sending][what])


def status_words(sending: Sending, status: TicketStatus | None) -> str:
    """What it does where the ticket becomes this; as usual where none is named."""
    usual = Say.USUAL if status is None else _STATUS.get(status, Say.USUAL)
    return send_words(sending, usual)


def send_tip(sending: Sending) -> str:
    """What is to be known of it beside the label; "" for a plain send."""
    tip = _TIPS.get(sending)
    return "" if tip is None else QCoreApplication.translate(_CONTEXT, tip)
