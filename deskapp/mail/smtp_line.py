"""One SMTP dialogue, step by step, so that each phase can be stored before the next is taken.

smtplib raises the same exception before and after the final dot (knowledge/reliability.md,
finding 3). So the body goes out without the dot, the caller stores that, and only then the dot
follows.
"""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from deskapp.domain.hosts import is_loopback
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
    waiting,
    why_broken,
)
from .smtp_strict import StrictSmtp, StrictSmtpTls

DOT_SECONDS = 600.0  # RFC 5321, 4.5.3.2.6: a server may think for ten minutes after the dot

_ANY_BREAK = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's reply: its code, and its own words for a person to read."""

    code: int
    words: str

    @property
    def ok(self) -> bool:
        return 200 <= self.code < 400

    @property
    def for_now(self) -> bool:
        """Worth another try later."""
        return 400 <= self.code < 500

    @property
    def is_smtp(self) -> bool:
        """Whether it is an answer of this protocol at all (RFC 5321, 4.2.1)."""
        return 200 <= self.code < 600

    def __str__(self) -> str:
        return f"{self.code} {self.words}".strip() if self.is_smtp else self.words


class SmtpLine:
    """A signed-in session. Raises Problem for the line; what the server answers is returned."""

    def __init__(self, smtp: smtplib.SMTP, server: Server) -> None:
        self._smtp = smtp
        self._server = server

    @classmethod
    def open(
        cls, server: Server, password: str | None, *, answer_seconds: float = ANSWER_SECONDS
    ) -> "SmtpLine":
        """Connects, protects the line and signs in where the server asks for it.

        Raises Problem OFFLINE, TLS_UNTRUSTED, TLS_UNAVAILABLE, SIGN_IN_REFUSED, NO_SECRET,
        SERVER_REFUSED or PLAIN_NOT_LOOPBACK.
        """
        check_security(server)
        clean_argument(server.user, "user")
        with smtp_faults(server):
            smtp = _connected(server)
        line = cls(smtp, server)
        try:
            with smtp_faults(server):
                line._greet(password)
                line._wait(answer_seconds)
        except BaseException:
            line.drop()
            raise
        return line

    def _greet(self, password: str | None) -> None:
        self._smtp.ehlo_or_helo_if_needed()
        if self._server.security is Security.STARTTLS:
            if not self._smtp.has_extn("starttls"):
                raise self._problem(ProblemKind.TLS_UNAVAILABLE, "STARTTLS")
            self._protect()
        if not self._smtp.has_extn("auth"):
            return
        if password is None:
            if is_loopback(self._server.host):
                return
            raise self._problem(ProblemKind.NO_SECRET, "")
        try:
            self._smtp.login(self._server.user, clean_argument(password, "password"))
        except UnicodeError as error:
            # smtplib signs in with ASCII only.
            raise self._problem(ProblemKind.SIGN_IN_REFUSED, "") from error

    def _protect(self) -> None:
        """STARTTLS (RFC 3207), except that nothing may follow the server's 220 before the
        handshake: such bytes were put in by somebody else (CVE-2021-38371).
        """
        smtp: Any = self._smtp
        code, words = smtp.docmd("STARTTLS")
        if code != 220:
            raise self._problem(ProblemKind.TLS_UNAVAILABLE, said(words))
        if waiting(smtp.sock, smtp.file):
            raise self._problem(ProblemKind.TLS_UNAVAILABLE, "bytes before TLS")
        smtp.sock = tls_context().wrap_socket(smtp.sock, server_hostname=self._server.host)
        # What was said before is forgotten (section 4.2).
        smtp.file = smtp.helo_resp = smtp.ehlo_resp = None
        smtp.esmtp_features = {}
        smtp.does_esmtp = False
        smtp.ehlo()

    @property
    def size_limit(self) -> int | None:
        """The largest mail the server takes, in bytes (RFC 1870); None if it does not say."""
        told = str(self._smtp.esmtp_features.get("size", ""))
        return int(told) if told.isdigit() and int(told) > 0 else None

    def sender(self, address: str, size: int) -> Answer:
        """MAIL FROM."""
        options = [f"SIZE={size}"] if self._smtp.has_extn("size") else []
        with smtp_faults(self._server):
            return _answer(self._smtp.mail(clean_argument(address, "sender"), options))

    def recipient(self, address: str) -> Answer:
        """RCPT TO."""
        with smtp_faults(self._server):
            return _answer(self._smtp.rcpt(clean_argument(address, "recipient")))

    def body(self, raw: bytes) -> Answer:
        """DATA and the whole mail, but not the dot that ends it. 354 when the body went out."""
        with smtp_faults(self._server):
            answer = _answer(self._smtp.docmd("DATA"))
            if answer.code == 354:
                self._smtp.send(wire_form(raw))
            return answer

    def dot(self) -> Answer:
        """Ends the mail. From here on the server may have it, whatever becomes of the line."""
        with smtp_faults(self._server):
            self._wait(DOT_SECONDS)
            self._smtp.send(b".\r\n")
            return _answer(self._smtp.getreply())

    def reset(self) -> None:
        """Ends a mail that will not be sent, so that the next one starts clean."""
        with smtp_faults(self._server):
            self._smtp.rset()

    def close(self) -> None:
        """Says goodbye; a server that has gone already is no matter any more."""
        with suppress(OSError):
            self._wait(5)
            self._smtp.quit()
        self.drop()

    def drop(self) -> None:
        """Closes without a word."""
        with suppress(OSError):
            self._smtp.close()

    def _wait(self, seconds: float) -> None:
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)

    def _problem(self, kind: ProblemKind, words: str) -> Problem:
        return Problem(kind, host=self._server.host, port=self._server.port, said=words)


