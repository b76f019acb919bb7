"""Which replies on their way want a person's eye."""

from datetime import datetime, timedelta

from .kinds import OutboxState
from .replies import OutboxRow

LATE = timedelta(minutes=10)
_STOPPED = (OutboxState.FAILED, OutboxState.UNCERTAIN)
_ON_THE_WAY = (OutboxState.QUEUED, OutboxState.CLAIMED)


def needs_a_person(row: OutboxRow, now: datetime) -> bool:
    """Failed, perhaps sent, or unsent 10 minutes after it was to leave."""
    if row.state in _STOPPED:
        return True
    due = row.due_at or row.not_before
    return row.state in _ON_THE_WAY and now - due >= LATE
