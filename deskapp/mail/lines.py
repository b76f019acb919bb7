"""What every line to a mail server keeps to: verified TLS, no plain text off this machine."""

import ast
import errno
import io
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from deskapp.domain.hosts import is_loopback
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind

CONNECT_SECONDS = 20.0
ANSWER_SECONDS = 60.0

Details = dict[str, str | int | None]

_NO_WAY = {
    number
    for name in (
        *("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EHOSTDOWN", "EADDRNOTAVAIL"),
        *("WSAENETUNREACH", "WSAEHOSTUNREACH", "WSAENETDOWN", "WSAEADDRNOTAVAIL"),
    )
    if (number := getattr(errno, name, None)) is not None
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SAID = 300  # letters of a server's own words that are kept
_SPELT_BYTES = re.compile(r"""\[?(b'(?:[^'\\]|\\.)*'|b"(?:[^"\\]|\\.)*")\]?""")


def tls_context() -> ssl.SSLContext:
    """Verifies chain and host name; SSL_CERT_FILE adds an authority of the operator's own."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def check_security(server: Server) -> None:
    """Raises ``Problem(PLAIN_NOT_LOOPBACK)`` for an unprotected line that leaves this machine."""
    if server.security is Security.NONE and not is_loopback(server.host):
        raise Problem(ProblemKind.PLAIN_NOT_LOOPBACK, host=server.host, port=server.port)


def clean_argument(text: str, what: str) -> str:
    """``text`` as it is, or ``Problem(INVALID)``: CR, LF or NUL would start another command.

    No other control character or lone surrogate belongs into an argument either.
    """
    if _CONTROL.search(text):
        raise Problem(ProblemKind.INVALID, what=what)
    return text


def ascii_argument(text: str, what: str) -> str:
    """As ``clean_argument``, for what a server reads as ASCII."""
    if not text.isascii():
        raise Problem(ProblemKind.INVALID, what=what)
    return clean_argument(text, what)


def said(words: object) -> str:
    """A server's own words, short enough to be shown."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    text = _SPELT_BYTES.sub(_unspelt, text)
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:_SAID]


def _unspelt(found: re.Match[str]) -> str:
    """imaplib puts a server's words into its exceptions as Python spells bytes."""
    try:
        spelt: bytes = ast.literal_eval(found[1])
    except (ValueError, SyntaxError):
        return found[0]
    return spelt.decode("utf-8", "replace")


def waiting(line: socket.socket, file: io.BufferedReader) -> bool:
    """Whether the other side has said something that nobody has read yet."""
    before = line.gettimeout()
    line.settimeout(0)
    try:
        return bool(file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        line.settimeout(before)


@contextmanager
def line_faults(server: Server) -> Iterator[None]:
    """What sockets and TLS raise inside leaves as a Problem."""
    where: Details = {"host": server.host, "port": server.port}
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Problem(
            ProblemKind.TLS_UNTRUSTED, **where, said=said(error.verify_message)
        ) from error
    except ssl.SSLError as error:
        kind = ProblemKind.OFFLINE if _cut(error) else ProblemKind.TLS_UNAVAILABLE
        raise Problem(kind, **where, said=said(error.reason or error)) from error
    except socket.gaierror as error:
        told = said(error.strerror)
        raise Problem(ProblemKind.OFFLINE, **where, said=told, why="no_name") from error
    except OSError as error:
        raise Problem(
            ProblemKind.OFFLINE, **where, said=said(error), why=why_broken(error)
        ) from error


def why_broken(error: OSError) -> str | None:
    """What the network says in numbers, told apart without its words, which differ by system."""
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, TimeoutError):
        return "silent"
    return "unreachable" if error.errno in _NO_WAY else None


def _cut(error: ssl.SSLError) -> bool:
    return isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError)
