"""What a shop's server answered: its bytes within bounds, its JSON, and what its status means."""

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, DecimalException
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from typing import TypeAlias
from urllib.parse import urlsplit

from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

LARGEST = 5 * 1024 * 1024  # bytes, packed and unpacked alike
LONGEST_WAIT = 3600  # seconds; who asks for more is asked again after that
_PIECE = 64 * 1024
_SHOWN = 200
_USUAL_WAIT = 10
_TAGS = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)|<[^>]*>", re.DOTALL | re.IGNORECASE)

Json: TypeAlias = "bool | int | Decimal | str | Sequence[Json] | Mapping[str, Json] | None"


class Unreadable(Exception):
    """The answer is no JSON; the text is a short reason for people who help."""


class TooLarge(Exception):
    """The answer is larger than what is read here."""

    def __init__(self) -> None:
        super().__init__()
        self.problem = Problem(ProblemKind.TOO_LARGE, what="shop_answer", limit=LARGEST)


@dataclass(frozen=True, slots=True)
class Answered:
    """``headers`` by name in lower case; ``words`` is the beginning of the text, without tags."""

    status: int
    headers: Mapping[str, str]
    data: Json
    words: str

    @property
    def wait(self) -> int:
        """Seconds that the server asks to be left alone (RFC 9110 10.2.3), 0 if it does not."""
        return _seconds(self.headers.get("retry-after", ""), self.headers.get("date", ""))


def body_of(answer: HTTPResponse, wait: Callable[[], None]) -> bytes:
    """The whole body, unpacked. ``wait`` is called before each read. Raises TooLarge."""
    if (answer.length or 0) > LARGEST:
        raise TooLarge
    encoding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    pieces = _wire(answer, wait)
    if encoding in ("gzip", "x-gzip", "deflate"):
        pieces = _unpacked(pieces)
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > LARGEST:
            raise TooLarge
    return bytes(whole)


def _wire(answer: HTTPResponse, wait: Callable[[], None]) -> Iterator[bytes]:
    seen = 0
    while True:
        wait()
        piece = answer.read1(_PIECE)
        if not piece:
            if answer.length:
                raise ConnectionResetError("the answer ends in the middle")
            return
        seen += len(piece)
        if seen > LARGEST:
            raise TooLarge
        yield piece


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A few bytes may unpack to gigabytes, so that never more than a piece is unpacked at once."""
    packer = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        for piece in pieces:
            while piece and not packer.eof:
                yield packer.decompress(piece, _PIECE)
                piece = packer.unconsumed_tail
    except zlib.error as fault:
        raise ConnectionResetError("packed bytes are damaged") from fault
    if not packer.eof:
        raise ConnectionResetError("the answer ends in the middle")


def json_of(body: bytes, content_type: str) -> Json:
    """The body as JSON, fractions as Decimal; None for an empty one. Raises Unreadable."""
    if not body.strip():
        return None
    if "json" not in content_type.partition(";")[0].lower():
        raise Unreadable("no JSON")
    try:
        data: Json = json.loads(
            body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number
        )
    except (ValueError, RecursionError, DecimalException) as fault:
        raise Unreadable("broken JSON") from fault
    return data


def _no_number(text: str) -> Json:
    raise ValueError(text)


def words_of(body: bytes) -> str:
    """The beginning of whatever came, as one line for people."""
    text = body[: 16 * 1024].decode("utf-8", errors="replace")
    return one_line(_TAGS.sub(" ", text), _SHOWN)


def refusal(answered: Answered, path: str) -> Problem:
    """What an HTTP status means, where the vendor gives it no meaning of its own."""
    status, words = answered.status, answered.words
    if 300 <= status < 400:
        return Problem(ProblemKind.REDIRECTED, to=_origin(answered.headers.get("location", "")))
    if status == 401:
        return Problem(ProblemKind.SIGN_IN_REFUSED, said=words)
    if status == 403 and answered.data is not None:
        return Problem(ProblemKind.SCOPE_MISSING, said=words)
    if status == 404:
        return Problem(ProblemKind.NOT_FOUND, what="shop_path", value=path)
    if status == 409:
        return Problem(ProblemKind.CHANGED_MEANWHILE, what="order", said=words)
    if status == 429:
        return Problem(ProblemKind.SLOW_DOWN, wait=answered.wait or _USUAL_WAIT)
    if status >= 500:
        return Problem(
            ProblemKind.SERVER_DOWN, code=str(status), said=words, wait=answered.wait or None
        )
    return Problem(ProblemKind.SERVER_REFUSED, said=words or str(status))


def denied(answered: Answered) -> bool:
    """Whether a shop says in so many words that it has not done what was asked.

    The status alone says so little: pages of whatever stands before a shop come with any status,
    also after the shop has done its work. Rate and sign-in are looked at before that work begins.
    """
    if answered.status in (401, 429):
        return True
    told = isinstance(answered.data, Mapping)
    return told and 400 <= answered.status < 500 and answered.status != 408


def clock_apart(answered: Answered) -> int | None:
    """Seconds our clock is ahead of the server's (RFC 9110 6.6.1), None where it tells no time."""
    try:
        told = parsedate_to_datetime(answered.headers["date"])
        return round((datetime.now(UTC) - told).total_seconds())
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _origin(location: str) -> str:
    """Where a redirect leads, less path and query, which may carry anything."""
    try:
        parts = urlsplit(location)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return one_line(f"{parts.scheme}://{host}", _SHOWN) if host else ""


def _seconds(text: str, now: str) -> int:
    if text.strip().isdecimal():
        return min(int(text.strip()[:9]), LONGEST_WAIT)
    try:
        begin = parsedate_to_datetime(now) if now else datetime.now(UTC)
        seconds = (parsedate_to_datetime(text) - begin).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return 0
    return max(0, min(round(seconds), LONGEST_WAIT))