def _connected(server: Server) -> smtplib.SMTP:
    host = clean_argument(server.host, "host")
    if server.security is Security.TLS:
        return StrictSmtpTls(
            host, server.port, _own_name(), timeout=CONNECT_SECONDS, context=tls_context()
        )
    return StrictSmtp(host, server.port, _own_name(), timeout=CONNECT_SECONDS)


def _own_name() -> str:
    # Never the machine's own name: it says who sits there, and some servers refuse odd ones.
    return "[127.0.0.1]"


def _answer(reply: tuple[int, bytes]) -> Answer:
    return Answer(reply[0], said(reply[1]))


def wire_form(raw: bytes) -> bytes:
    """CRLF line ends and doubled leading dots (RFC 5321, 4.5.2), with a line end at the end."""
    lines = _ANY_BREAK.sub(b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return _LEADING_DOT.sub(b"..", lines)


@contextmanager
def smtp_faults(server: Server) -> Iterator[None]:
    """What smtplib raises inside leaves as a Problem. Its exceptions are OSErrors: first these."""
    where: Details = {"host": server.host, "port": server.port}
    with line_faults(server):
        try:
            yield
        except smtplib.SMTPServerDisconnected as error:
            cause = error.__context__  # smtplib says "not connected" for whatever ended a send
            broke = cause if isinstance(cause, OSError) else error
            raise Problem(
                ProblemKind.OFFLINE, **where, said=said(broke), why=why_broken(broke)
            ) from error
        except smtplib.SMTPResponseException as error:
            words = str(Answer(error.smtp_code, said(error.smtp_error)))
            # 454 is "for now not" (RFC 4954, section 6): the password may well be right.
            judged = isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= 500
            kind = ProblemKind.SIGN_IN_REFUSED if judged else ProblemKind.SERVER_REFUSED
            raise Problem(kind, **where, code=error.smtp_code, said=words) from error
        except smtplib.SMTPException as error:
            raise Problem(ProblemKind.SERVER_REFUSED, **where, said=said(error)) from error
