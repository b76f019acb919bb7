"""When a mail was written: the Date header, else its newest Received line, as UTC."""

import re
from datetime import UTC, datetime, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4,
    "bst": 1, "ist": 5.5, "jst": 9, "kst": 9, "hkt": 8, "ict": 7, "wet": 0, "west": 1,
}  # fmt: skip
_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[\s,.-]+(?P<month>[a-z]{3})[a-z]*[\s,.-]+(?P<year>\d{2,4})(?!\d)"
    r"|(?P<month2>[a-z]{3})[a-z]*\s+(?P<day2>\d{1,2})(?:,\s*|\s+.{0,30}?)(?P<year2>\d{4})(?!\d)"
    r"|(?P<year3>\d{4})-(?P<month3>\d{1,2})-(?P<day3>\d{1,2})",
    re.IGNORECASE,
)
_TIME = re.compile(r"(\d{1,2})\s*[:.]\s*(\d{2})(?:\s*[:.]\s*(\d{2}))?(?:[.,]\d+)?\s*([ap]m)?", re.I)
_OFFSET = re.compile(r"(?<![\d-])(?:gmt|utc)?\s*([+-])\s*(\d{1,2}):?(\d{2})(?!\d)", re.IGNORECASE)
_NAMED = re.compile(r"\b([a-z]{1,4})(?:\d[a-z]{3})?\b", re.IGNORECASE)
_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
MAX_LENGTH = 200


def mail_date(stated: bytes, received: list[bytes]) -> datetime | None:
    """UTC, or None when neither the Date header nor a Received line can be believed.

    A date before 1971 or after 2100 is not believed. A date without a zone counts as UTC.
    """
    date = read_date(stated)
    if date:
        return date
    for line in received[:5]:
        date = read_date(line.rpartition(b";")[2])
        if date:
            return date
    return None


def read_date(raw: bytes) -> datetime | None:
    """One date in any of the spellings of RFC 5322, RFC 850, asctime or ISO 8601."""
    text = raw[:MAX_LENGTH].decode("latin-1")
    found = _DATE.search(text)
    if not found:
        return None
    try:
        date = datetime(_year(found), _month(found), _day(found), tzinfo=UTC)
        rest = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
        if found["day2"]:
            rest = text
        date += _time_of_day(rest) - _offset(rest)
    except (ValueError, OverflowError):
        return None
    return date if _EARLIEST <= date <= _LATEST else None


def _day(found: re.Match[str]) -> int:
    return int(found["day"] or found["day2"] or found["day3"])


def _year(found: re.Match[str]) -> int:
    digits = found["year"] or found["year2"] or found["year3"]
    year = int(digits)
    if len(digits) == 2:  # RFC 5322 section 4.3
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def _month(found: re.Match[str]) -> int:
    if found["month3"]:
        return int(found["month3"])
    return _MONTHS.index((found["month"] or found["month2"]).lower()) + 1


def _time_of_day(rest: str) -> timedelta:
    found = _TIME.search(rest)
    if not found:
        return timedelta()
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    minute, second = int(found[2]), min(int(found[3] or 0), 59)
    if hour > 24 or minute > 59:
        raise ValueError(rest)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(rest: str) -> timedelta:
    time = _TIME.search(rest)
    tail = rest[time.end() :] if time else rest
    found = _OFFSET.search(tail)
    if found:
        minutes = int(found[2]) * 60 + int(found[3])
        if minutes > 24 * 60:
            return timedelta()
        return timedelta(minutes=minutes if found[1] == "+" else -minutes)
    for word in _NAMED.findall(tail):
        if word.lower() in _ZONES:
            return timedelta(hours=_ZONES[word.lower()])
    return timedelta()
