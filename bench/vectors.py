"""Agreement with header values and their answers (stalwart's resources/*.json), kind by kind."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from bench.stalwart import addresses
from deskapp.mail.parse.addresses import read_addresses
from deskapp.mail.parse.dates import read_date
from deskapp.mail.parse.filenames import stated_name
from deskapp.mail.parse.headers import decode_text, message_ids
from deskapp.mail.parse.parameters import read_parameters
from deskapp.mail.parse.strict import tidy

_NEXT_HEADER = re.compile(r"\r?\n(?![ \t]).*", re.DOTALL)
Vector = tuple[str, Any, Any]


def differences(folder: Path) -> Iterator[tuple[str, int, list[Vector]]]:
    """(kind, how many vectors, those that differ as (header, wanted, read))."""
    for kind, read in _KINDS.items():
        vectors = json.loads((folder / f"resources/{kind}.json").read_text("utf-8"))
        differing: list[Vector] = []
        for vector in vectors:
            # what follows an unfolded line break is another header, as the reader gets them
            header = _NEXT_HEADER.sub("", vector["header"].lstrip("\r\n"))
            wanted, found = read(header.encode(), vector["expected"])
            if wanted != found:
                differing.append((vector["header"], wanted, found))
        yield kind, len(vectors), differing


def _addresses(header: bytes, expected: Any) -> tuple[Any, Any]:
    wanted = [(_flat(name), address) for name, address in addresses(expected)]
    return wanted, [(each.name, each.address) for each in read_addresses([header])]


def _text(header: bytes, expected: Any) -> tuple[Any, Any]:
    return _flat(expected), _flat(decode_text(header))


def _ids(header: bytes, expected: Any) -> tuple[Any, Any]:
    wanted = expected if isinstance(expected, list) else [expected] if expected else []
    return wanted, list(message_ids(header))


def _date(header: bytes, expected: Any) -> tuple[Any, Any]:
    found = read_date(header.rpartition(b";")[2])
    if not expected:
        return None, found
    offset = timedelta(hours=expected["tz_hour"], minutes=expected["tz_minute"])
    zone = timezone(-offset if expected["tz_before_gmt"] else offset)
    try:
        units = ("year", "month", "day", "hour", "minute", "second")
        return datetime(*(expected[unit] for unit in units), tzinfo=zone), found
    except ValueError:
        return None, found


def _content_type(header: bytes, expected: Any) -> tuple[Any, Any]:
    value, read = read_parameters(header)
    expected = expected or {}
    wanted = "/".join(word for word in (expected.get("c_type"), expected.get("c_subtype")) if word)
    pairs = (
        (each["name"], each["value"]) if isinstance(each, dict) else each
        for each in expected.get("attributes") or ()
    )
    stated = {name.lower(): _flat(text) for name, text in pairs if "-language" not in name}
    found = {name: _flat(stated_name({"filename": text}, {})) for name, text in read.items()}
    return (wanted.lower(), stated), (value.lower(), found)


def _flat(text: str | None) -> str:
    return tidy(" ".join((text or "").split()))


_KINDS: dict[str, Callable[[bytes, Any], tuple[Any, Any]]] = {
    "address": _addresses,
    "unstructured": _text,
    "date": _date,
    "content_type": _content_type,
    "id": _ids,
}
