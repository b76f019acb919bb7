"""Dates as shops and spreadsheet programs write them, in five languages."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from deskapp.domain.order_files import DateOrder

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar янв января январь jän jänner",
            "feb february februar фев февр февраля февраль",
            "mar march märz mrz мар марта март mär",
            "apr april апр апреля апрель",
            "may mai мая май",
            "jun june juni июн июня июнь",
            "jul july juli июл июля июль",
            "aug august авг августа август",
            "sep sept september сен сент сентября сентябрь",
            "oct october okt oktober окт октября октябрь",
            "nov november ноя нояб ноября ноябрь",
            "dec december dez dezember дек декабря декабрь",
        ),
        1,
    )
    for name in names.split()
}
# Zone letters that mean one offset wherever shops write them; "CST" and "IST" do not.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "est": -5, "edt": -4,
    "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "msk": 3, "мск": 3, "ict": 7,
}  # fmt: skip
_TIME = re.compile(
    r"(?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9])(?:[.,][0-9]{1,9})?)?"
    r"\s?(?P<half>[ap]\.?m\.?|sa|ch)?(?![0-9])",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])([01][0-9]):?([0-5][0-9])$", re.IGNORECASE)
_HAN_HALF = {"上午": " am", "下午": " pm"}
_HAN_DATE = re.compile(r"([0-9]{4})\s?[年-]\s?([0-9]{1,2})\s?[月-]\s?([0-9]{1,2})\s?日?")
_VIETNAMESE = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2})(?:,| năm)? ([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_NAMED = (
    re.compile(r"(?P<day>[0-9]{1,2})\.?[ -]?(?P<month>[^\W\d_]{3,9})\.?,?[ -](?P<year>[0-9]{2,4})"),
    re.compile(r"(?P<month>[^\W\d_]{3,9})\.?[ -](?P<day>[0-9]{1,2}),?[ -](?P<year>[0-9]{2,4})"),
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,\s*|\s*星期.$|\s+г\.?$|\s*(?:uhr)$", re.IGNORECASE)
_LONGEST = 60
_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2100


class NotADate(ValueError):
    """The text is not a date, or could be two different ones in a file that uses both orders."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """How "01/03/26" is read in this file.

    ``proven`` are the orders that unmistakable dates of the file show; ``hint`` decides where
    they show none or several.
    """

    proven: frozenset[DateOrder] = frozenset()
    hint: DateOrder | None = None

    @property
    def order(self) -> DateOrder | None:
        """None when the file contradicts itself and nobody gave a hint."""
        if len(self.proven) == 1:
            return next(iter(self.proven))
        if self.hint is not None:
            return self.hint
        return None if self.proven else DateOrder.DAY_FIRST


@dataclass(frozen=True, slots=True)
class ReadDate:
    """``at`` is UTC; the flags say what the text itself did not say."""

    at: datetime
    order_needed: bool
    zone_needed: bool


def proven_order(texts: Iterable[str], hint: DateOrder | None = None) -> DateReading:
    """What the dates among ``texts`` that can be read in one way only say about the others."""
    proven: set[DateOrder] = set()
    for text in texts:
        match = _NUMERIC.search(text) if len(text) <= _LONGEST else None
        if match and match.group(2) != ".":
            proven.update(_proof(match, hint))
    return DateReading(frozenset(proven), hint)


def _proof(match: re.Match[str], hint: DateOrder | None) -> tuple[DateOrder, ...]:
    """The one order in which these three numbers are a date, or nothing."""
    first, second = int(match.group(1)), int(match.group(3))
    short = len(match.group(4)) == 2
    if first > 31 and short:
        return (DateOrder.YEAR_FIRST,)
    if hint is DateOrder.YEAR_FIRST and short:
        return ()  # "25/07/26": the team says that its files mean 2025
    if first > 12 >= second:
        return (DateOrder.DAY_FIRST,)
    return (DateOrder.MONTH_FIRST,) if second > 12 >= first else ()


def date_reader(reading: DateReading, zone: tzinfo) -> Callable[[str], ReadDate]:
    """A function from a cell's text to its date; it raises NotADate. Repeated texts are free."""

    @lru_cache(maxsize=8192)
    def read(text: str) -> ReadDate:
        if len(text) > _LONGEST:
            raise NotADate
        try:
            return _read(text, reading, zone)
        except (ValueError, OverflowError) as fault:
            raise NotADate from fault

    return read


