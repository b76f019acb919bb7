"""Opens a line to an IMAP server and signs in. Anything odd before sign-in closes the line."""

import contextlib
import imaplib
import ssl
from collections.abc import Iterator
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
)

import deskapp
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind

from .lines import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    Details,
    check_security,
    clean_argument,
    line_faults,
    said,
    tls_context,
)
from .providers import wants_id

LARGEST_LITERAL = 64 * 1024 * 1024
LARGEST_LINE = 8 * 1024 * 1024
"""imaplib's own limit of 1 000 000 letters is too short for the UIDs of 130 000 mails."""

_BUSY = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")  # RFC 5530


@contextlib.contextmanager
def imap_faults(server: Server) -> Iterator[None]:
    """What IMAPClient and imaplib raise inside leaves as a Problem."""
    where: Details = {"host": server.host, "port": server.port}
    with line_faults(server):
        try:
            yield
        except ssl.SSLError:
            raise  # a ValueError too, of which more is known than that
        except IMAPClientAbortError as error:
            raise Problem(ProblemKind.OFFLINE, **where, said=said(error)) from error
        except (IMAPClientError, ValueError, AssertionError, RecursionError) as error:
            # IMAPClient's readers meet nonsense from a server with any of these.
            raise Problem(ProblemKind.SERVER_REFUSED, **where, said=said(error)) from error


def connect(server: Server, *, answer_seconds: float = ANSWER_SECONDS) -> IMAPClient:
    """A protected line, not signed in yet.

    Raises Problem OFFLINE, TLS_UNTRUSTED, TLS_UNAVAILABLE, SERVER_REFUSED or PLAIN_NOT_LOOPBACK.
    """
    check_security(server)
    with imap_faults(server):
        client = IMAPClient(
            clean_argument(server.host, "host"),
            server.port,
            ssl=server.security is Security.TLS,
            ssl_context=tls_context() if server.security is Security.TLS else None,
            timeout=SocketTimeout(CONNECT_SECONDS, answer_seconds),
        )
    try:
        _bounded(client)
        _protected(client, server)
    except BaseException:
        drop(client)
        raise
    return client


def _bounded(client: IMAPClient) -> None:
    """Caps what one literal and one line may hold, and silences imaplib's trace of every line."""
    imap: Any = client._imap
    imap.debug = 0

    def read(size: int) -> bytes:
        if size > LARGEST_LITERAL:
            raise imaplib.IMAP4.abort(f"a literal of {size} bytes")
        got: bytes = imap.file.read(size)
        return got

    def readline() -> bytes:
        line: bytes = imap.file.readline(LARGEST_LINE + 1)
        if len(line) > LARGEST_LINE:
            raise imaplib.IMAP4.abort("a line without end")
        return line

    imap.read = read
    imap.readline = readline


def _protected(client: IMAPClient, server: Server) -> None:
    if client._imap.state != "NONAUTH":
        # PREAUTH makes STARTTLS impossible and would leave the session in plain text
        # (CVE-2020-12398); no server of a support address greets like that.
        raise Problem(
            ProblemKind.TLS_UNAVAILABLE, host=server.host, port=server.port, said="PREAUTH"
        )
    if server.security is not Security.STARTTLS:
        return
    try:
        with imap_faults(server):
            client.starttls(tls_context())
    except Problem as problem:
        if problem.kind is not ProblemKind.SERVER_REFUSED:
            raise
        raise Problem(ProblemKind.TLS_UNAVAILABLE, **problem.details) from problem
    # RFC 3501, 6.2.1: what was said before TLS is forgotten.
    client._imap.untagged_responses.clear()
    client._cached_capabilities = None


def sign_in(client: IMAPClient, server: Server, password: str) -> None:
    """Signs in, and introduces us where a server wants that before EXAMINE.

    Raises Problem SIGN_IN_REFUSED with the server's words, or as ``connect``.
    """
    user = clean_argument(server.user, "user")
    clean_argument(password, "password")
    client._imap.untagged_responses.pop("CAPABILITY", None)
    with imap_faults(server):
        try:
            if (user + password).isascii():
                client.login(user, password)
            else:
                client.plain_login(user, password)
        except CapabilityError as error:
            raise Problem(ProblemKind.SIGN_IN_REFUSED, host=server.host, said="") from error
        except LoginError as error:
            raise _refusal(error, server) from error
        client._cached_capabilities = None
        if wants_id(server.host) or client.has_capability("ID"):
            _introduce(client)


def _refusal(error: LoginError, server: Server) -> Problem:
    words = said(error)
    where: Details = {"host": server.host, "port": server.port, "said": words}
    if isinstance(error.__context__, IMAPClientAbortError):
        return Problem(ProblemKind.OFFLINE, **where)
    if any(code in words.upper() for code in _BUSY):
        return Problem(ProblemKind.SERVER_REFUSED, **where)
    return Problem(ProblemKind.SIGN_IN_REFUSED, **where)


def _introduce(client: IMAPClient) -> None:
    """ID (RFC 2971): NetEase refuses to open folders for a program without a name."""
    fields = {"name": "deskapp", "version": deskapp.__version__, "vendor": "deskapp"}
    listed = " ".join(f'"{name}" "{value}"' for name, value in fields.items())
    # By hand, because IMAPClient's id_() insists on the capability, which NetEase hides at times;
    # a server that does not like it answers NO or BAD, and nothing is lost.
    with contextlib.suppress(IMAPClientError):
        client._imap._simple_command("ID", f"({listed})")


def drop(client: IMAPClient) -> None:
    """Closes the line without a word; for lines in an unknown state."""
    with contextlib.suppress(OSError, IMAPClientError):
        client.shutdown()
