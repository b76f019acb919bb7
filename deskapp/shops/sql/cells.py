"""What a database gives, as the text that the reader of order files reads, with nothing lost."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from deskapp.domain.plain import plain_text

_FRACTION = 6  # digits of a binary fraction that are meant; a sum of prices has noise behind them
_LONGEST = 4000


def cell_text(value: object) -> str:
    """One value. Numbers are written so that no reader takes their point for thousands: "1.2490".

    What is no plain value (JSON, arrays, bytes) is shown as it is, and is no number and no date.
    """
    write = _WRITERS.get(type(value))
    return write(value) if write else str(value)[:_LONGEST]


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        return f"? {value}"  # "NaN" alone would read as an empty cell
    digits = f"{value:f}"
    if "." not in digits:
        return digits
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == 3:
        fraction += "0"
    return f"{whole}.{fraction}" if fraction else whole


def _float(value: float) -> str:
    exact = Decimal(f"{value:.15g}")
    return _decimal(round(exact, _FRACTION) if exact.is_finite() else exact)


def _bytes(value: bytes) -> str:
    return plain_text(bytes(value).decode("utf-8", "replace"))[:_LONGEST]


_WRITERS: Mapping[type, Callable[..., str]] = {
    type(None): lambda _value: "",
    str: lambda value: plain_text(value)[:_LONGEST],
    int: str,
    bool: lambda value: str(int(value)),
    Decimal: _decimal,
    float: _float,
    datetime: lambda value: value.isoformat(" ", "seconds"),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
    UUID: str,
    bytes: _bytes,
    bytearray: _bytes,
    memoryview: _bytes,
    dict: lambda value: json.dumps(value, default=str, ensure_ascii=False)[:_LONGEST],
    list: lambda value: json.dumps(value, default=str, ensure_ascii=False)[:_LONGEST],
}
