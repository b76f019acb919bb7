"""What a value in a canned reply may pass through: ``{{ order.date | date: "%d.%m.%Y" }}``.

Our own small set in place of Liquid's sixty. None can grow text without bound (``replace``,
``times``), read the clock (``date: "now"``) or lose a missing value on its way to the page: what is
missing goes in and comes out missing, whatever is done to it. Only ``default`` replaces it.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import wraps

from liquid.exceptions import FilterArgumentError
from liquid.undefined import Undefined

Filter = Callable[..., object]

_DIRECTIVES: dict[str, str] = {
    "%d": "{0.day:02d}",
    "%e": "{0.day}",
    "%m": "{0.month:02d}",
    "%Y": "{0.year:04d}",
    "%H": "{0.hour:02d}",
    "%M": "{0.minute:02d}",
    "%%": "%",
}
_directive = re.compile("%.?", re.DOTALL)


def _keeps_missing(work: Filter) -> Filter:
    @wraps(work)
    def guarded(value: object, *arguments: object) -> object:
        for part in (value, *arguments):
            if isinstance(part, Undefined):
                return part
        return work(value, *arguments)

    return guarded


def _default(value: object, fallback: object = "") -> object:
    """The fallback when the value is missing, empty or false."""
    if isinstance(value, Undefined) or value is None or value is False or value == "":
        return fallback
    return value


@_keeps_missing
def _upcase(value: object) -> object:
    return str(value).upper()


@_keeps_missing
def _downcase(value: object) -> object:
    return str(value).lower()


@_keeps_missing
def _capitalize(value: object) -> object:
    text = str(value)
    return text[:1].upper() + text[1:].lower()


@_keeps_missing
def _strip(value: object) -> object:
    return str(value).strip()


@_keeps_missing
def _append(value: object, more: object) -> object:
    return f"{value}{more}"


@_keeps_missing
def _prepend(value: object, before: object) -> object:
    return f"{before}{value}"


@_keeps_missing
def _remove(value: object, part: object) -> object:
    return str(value).replace(str(part), "")


@_keeps_missing
def _truncate(value: object, length: object = 50, ellipsis: object = "…") -> object:
    """The first letters; ``length`` counts the ellipsis, as Liquid does."""
    text = str(value)
    if not isinstance(length, int):
        raise FilterArgumentError("truncate needs a whole number", token=None)
    if len(text) <= length:
        return text
    return text[: max(length - len(str(ellipsis)), 0)] + str(ellipsis)


@_keeps_missing
def _date(value: object, pattern: object = "%Y-%m-%d") -> object:
    """A date in figures; names of months would come in the language of the machine."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return value
    if not isinstance(value, date):
        raise FilterArgumentError("date needs a date", token=None)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)

    def figures(match: re.Match[str]) -> str:
        if match[0] not in _DIRECTIVES:
            raise FilterArgumentError(f"date does not know {match[0]}", token=None)
        return _DIRECTIVES[match[0]].format(moment)

    return _directive.sub(figures, str(pattern))


FILTERS: dict[str, Filter] = {
    "append": _append,
    "capitalize": _capitalize,
    "date": _date,
    "default": _default,
    "downcase": _downcase,
    "prepend": _prepend,
    "remove": _remove,
    "strip": _strip,
    "truncate": _truncate,
    "upcase": _upcase,
}
