"""Tickets that are put aside until a time, until the customer writes, or until either."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from .problem import Problem, ProblemKind

MORNING, EVENING = time(9), time(18)
_LATEST_FOR_EVENING = timedelta(minutes=30)  # later than that before it, the evening is now
_REPLY, _NONE, _OR_REPLY = "reply", "none", " or reply"


@dataclass(frozen=True, slots=True)
class Snooze:
    """Until when a ticket is kept out of the lists of what is to be done.

    ``until`` alone: until then, also when the customer writes meanwhile. With ``on_reply``:
    until either, whichever comes first. ``on_reply`` alone: until the customer writes.
    """

    until: datetime | None = None
    on_reply: bool = False

    def __bool__(self) -> bool:
        return self.until is not None or self.on_reply


AWAKE = Snooze()


class Snoozing(StrEnum):
    """How a ticket is snoozed, as it is stored; "" is not at all."""

    AWAKE = ""
    TIME = "time"
    REPLY = "reply"
    FIRST = "first"  # a time or a reply
    WOKE = "woke"  # it is back, and nobody has done anything about it yet


class WokeBy(StrEnum):
    """What woke a ticket; stands as the reason of its event."""

    TIME = "time"
    REPLY = "reply"
    THIRD_PARTY = "third_party"  # an answer in a side thread
    RETURNED = "returned"  # a mail of ours came back
    FOLLOW_UP = "follow_up"  # the day has come that an entry promised
    RETURN = "return"  # the day has come of a return case, or its deadline is over


def snoozing(snooze: Snooze) -> Snoozing:
    """The stored word for it; what it says of the time stands in its own column."""
    if snooze.until is None:
        return Snoozing.REPLY if snooze.on_reply else Snoozing.AWAKE
    return Snoozing.FIRST if snooze.on_reply else Snoozing.TIME


def is_due(snooze: Snooze, now: datetime) -> bool:
    """Whether its time has come: then it is awake, whether anybody has noted that or not."""
    return snooze.until is not None and snooze.until <= now


def woken(
    snooze: Snooze, heard: datetime, *, returned: bool = False, aside: bool = False
) -> tuple[datetime, WokeBy] | None:
    """When and by what a ticket wakes to which a mail came at ``heard``; None: it sleeps on.

    A time that had come before the mail did woke it, though no program may have run then.
    ``returned``: the mail says that ours never arrived, which nobody meant to sleep through.
    ``aside``: it stands in a side thread; a third party's reply is what one waited for as well.
    """
    if snooze.until is not None and snooze.until <= heard:
        return snooze.until, WokeBy.TIME
    if returned:
        return heard, WokeBy.RETURNED
    if not snooze.on_reply:
        return None
    return heard, WokeBy.THIRD_PARTY if aside else WokeBy.REPLY


def snooze_told(snooze: Snooze) -> str:
    """As an event holds it: "", "reply", an ISO time, or an ISO time and " or reply"."""
    if snooze.until is None:
        return _REPLY if snooze.on_reply else ""
    return snooze.until.isoformat(timespec="minutes") + (_OR_REPLY if snooze.on_reply else "")


def snooze_retold(stored: str) -> Snooze:
    """What ``snooze_told`` wrote; AWAKE for words of another program."""
    if stored == _REPLY:
        return Snooze(on_reply=True)
    try:
        until = datetime.fromisoformat(stored.removesuffix(_OR_REPLY))
    except ValueError:
        return AWAKE
    return Snooze(until, stored.endswith(_OR_REPLY))


class SnoozeTime(StrEnum):
    """Times that are named and not picked. The values stand in files of canned replies."""

    LATER_TODAY = "later_today"
    TOMORROW = "tomorrow"
    WORKING_DAY = "working_day"
    THREE_WORKING_DAYS = "three_working_days"
    MONDAY = "monday"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class SnoozeWish:
    """What a canned reply snoozes its ticket to: a named time, a reply, or whichever first."""

    at: SnoozeTime | None = None
    on_reply: bool = False

    def __bool__(self) -> bool:
        return self.at is not None or self.on_reply


NO_WISH = SnoozeWish()


def morning_of(day: date) -> datetime:
    """When a day's work begins, in this machine's zone."""
    return datetime.combine(day, MORNING).astimezone()


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def named_time(
    name: SnoozeTime, now: datetime, is_working: Callable[[date], bool] = is_weekday
) -> datetime | None:
    """The time of that name after ``now``; both in one zone, or naive and local.

    None for the evening when it is nearly over.
    """
    today = now.date()
    if name is SnoozeTime.LATER_TODAY:
        evening = datetime.combine(today, EVENING, now.tzinfo)
        return evening if now <= evening - _LATEST_FOR_EVENING else None
    if name is SnoozeTime.MONDAY:
        day = today + timedelta(days=7 - today.weekday())
    elif name is SnoozeTime.WEEK:
        day = today + timedelta(days=7)
    elif name is SnoozeTime.TOMORROW:
        day = today + timedelta(days=1)
    else:
        days = 3 if name is SnoozeTime.THREE_WORKING_DAYS else 1
        day = _working_day(today, days, is_working)
    return datetime.combine(day, MORNING, now.tzinfo)


def named_times(
    now: datetime, is_working: Callable[[date], bool] = is_weekday
) -> tuple[tuple[SnoozeTime, datetime], ...]:
    """What there is to choose from at ``now``; of names for one time only the first."""
    found: dict[datetime, SnoozeTime] = {}
    for name in SnoozeTime:
        at = named_time(name, now, is_working)
        if at is not None:
            found.setdefault(at, name)
    return tuple((name, at) for at, name in found.items())


def _working_day(day: date, count: int, is_working: Callable[[date], bool]) -> date:
    for _ in range(366):  # a calendar without any working day ends somewhere too
        day += timedelta(days=1)
        count -= is_working(day)
        if count <= 0:
            break
    return day


def granted(
    wish: SnoozeWish, now: datetime, is_working: Callable[[date], bool] = is_weekday
) -> Snooze:
    """What a wish comes to at ``now``, in this machine's zone. An evening gone by is tomorrow."""
    if wish.at is None:
        return Snooze(on_reply=wish.on_reply)
    local = now.astimezone().replace(tzinfo=None)
    at = named_time(wish.at, local, is_working) or named_time(SnoozeTime.TOMORROW, local)
    return Snooze(None if at is None else at.astimezone(), wish.on_reply)


