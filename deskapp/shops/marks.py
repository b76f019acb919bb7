"""Where a source goes on reading what changed."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

OVERLAP = timedelta(minutes=2)
"""Read again each time: shops commit and index changes out of order."""


@dataclass(frozen=True, slots=True)
class Mark:
    """``since`` is the time of change to ask from, itself included, "" for the beginning (ISO 8601,
    UTC); ``after`` where to go on in what that gives, in the shop's own words; ``latest`` the
    newest change this walk has seen."""

    since: str = ""
    after: str = ""
    latest: str = ""

    def __str__(self) -> str:
        return json.dumps(asdict(self)) if self != Mark() else ""

    def go_on(self, after: str, changed: datetime | None) -> "Mark":
        """The same walk, one page further."""
        return Mark(self.since, after, self._later(changed))

    def step(self, page: int, changed: datetime | None) -> "Mark":
        """One page further in a list that only has page numbers, which shift while it is read: it
        is asked for anew from the last change, and by number only within one and the same time."""
        later = self._later(changed)
        if later > self.since:
            return Mark(later, "", later)
        return Mark(self.since, str(page + 1), later)

    @property
    def page(self) -> int:
        """``after`` as the number of a page, the first being 1."""
        return int(self.after) if self.after.isdecimal() else 1

    def end(self, changed: datetime | None) -> "Mark":
        """The next walk, after the last page of this one."""
        latest = self._later(changed)
        if not latest:
            return Mark(self.since)
        return Mark((datetime.fromisoformat(latest) - OVERLAP).isoformat())

    def _later(self, changed: datetime | None) -> str:
        return max(self.latest, changed.astimezone(UTC).isoformat() if changed else "")


def mark_of(text: str) -> Mark:
    """A mark that was stored; what is none of ours begins at the beginning."""
    try:
        told = json.loads(text)
        mark = Mark(str(told["since"]), str(told["after"]), str(told["latest"]))
        for time in filter(None, (mark.since, mark.latest)):
            datetime.fromisoformat(time)
    except (ValueError, KeyError, TypeError):
        return Mark()
    return mark
