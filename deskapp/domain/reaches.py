"""How far back a first import reaches, as people say it: a date, a number of days, or all."""

import re
from datetime import UTC, date, datetime, timedelta

from .problem import Problem, ProblemKind

_DAYS = re.compile(r"(\d{1,5})\s*d(?:ays?)?", re.IGNORECASE)


def read_reach(words: str, now: datetime) -> datetime | None:
    """``2026-08-31``, ``30d`` or ``all``, which is None. Raises Problem(INVALID, what="since")."""
    said = words.strip()
    if said.casefold() == "all":
        return None
    try:
        if days := _DAYS.fullmatch(said):
            return now - timedelta(days=int(days[1]))
        day = date.fromisoformat(said)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Problem(ProblemKind.INVALID, what="since", value=said[:40]) from error
