"""Fetching pictures: https only, no cookie, no referrer, to the very address that was checked."""

import http.client
import logging
import re
import ssl
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urljoin, urlsplit

from deskapp.domain.mail import FetchedPictures

from .line import Line
from .places import NotPublic, Resolve, public_addresses

log = logging.getLogger(__name__)

LARGEST = 5 * 1024 * 1024
MOST_AT_ONCE = 4
SECONDS = 10.0  # for one picture, redirects included
SECONDS_ALL = 30.0
MOST_REDIRECTS = 4
_PIECE = 64 * 1024
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_WEBP = re.compile(rb"RIFF....WEBP", re.DOTALL)
_REDIRECTS = (301, 302, 303, 307, 308)


class NoPicture(Exception):
    """Why one picture is not shown: a short stable word."""


def fetch_pictures(
    addresses: Mapping[str, str],
    resolve: Resolve = public_addresses,
    context: ssl.SSLContext | None = None,
) -> FetchedPictures:
    """Gets each picture of ``addresses`` (name → https address); blocks for SECONDS_ALL at most.

    ``resolve`` says where to connect for a host and raises NotPublic; it is asked anew at each
    redirect. ``context`` is for a test's own authority.
    """
    trust = context or ssl.create_default_context()
    end = time.monotonic() + SECONDS_ALL
    with ThreadPoolExecutor(MOST_AT_ONCE, "pictures") as threads:
        started = {
            name: threads.submit(_fetch_or_say, address, resolve, trust, end)
            for name, address in addresses.items()
        }
        results = {name: future.result() for name, future in started.items()}
    return FetchedPictures(
        {name: one for name, one in results.items() if isinstance(one, bytes)},
        {name: one for name, one in results.items() if isinstance(one, str)},
    )


def _fetch_or_say(address: str, resolve: Resolve, trust: ssl.SSLContext, end: float) -> bytes | str:
    end = min(end, time.monotonic() + SECONDS)
    try:
        return _fetch(address, resolve, trust, end)
    except NoPicture as why:
        return str(why)
    except NotPublic:
        return "private"
    except ssl.SSLCertVerificationError:
        return "untrusted"
    except TimeoutError:
        return "too_slow"
    except (OSError, http.client.HTTPException, ValueError) as fault:
        log.info("a picture did not come: %s", type(fault).__name__)
        return "unreachable" if time.monotonic() < end else "too_slow"


def _fetch(address: str, resolve: Resolve, trust: ssl.SSLContext, end: float) -> bytes:
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(address, resolve, trust, end)
        if isinstance(answer, bytes):
            return answer
        address = urljoin(address, answer)
    raise NoPicture("too_many_redirects")


def _ask(address: str, resolve: Resolve, trust: ssl.SSLContext, end: float) -> bytes | str:
    """A picture's bytes, or the address that the server sends us to."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise NoPicture("not_https")
    host, port = parts.hostname.encode("idna").decode("ascii"), parts.port or 443
    line = Line(host, port, resolve(host, port), trust, end)
    with line.limited():
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
        line.putrequest("GET", path + query, skip_accept_encoding=True)
        line.putheader("User-Agent", "Mozilla/5.0")
        line.putheader("Accept", "image/webp,image/png,image/jpeg,image/gif")
        line.putheader("Connection", "close")
        line.endheaders()
        answer = line.getresponse()
        if answer.status in _REDIRECTS:
            return answer.getheader("Location") or ""
        if answer.status != 200:
            raise NoPicture("refused")
        return _read(answer, line, end)


def _read(answer: http.client.HTTPResponse, line: Line, end: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in _pieces(answer, line, end):
        if not pieces and not (piece.startswith(_MAGIC) or _WEBP.match(piece)):
            raise NoPicture("no_picture")
        size += len(piece)
        if size > LARGEST:
            raise NoPicture("too_large")
        pieces.append(piece)
    if not pieces:
        raise NoPicture("no_picture")
    return b"".join(pieces)


def _pieces(answer: http.client.HTTPResponse, line: Line, end: float) -> Iterable[bytes]:
    while True:
        line.wait_at_most(end)
        piece = answer.read1(_PIECE)
        if not piece:
            return
        if len(piece) < 16:  # too short to tell what it is
            piece += answer.read(16)
        yield piece
