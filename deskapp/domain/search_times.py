"""Dates and waits as people type them into the search field."""

import re
from datetime import datetime, timedelta
from functools import cache

from .folding import fold

_DAY = 86_400
_UNITS = {
    "h": 3600,
    "hour": 3600,
    "hours": 3600,
    "gio": 3600,
    "小时": 3600,
    "ч": 3600,
    "час": 3600,
    "min": 60,
    "分": 60,
    "分钟": 60,
    "phut": 60,
    "мин": 60,
    "d": _DAY,
    "day": _DAY,
    "days": _DAY,
    "ngay": _DAY,
    "天": _DAY,
    "日": _DAY,
    "д": _DAY,
    "дн": _DAY,
    "ден": _DAY,
    "дня": _DAY,
    "дней": _DAY,
    "w": 7 * _DAY,
    "week": 7 * _DAY,
    "weeks": 7 * _DAY,
    "tuan": 7 * _DAY,
    "周": 7 * _DAY,
    "нед": 7 * _DAY,
    "m": 30 * _DAY,
    "month": 30 * _DAY,
    "months": 30 * _DAY,
    "thang": 30 * _DAY,
    "月": 30 * _DAY,
    "мес": 30 * _DAY,
    "y": 365 * _DAY,
    "year": 365 * _DAY,
    "nam": 365 * _DAY,
    "年": 365 * _DAY,
}
_NAMED_DAYS = {
    0: ("today", "hôm nay", "今天", "сегодня"),
    1: ("yesterday", "hôm qua", "昨天", "вчера"),
}
_LONGEST = 100 * 365 * _DAY
_span = re.compile(r"(\d{1,6})\s*([^\W\d_]{1,8})")
_year_first = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?")
_day_first = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


def _key(word: str) -> str:
    return fold(word).replace(" ", "")


@cache
def _unit_keys() -> dict[str, int]:
    """Made when they are first asked for: folding Chinese loads its tables."""
    return {_key(name): seconds for name, seconds in _UNITS.items()}


@cache
def _day_keys() -> dict[str, int]:
    return {_key(name): days for days, names in _NAMED_DAYS.items() for name in names}


def read_moment(text: str, now: datetime) -> datetime | None:
    """The beginning of a day, month or year, or so long before ``now`` (``7d``); else None.

    Year first as in ISO 8601, or the day first; in the time zone of ``now``.
    """
    text = text.strip()
    if (days := _day_keys().get(_key(text))) is not None:
        return _midnight(now) - timedelta(days=days)
    if (seconds := _seconds(text)) is not None:
        return now - timedelta(seconds=seconds)
    if found := _year_first.fullmatch(text):
        year, month, day = (int(part or 1) for part in found.groups())
    elif found := _day_first.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=now.tzinfo)
    except ValueError:
        return None


def read_wait(text: str) -> tuple[int, bool] | None:
    """(seconds, whether at least that long) of ``>2d``, ``2d``, ``<1h``; else None."""
    text = text.strip().translate({0xFF1E: ">", 0xFF1C: "<"})
    longer = not text.startswith("<")
    seconds = _seconds(text.lstrip("<>=").strip())
    return None if seconds is None else (seconds, longer)


def _seconds(text: str) -> int | None:
    found = _span.fullmatch(text)
    unit = None if found is None else _unit_keys().get(_key(found[2]))
    if found is None or unit is None:
        return None
    return min(int(found[1]) * unit, _LONGEST)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
