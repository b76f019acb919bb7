"""Until when a ticket is put aside: named times, and what wakes it."""

from datetime import UTC, datetime, timedelta

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.snoozing import (
    AWAKE,
    Snooze,
    SnoozeTime,
    SnoozeWish,
    WokeBy,
    named_time,
    named_times,
    snooze_read,
    snooze_retold,
    snooze_told,
    wish_read,
    wish_written,
    woken,
)


def _at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


SUNDAY = _at(11, 22, 16)
FRIDAY_NIGHT = _at(11, 27, 23, 5)
NINE = _at(12, 1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "now", "at"),
    [
        (SnoozeTime.LATER_TODAY, SUNDAY, _at(11, 22, 18)),
        (SnoozeTime.LATER_TODAY, FRIDAY_NIGHT, None),
        (SnoozeTime.TOMORROW, FRIDAY_NIGHT, _at(11, 28)),
        (SnoozeTime.WORKING_DAY, FRIDAY_NIGHT, _at(11, 30)),
        (SnoozeTime.THREE_WORKING_DAYS, FRIDAY_NIGHT, _at(12, 2)),
        (SnoozeTime.MONDAY, _at(11, 23, 8), _at(11, 30)),
        (SnoozeTime.WEEK, SUNDAY, _at(11, 29)),
    ],
)
def test_a_named_time_is_in_the_morning_or_this_evening(
    name: SnoozeTime, now: datetime, at: datetime | None
) -> None:
    assert named_time(name, now) == at


def test_on_a_sunday_tomorrow_the_working_day_and_monday_are_one_choice() -> None:
    names = [name for name, _ in named_times(SUNDAY)]
    assert names == [
        SnoozeTime.LATER_TODAY,
        SnoozeTime.TOMORROW,
        SnoozeTime.THREE_WORKING_DAYS,
        SnoozeTime.WEEK,
    ]


def test_a_holiday_is_no_working_day() -> None:
    holiday = _at(11, 23).date()
    found = named_time(SnoozeTime.WORKING_DAY, SUNDAY, lambda day: day != holiday)
    assert found == _at(11, 24)


def test_a_mail_wakes_what_waits_for_one_and_a_time_that_had_come_was_first() -> None:
    first, kept, reply = Snooze(NINE, True), Snooze(NINE), Snooze(on_reply=True)
    early, late = NINE - HOUR, NINE + HOUR
    assert woken(first, early) == (early, WokeBy.REPLY)
    assert woken(first, late) == woken(kept, late) == (NINE, WokeBy.TIME)
    assert woken(kept, early) is None
    assert woken(kept, early, returned=True) == (early, WokeBy.RETURNED)
    assert woken(reply, late) == (late, WokeBy.REPLY)


@pytest.mark.parametrize("one", [AWAKE, Snooze(NINE), Snooze(NINE, True), Snooze(on_reply=True)])
def test_an_event_tells_a_snooze_whole(one: Snooze) -> None:
    assert snooze_retold(snooze_told(one)) == one


def test_words_of_another_program_are_no_snooze() -> None:
    assert snooze_retold("until the cows come home") == AWAKE


@pytest.mark.parametrize("wish", [
    SnoozeWish(), SnoozeWish(on_reply=True), SnoozeWish(SnoozeTime.MONDAY),
    SnoozeWish(SnoozeTime.WEEK, True),
])  # fmt: skip
def test_a_wish_goes_through_a_file(wish: SnoozeWish) -> None:
    assert wish_read(wish_written(wish)) == wish


def test_what_is_typed_is_a_time_a_name_a_reply_or_none() -> None:
    assert snooze_read("2026-12-01T09:00+00:00", SUNDAY) == Snooze(NINE, True)
    kept = snooze_read("2026-12-01T09:00+00:00", SUNDAY, keep=True)
    assert kept == Snooze(NINE)
    assert snooze_read("none", NINE) == AWAKE
    assert snooze_read("reply", NINE, keep=True) == Snooze(on_reply=True)
    monday = snooze_read("monday", SUNDAY, keep=True)
    assert monday.until is not None and not monday.on_reply
    local = monday.until.astimezone()
    assert (local.weekday(), local.hour) == (0, 9)


@pytest.mark.parametrize("typed", ["", "sometime", "2026-11-21", "25:00", "monday or never"])
def test_other_words_and_times_gone_by_are_refused(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        snooze_read(typed, SUNDAY)
    assert refused.value.kind is ProblemKind.INVALID
