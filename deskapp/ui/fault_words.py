"""Why a reply has not left, in the words of whoever said it: the server's, or ours for the line."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.outbox_trouble import LINE_FAULTS, SendFault

from . import text
from .translatable import N

_FAULTS = {
    SendFault.ANSWER: N("Outbox", "The server said: {words}"),
    SendFault.LINE: N("Outbox", "No answer from the mail server: the line to it failed."),
    SendFault.LINE_REFUSED: N(
        "Outbox", "The mail server takes no connections: it is down, or its port is wrong."
    ),
    SendFault.LINE_UNREACHABLE: N(
        "Outbox", "There is no way to the mail server: the network is off, or blocks it."
    ),
    SendFault.LINE_SILENT: N("Outbox", "The mail server did not answer in time."),
    SendFault.LINE_NO_NAME: N(
        "Outbox", "The mail server's name was not found: no internet, or the name is wrong."
    ),
    SendFault.SIGN_IN: N("Outbox", "The mail server refused the sign-in. It said: {words}"),
    SendFault.TLS: N("Outbox", "The mail server's certificate is not trusted: {words}"),
    SendFault.NO_TLS: N("Outbox", "The mail server offers no protected line (TLS)."),
    SendFault.PLAIN: N("Outbox", "The settings ask for a line without protection."),
    SendFault.NO_SECRET: N("Outbox", "The mailbox's password is not on this computer."),
    SendFault.SETTINGS: N("Outbox", "The mailbox's settings for sending cannot be used."),
    SendFault.TOO_LARGE: N("Outbox", "With {size} it is larger than the {limit} its server takes."),
    SendFault.ADDRESS: N("Outbox", "No mail of this server can go to {words}."),
    SendFault.RESTORED: N("Outbox", "It waited in a backup: it may have been sent since."),
    SendFault.UNREADABLE: N("Outbox", "What was to be sent cannot be read from the desk any more."),
    SendFault.INTERNAL: N("Outbox", "A fault of deskapp stopped it. The log says more."),
}


def fault_words(fault: str, words: str) -> str:
    """``fault`` and ``words`` as an OutboxRow has them; "" where nobody said a thing."""
    kind = SendFault(fault) if fault in list(SendFault) else SendFault.ANSWER
    if kind is SendFault.ANSWER and not words:
        return ""
    size, _, limit = words.partition(" > ")
    if kind is SendFault.TOO_LARGE and size.isdigit() and limit.isdigit():
        sizes = _tr(_FAULTS[kind]).replace("{size}", text.size(int(size)))
        return sizes.replace("{limit}", text.size(int(limit)))
    return _tr(_FAULTS[kind]).replace("{words}", words)


def raw_words(fault: str, words: str) -> str:
    """What the computer said of a line, for whoever looks closer; "" where it is told already."""
    return words if fault in LINE_FAULTS else ""


def _tr(sentence: str) -> str:
    return QCoreApplication.translate("Outbox", sentence)
