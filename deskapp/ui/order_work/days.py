"""Days of return cases: which one is today."""

from datetime import UTC, date, datetime


def today() -> date:
    """Here, by this computer's clock."""
    return datetime.now(UTC).astimezone().date()
