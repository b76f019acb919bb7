"""On which days a desk works: days of the week, and single days off or worked after all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from .plain import one_line
from .problem import Problem, ProblemKind

_MOST = 400  # single days; ten years of holidays
_NAME = 160  # letters; a line with its date is read up to 200
_WORKED = "+"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not as its weekday says: off, or with ``works`` a make-up day."""

    day: date
    name: str = ""
    works: bool = False


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """``week``: weekdays that are worked, Monday is 0. Single days go before it."""

    week: frozenset[int] = frozenset(range(5))
    special: tuple[SpecialDay, ...] = ()

    def is_working(self, day: date) -> bool:
        for one in self.special:
            if one.day == day:
                return one.works
        return day.weekday() in self.week


def checked(days: WorkingDays) -> WorkingDays:
    """As it is kept: sorted, each day once, the last word holds, names in one line.

    Raises Problem EMPTY (what="week") for a week without a working day, TOO_LARGE for too many
    single days.
    """
    if not days.week:
        raise Problem(ProblemKind.EMPTY, what="week")
    once = {one.day: replace(one, name=one_line(one.name, _NAME)) for one in days.special}
    if len(once) > _MOST:
        raise Problem(ProblemKind.TOO_LARGE, size=len(once), limit=_MOST)
    return WorkingDays(days.week, tuple(once[day] for day in sorted(once)))


def week_written(week: frozenset[int]) -> str:
    """ "12345": Monday is 1, as in ISO 8601."""
    return "".join(str(day + 1) for day in sorted(week))


def week_read(written: str) -> frozenset[int]:
    """Raises Problem(INVALID, what="week") for anything but digits from 1 to 7."""
    if not written or set(written) - set("1234567"):
        raise Problem(ProblemKind.INVALID, what="week", value=written[:40])
    return frozenset(int(digit) - 1 for digit in written)


def special_written(days: Iterable[SpecialDay]) -> str:
    """A line each: "2026-02-17 Tết", and "+2026-02-14" for one that is worked."""
    lines = (f"{_WORKED if one.works else ''}{one.day} {one.name}".strip() for one in days)
    return "\n".join(lines)


def special_read(written: str) -> tuple[SpecialDay, ...]:
    """``Problem(INVALID, what="day")`` with the line that is none."""
    return tuple(_days(written))


def _days(written: str) -> Iterator[SpecialDay]:
    for line in written.splitlines():
        plain = one_line(line, 200)
        if not plain:
            continue
        first, _, name = plain.removeprefix(_WORKED).strip().partition(" ")
        try:
            day = date.fromisoformat(first)
        except ValueError:
            raise Problem(ProblemKind.INVALID, what="day", value=plain[:80]) from None
        yield SpecialDay(day, name.strip(), plain.startswith(_WORKED))