def wish_written(wish: SnoozeWish) -> str:
    """As a file holds it: "", "reply", "monday" or "monday or reply"."""
    if wish.at is None:
        return _REPLY if wish.on_reply else ""
    return wish.at + (_OR_REPLY if wish.on_reply else "")


def wish_read(written: str) -> SnoozeWish:
    """Raises Problem INVALID (what="snooze") for words that ``wish_written`` never wrote."""
    words = " ".join(written.casefold().split())
    if words in ("", _REPLY):
        return SnoozeWish(on_reply=bool(words))
    name = words.removesuffix(_OR_REPLY)
    if name not in list(SnoozeTime):
        raise Problem(ProblemKind.INVALID, what="snooze", value=written[:80])
    return SnoozeWish(SnoozeTime(name), words.endswith(_OR_REPLY))


def snooze_read(
    written: str,
    now: datetime,
    *,
    keep: bool = False,
    is_working: Callable[[date], bool] = is_weekday,
) -> Snooze:
    """What somebody typed: an ISO time (this machine's zone unless it names one), the name of a
    time, "reply", or "none". ``keep``: also when the customer writes before.

    Raises Problem INVALID (what="snooze") for anything else, and for a time that has passed.
    """
    words = written.strip().casefold()
    if words == _NONE:
        return AWAKE
    try:
        until = datetime.fromisoformat(written.strip()).astimezone()
    except ValueError:
        wish = wish_read(written)
        if not wish:
            raise Problem(ProblemKind.INVALID, what="snooze", value=written) from None
        given = granted(wish, now, is_working)
        return Snooze(given.until, given.until is None or not keep)
    if until <= now:
        raise Problem(ProblemKind.INVALID, what="snooze", value=written)
    return Snooze(until, not keep)
