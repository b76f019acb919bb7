"""Holidays, make-up days and weeks of other days: what "next working day" comes to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.snoozing import SnoozeTime, named_time
from deskapp.domain.working_days import (
    SpecialDay,
    WorkingDays,
    checked,
    special_read,
    special_written,
    week_read,
    week_written,
)

TET = "2026-02-16 Tết\n2026-02-17 Tết\n\n  +2026-02-14  make-up\n2026-02-18"


def test_a_single_day_goes_before_its_weekday() -> None:
    days = checked(WorkingDays(week_read("12345"), special_read(TET)))
    friday = datetime(2026, 2, 13, 15, tzinfo=UTC)
    names = (SnoozeTime.WORKING_DAY, SnoozeTime.THREE_WORKING_DAYS)
    found = [named_time(name, friday, days.is_working) for name in names]
    assert [at.date().isoformat() for at in found if at] == ["2026-02-14", "2026-02-20"]
    sunday_too = WorkingDays(week_read("1234567"))
    assert sunday_too.is_working(date(2026, 2, 15))


def test_what_is_written_is_read_again_and_each_day_stands_once() -> None:
    days = checked(WorkingDays(week_read("246"), special_read(TET + "\n2026-02-18 again")))
    assert week_written(days.week) == "246"
    written = special_written(days.special)
    assert written.splitlines()[0] == "+2026-02-14 make-up" and "2026-02-18 again" in written
    assert special_read(written) == days.special


@pytest.mark.parametrize("act", [lambda: special_read("Tết"), lambda: week_read("89")])
def test_what_is_no_day_is_said(act) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Problem) as refused:
        act()
    assert refused.value.details["value"] in ("Tết", "89")


def test_what_is_kept_can_be_read_again() -> None:
    first = date(2026, 1, 1)
    days = checked(WorkingDays(special=(SpecialDay(first, "New\nYear" + "x" * 300),)))
    assert special_read(special_written(days.special)) == days.special
    many = tuple(SpecialDay(first + timedelta(days=n)) for n in range(401))
    with pytest.raises(Problem) as refused:
        checked(WorkingDays(special=many))
    assert refused.value.kind is ProblemKind.TOO_LARGE
