"""How long a server that asked for it is left alone."""

from datetime import datetime

from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.problem import Problem, ProblemKind


def asked_pause(problem: Problem | None) -> float | None:
    """Seconds for which the server itself asked to be left alone."""
    seconds = problem.details.get("retry_after") if problem is not None else None
    return float(seconds) if isinstance(seconds, int) and seconds > 0 else None


def trouble_of(row: MailboxRow) -> Problem | None:
    """What an engine before this one met."""
    if row.state not in list(ProblemKind):
        return None
    return Problem(ProblemKind(row.state), said=row.state_detail)


def rest_left(row: MailboxRow, now: datetime) -> float:
    """Seconds until a server that asked to be left alone may be asked again: also by another
    engine, and after a start. Settings that were saved since make a new beginning.
    """
    if row.retry_at is None or row.state == "new":
        return 0.0
    return max(0.0, (row.retry_at - now).total_seconds())
