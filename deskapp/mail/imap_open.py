"""Opens a line to an IMAP server and signs in. Anything odd before sign-in closes the line."""

import contextlib
import ssl
from collections.abc import Iterator

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

from . import providers
from .imap_line import Bye, PlainLine, TlsLine
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


@contextlib.contextmanager
def imap_faults(server: Server) -> Iterator[None]:
    """What IMAPClient and imaplib raise inside leaves as a Problem."""
    where: Details = {"host": server.host, "port": server.port}
    with line_faults(server):
        try:
            yield
        except ssl.SSLError:
            raise  # a ValueError too, of which more is known than that
        except Bye as error:
            raise refused(server, said(error)) from error
        except IMAPClientAbortError as error:
            raise Problem(ProblemKind.OFFLINE, **where, said=said(error)) from error
        except (IMAPClientError, ValueError, AssertionError, RecursionError) as error:
            # IMAPClient's readers meet nonsense from a server with any of these.
            raise refused(server, said(error)) from error


def refused(server: Server, words: str) -> Problem:
    """SERVER_REFUSED with the server's words, and ``retry_after`` in seconds where it asks for
    rest or is known to punish who comes back at once.
    """
    details: Details = {"host": server.host, "port": server.port, "said": words}
    rest = providers.rest_wanted(words)
    if rest is not None:
        details["retry_after"] = rest
    return Problem(ProblemKind.SERVER_REFUSED, **details)


class _Client(IMAPClient):  # type: ignore[misc]
    """IMAPClient over our own bounded line."""

    def _create_IMAP4(self) -> PlainLine | TlsLine:
        seconds = self._timeout.connect
        if self.ssl:
            return TlsLine(self.host, self.port, self.ssl_context, seconds)  # type: ignore[call-arg]
        return PlainLine(self.host, self.port, seconds)


def connect(server: Server, *, answer_seconds: float = ANSWER_SECONDS) -> IMAPClient:
    """A protected line, not signed in yet.

    Raises Problem OFFLINE, TLS_UNTRUSTED, TLS_UNAVAILABLE, SERVER_REFUSED or PLAIN_NOT_LOOPBACK.
    """
    check_security(server)
    with imap_faults(server):
        client = _Client(
            clean_argument(server.host, "host"),
            server.port,
            ssl=server.security is Security.TLS,
            ssl_context=tls_context() if server.security is Security.TLS else None,
            timeout=SocketTimeout(min(CONNECT_SECONDS, answer_seconds), answer_seconds),
        )
    try:
        client._imap.debug = 0
        _protected(client, server)
    except BaseException:
        drop(client)
        raise
    return client


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
            _log_in(client, user, password)
        except CapabilityError as error:
            raise Problem(ProblemKind.SIGN_IN_REFUSED, host=server.host, said="") from error
        except LoginError as error:
            raise _refusal(error, server) from error
        _ask_anew(client)
        if providers.wants_id(server.host) or client.has_capability("ID"):
            introduce(client)


def _log_in(client: IMAPClient, user: str, password: str) -> None:
    closed = client.has_capability("LOGINDISABLED")  # RFC 3501, 6.2.3: then LOGIN is not said
    if (user + password).isascii() and not closed:
        client.login(user, password)
    elif closed and not client.has_capability("AUTH=PLAIN"):
        raise LoginError("LOGINDISABLED")
    else:
        client.plain_login(user, password)


def _ask_anew(client: IMAPClient) -> None:
    """What a server can do is another list after sign-in (RFC 3501, 6.2.3)."""
    imap = client._imap
    told = imap.untagged_responses.pop("CAPABILITY", None)
    if told and isinstance(told[-1], bytes):
        words = told[-1]
    else:
        imap._get_capabilities()
        words = " ".join(imap.capabilities).encode("ascii", "replace")
    client._cached_capabilities = tuple(words.upper().split()) or (b"IMAP4REV1",)


def _refusal(error: LoginError, server: Server) -> Problem:
    """Whether the password is wrong, or this is only a bad moment: the first stops all tries."""
    words = said(error)
    if isinstance(error.__context__, Bye) or providers.is_for_now(words):
        return refused(server, words)
    where: Details = {"host": server.host, "port": server.port, "said": words}
    if isinstance(error.__context__, IMAPClientAbortError):
        return Problem(ProblemKind.OFFLINE, **where)
    return Problem(ProblemKind.SIGN_IN_REFUSED, **where)


def introduce(client: IMAPClient) -> None:
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
