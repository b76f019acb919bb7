"""Why a reply has not left, as the command line tells it."""

from datetime import datetime
from typing import TYPE_CHECKING

from deskapp.domain.kinds import OutboxState
from deskapp.domain.outbox_trouble import SendFault

if TYPE_CHECKING:
    from deskapp.domain.replies import OutboxRow

_FAULTS = {
    SendFault.ANSWER: "The server said: {words}",
    SendFault.LINE: "The line to the mail server failed; it is tried again.",
    SendFault.LINE_REFUSED: "The mail server takes no connections: it is down, or its port is "
    "wrong. It is tried again.",
    SendFault.LINE_UNREACHABLE: "There is no way to the mail server: the network is off, or "
    "blocks it. It is tried again.",
    SendFault.LINE_SILENT: "The mail server did not answer in time; it is tried again.",
    SendFault.LINE_NO_NAME: "The mail server's name was not found: no internet, or the name is "
    "wrong. It is tried again.",
    SendFault.SIGN_IN: "The mail server refused the sign-in: {words}",
    SendFault.TLS: "The mail server's certificate is not trusted: {words}",
    SendFault.NO_TLS: "The mail server offers no protected line (TLS).",
    SendFault.PLAIN: "The settings ask for a line without protection.",
    SendFault.NO_SECRET: "The mailbox's password is not on this computer.",
    SendFault.SETTINGS: "The mailbox's settings for sending cannot be used.",
    SendFault.TOO_LARGE: "It is larger than its server takes, in bytes: {words}",
    SendFault.ADDRESS: "No mail of this server can go to {words}.",
    SendFault.RESTORED: "It waited in a backup: it may have been sent since.",
    SendFault.UNREADABLE: "What was to be sent cannot be read from the desk any more.",
    SendFault.INTERNAL: "A fault of deskapp stopped it; the log says more.",
}


_UNLOOKED = (
    "It leaves unless the customer writes first, and their mail was not fetched since it was due; "
    "`deskapp outbox retry` does not wait for it."
)


def reason(row: "OutboxRow", now: datetime) -> str:
    """Why a reply has not left; "" where nothing is in its way."""
    said = _said(row.fault, row.last_error)
    waits = row.state is OutboxState.QUEUED and row.unless_answered and row.not_before <= now
    return f"{_UNLOOKED} {said}".rstrip() if waits else said


def _said(fault: str, words: str) -> str:
    kind = SendFault(fault) if fault in list(SendFault) else SendFault.ANSWER
    if kind is SendFault.ANSWER and not words:
        return ""
    return _FAULTS[kind].replace("{words}", words)
