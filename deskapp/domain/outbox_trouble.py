"""Which replies on their way want a person's eye, and whose fault it is that one did not leave."""

from datetime import datetime, timedelta
from enum import StrEnum

from .kinds import OutboxState
from .problem import Problem, ProblemKind
from .replies import OutboxRow

LATE = timedelta(minutes=10)
_STOPPED = (OutboxState.FAILED, OutboxState.UNCERTAIN)
_ON_THE_WAY = (OutboxState.QUEUED, OutboxState.CLAIMED)


class SendFault(StrEnum):
    """What ``OutboxRow.last_error`` are the words of."""

    ANSWER = ""  # the server's own: an answer of SMTP, or what came in its place
    LINE = "line"  # the network's: cut, or out of reach for a reason of its own
    LINE_REFUSED = "line_refused"  # nothing listens at that port
    LINE_UNREACHABLE = "line_unreachable"  # no way there, as with the cable out
    LINE_SILENT = "line_silent"  # timed out
    LINE_NO_NAME = "line_no_name"  # the server's name could not be looked up
    SIGN_IN = "sign_in"  # the server's, about name or password
    TLS = "tls"  # about a certificate
    NO_TLS = "no_tls"
    PLAIN = "plain"  # an unprotected line that would leave this machine
    NO_SECRET = "no_secret"
    SETTINGS = "settings"
    TOO_LARGE = "too_large"  # "SIZE > LIMIT" in bytes; the server was not asked
    ADDRESS = "address"  # addresses that no mail of this server can go to
    RESTORED = "restored"  # it waited in a desk that came back from a backup
    UNREADABLE = "unreadable"  # its bytes are gone from the desk
    INTERNAL = "internal"  # our own; the log says more


LINE_FAULTS = (
    SendFault.LINE,
    SendFault.LINE_REFUSED,
    SendFault.LINE_UNREACHABLE,
    SendFault.LINE_SILENT,
    SendFault.LINE_NO_NAME,
)

_FAULTS = {
    ProblemKind.OFFLINE: SendFault.LINE,
    ProblemKind.SIGN_IN_REFUSED: SendFault.SIGN_IN,
    ProblemKind.TLS_UNTRUSTED: SendFault.TLS,
    ProblemKind.TLS_UNAVAILABLE: SendFault.NO_TLS,
    ProblemKind.PLAIN_NOT_LOOPBACK: SendFault.PLAIN,
    ProblemKind.NO_SECRET: SendFault.NO_SECRET,
    ProblemKind.INVALID: SendFault.SETTINGS,
    ProblemKind.NOT_FOUND: SendFault.UNREADABLE,
    ProblemKind.DATABASE_DAMAGED: SendFault.UNREADABLE,
}


def fault_of(problem: Problem) -> SendFault:
    """Whose words a Problem of sending carries."""
    fault = _FAULTS.get(problem.kind, SendFault.ANSWER)
    why = f"line_{problem.details.get('why')}"
    return SendFault(why) if fault is SendFault.LINE and why in LINE_FAULTS else fault


def told(fault: str, words: str) -> str:
    """What was said last, for records and scripts: ours is named, a server's stands alone."""
    whose = SendFault.LINE if fault in LINE_FAULTS else fault
    return ": ".join(part for part in (whose, words) if part)


def needs_a_person(row: OutboxRow, now: datetime) -> bool:
    """Failed, perhaps sent, or unsent 10 minutes after it was to leave."""
    if row.state in _STOPPED:
        return True
    due = row.due_at or row.not_before
    return row.state in _ON_THE_WAY and now - due >= LATE


def is_partly_sent(row: OutboxRow) -> bool:
    """Whether some have it already: such a reply cannot become a draft again."""
    return any(one.state == "accepted" for one in row.results)