def _read(text: str, reading: DateReading, zone: tzinfo) -> ReadDate:
    rest = unicodedata.normalize("NFKC", text).strip()
    for han, latin in _HAN_HALF.items():
        if han in rest:
            rest = rest.replace(han, " ") + latin
    rest, own_zone = _without_zone(rest)
    rest, clock = _without_time(rest)
    rest = _WEEKDAY.sub("", _WEEKDAY.sub("", rest.strip(" ,T"))).strip(" ,T")
    year, month, day, order_needed = _calendar_date(rest, reading)
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise NotADate
    local = datetime(year, month, day, *clock, tzinfo=own_zone or zone)
    return ReadDate(local.astimezone(UTC), order_needed, own_zone is None)


def _without_zone(text: str) -> tuple[str, tzinfo | None]:
    if ":" not in text:
        return text, None  # only a time of day has a zone; "2026-03-0100" is no offset
    if match := _OFFSET.search(text):
        minutes = int(match.group(2)) * 60 + int(match.group(3))
        sign = -1 if match.group(1) == "-" else 1
        return text[: match.start()], timezone(sign * timedelta(minutes=minutes))
    name = re.search(r"(?<=[0-9 ])([^\W\d_]{1,4})$", text)
    if name and (hours := _ZONES.get(name.group(1).casefold())) is not None:
        return text[: name.start()], timezone(timedelta(hours=hours))
    return text, None


def _without_time(text: str) -> tuple[str, tuple[int, int, int]]:
    match = _TIME.search(text)
    if match is None:
        return text, (0, 0, 0)
    rest = text[: match.start()] + " " + text[match.end() :]
    half = (match.group("half") or "").replace(".", "").casefold()
    if not half and (stray := re.search(r"\b[ap]m$", rest)):
        half, rest = stray.group(), rest[: stray.start()]
    hour = int(match.group("hour"))
    if half and not 1 <= hour <= 12 and half in ("am", "sa"):
        raise NotADate
    if half in ("pm", "ch") and hour < 12:
        hour += 12
    elif half in ("am", "sa") and hour == 12:
        hour = 0
    return rest, (hour, int(match.group("minute")), int(match.group("second") or 0))


def _calendar_date(text: str, reading: DateReading) -> tuple[int, int, int, bool]:
    """Year, month, day, and whether the file's date order was needed to tell them apart."""
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match.group(1)), int(match.group(3)), int(match.group(4)), False
    if match := _HAN_DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        return int(match.group(1)), int(match.group(2)), int(match.group(3)), False
    if match := _VIETNAMESE.fullmatch(text.casefold()):
        return int(match.group(3)), int(match.group(2)), int(match.group(1)), False
    for pattern in _NAMED:
        match = pattern.fullmatch(text)
        month = _MONTHS.get(match.group("month").casefold()) if match else None
        if match and month:
            return _full_year(match.group("year")), month, int(match.group("day")), False
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match, reading)
    raise NotADate


def _numeric(match: re.Match[str], reading: DateReading) -> tuple[int, int, int, bool]:
    first, second, last = int(match.group(1)), int(match.group(3)), match.group(4)
    if match.group(2) == ".":  # German and Russian; nobody writes the month first with points
        return _full_year(last), second, first, False
    proof = _proof(match, reading.hint)
    order = proof[0] if proof else reading.order
    if order is None:
        raise NotADate
    needed = not proof and first != second
    if order is DateOrder.YEAR_FIRST and len(last) == 2:
        return 2000 + first, second, int(last), True
    if order is DateOrder.MONTH_FIRST:
        return _full_year(last), first, second, needed
    return _full_year(last), second, first, needed


def _full_year(digits: str) -> int:
    return int(digits) + 2000 if len(digits) == 2 else int(digits)
