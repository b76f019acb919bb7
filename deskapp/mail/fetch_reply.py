"""Reads what a server answers to FETCH, one reply at a time: a bad one spoils only itself.

IMAPClient's reader gives a reply without UID the number of its sequence, raises for a whole batch
and recurses as deep as the server wishes (knowledge/reliability.md, finding 5). This one takes
only what we ask for and believes no reply that does not name its UID.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from .uid_sets import LARGEST_UID

Piece = bytes | tuple[bytes, bytes] | None
"""As imaplib hands it over: (text up to a literal, the literal), or the text that ends a reply."""

_START = re.compile(rb"\d+ \(")
_LITERAL = re.compile(rb"~?\{\d+\}$")  # with a tilde: RFC 3516, bytes that may hold NUL
_ITEM = re.compile(
    rb' *([A-Za-z0-9.\-]+(?:\[\])?)(?:<(\d+)>)? +(NIL|\d+|"(?:[^"\\]|\\.)*"|\{#\d+\}|\([^()]*\))',
    re.IGNORECASE,
)
_END = re.compile(rb" *\) *$")
_DATE = re.compile(rb'"([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"')
_MONTHS = {
    name: number
    for number, name in enumerate(
        b"jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}


@dataclass(frozen=True, slots=True)
class MailReply:
    """One FETCH reply. ``raw`` is None where the server gave NIL or was not asked. ``origin`` is
    the place of ``raw`` in the mail, where the server says that it is a part.
    """

    uid: int
    raw: bytes | None = None
    size: int | None = None
    internal_at: datetime | None = None
    origin: int | None = None


def replies(pieces: Iterable[Piece]) -> Iterator[MailReply]:
    """The replies that can be believed; others are left out."""
    head = b""
    literals: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, tuple):
            head += _LITERAL.sub(b"{#%d}" % len(literals), piece[0])
            literals.append(piece[1])
            continue
        reply = _reply(head + (piece or b""), literals)
        if reply is not None:
            yield reply
        head, literals = b"", []


def _reply(text: bytes, literals: list[bytes]) -> MailReply | None:
    start = _START.match(text)
    if start is None:
        return None
    values: dict[bytes, bytes] = {}
    origin = None
    position = start.end()
    while item := _ITEM.match(text, position):
        if item[1].upper() in values:
            return None  # two UIDs or two bodies in one reply: which of them is meant?
        values[item[1].upper()] = item[3]
        origin = item[2] or origin
        position = item.end()
    if not _END.match(text, position):
        return None
    uid = values.get(b"UID", b"")
    if not uid.isdigit() or not 0 < int(uid) <= LARGEST_UID:
        return None
    size = values.get(b"RFC822.SIZE", b"")
    return MailReply(
        int(uid),
        _body(values.get(b"BODY[]", b"NIL"), literals),
        int(size) if size.isdigit() else None,
        internal_date(values.get(b"INTERNALDATE", b"")),
        int(origin) if origin else None,
    )


def _body(value: bytes, literals: list[bytes]) -> bytes | None:
    if value.startswith(b"{#"):
        number = int(value[2:-1])
        return literals[number] if number < len(literals) else None
    if value.startswith(b'"'):
        return re.sub(rb"\\(.)", rb"\1", value[1:-1])
    return None


def internal_date(text: bytes) -> datetime | None:
    """INTERNALDATE in its quotes as UTC; None where it is none."""
    found = _DATE.match(text)
    month = _MONTHS.get(found[2].lower()) if found else None
    if found is None or month is None:
        return None
    ahead = timedelta(hours=int(found[8]), minutes=int(found[9]))
    try:
        zone = timezone(ahead if found[7] == b"+" else -ahead)
        moment = datetime(
            int(found[3]),
            month,
            int(found[1]),
            int(found[4]),
            int(found[5]),
            int(found[6]),
            tzinfo=zone,
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
