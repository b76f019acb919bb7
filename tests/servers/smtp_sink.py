"""An SMTP server that keeps what it is sent, and misbehaves where a test says so."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.authority import Authority
from tests.servers.process import free_port


class Security(StrEnum):
    """How the sink wants to be spoken to."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Cut(StrEnum):
    """Where the sink hangs up without a word."""

    AT_CONNECT = "at connect"
    BEFORE_DOT = "inside the body"
    AFTER_DOT_KEPT = "after the final dot, the mail was accepted"
    AFTER_DOT_LOST = "after the final dot, the mail was thrown away"


@dataclass(frozen=True)
class SunkMail:
    """One mail as it arrived; `content` has CRLF line ends and no dot-stuffing."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool
    user: str | None


@dataclass
class Script:
    """What the sink answers instead of 250; an answer starts with its code ("550 5.1.1 no")."""

    mail: str | None = None
    recipients: dict[str, str] = field(default_factory=dict)
    end_of_data: list[str] = field(default_factory=list)
    """Used up one per mail, from the front."""
    cut: Cut | None = None


class SmtpSink:
    """A running server. `script` may be changed at any time; `mails` grows as they arrive.

    With `login` (user, password) the client must log in first; without, AUTH is not offered.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        authority: Authority,
        security: Security = Security.NONE,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.script = Script()
        self.mails: list[SunkMail] = []
        self.sessions = 0
        """Connections that got as far as EHLO."""
        self._login = login
        self._arrived = threading.Condition()
        self.port = free_port()
        self._controller = _SinkController(self, authority, security)

    def __enter__(self) -> "SmtpSink":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def wait_for(self, mails: int, seconds: float = 10) -> list[SunkMail]:
        """Returns once that many mails have arrived in all.

        Raises:
            TimeoutError: they did not come; the text says how many did.
        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.mails) >= mails, seconds):
                raise TimeoutError(f"{len(self.mails)} of {mails} mails after {seconds} s")
            return list(self.mails)

    # aiosmtpd's hooks, called in the server's thread

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        session.host_name = name
        self.sessions += 1
        return lines

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.script.mail:
            return self.script.mail
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.script.recipients:
            return self.script.recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.script.cut is Cut.AFTER_DOT_LOST:
            return _hang_up(server)
        if self.script.end_of_data:
            return self.script.end_of_data.pop(0)
        self._keep(server, session, envelope)
        if self.script.cut is Cut.AFTER_DOT_KEPT:
            return _hang_up(server)
        return "250 2.0.0 kept"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        """Compares with `login`; handled=False, or aiosmtpd leaves the client without a word."""
        if isinstance(given, LoginPassword):
            user, password = given.login.decode(), given.password.decode()
            if (user, password) == self._login:
                return AuthResult(success=True, auth_data=user)
        return AuthResult(success=False, handled=False)

    def _keep(self, server: SMTP, session: Session, envelope: Envelope) -> None:
        content, transport = envelope.original_content, server.transport
        assert content is not None
        assert transport is not None
        mail = SunkMail(
            envelope.mail_from or "",
            tuple(address for address in envelope.rcpt_tos if address),
            content,
            transport.get_extra_info("sslcontext") is not None,
            session.auth_data if isinstance(session.auth_data, str) else None,
        )
        with self._arrived:
            self.mails.append(mail)
            self._arrived.notify_all()


def _hang_up(server: SMTP) -> str:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()
    return "421 4.4.2 gone"  # written to a closed line, nobody reads it


class _CuttingSmtp(SMTP):
    """aiosmtpd's server, able to hang up in places where it has no hook."""

    def __init__(self, sink: SmtpSink, **options: Any) -> None:
        super().__init__(sink, **options)
        self._sink = sink

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self._sink.script.cut is Cut.AT_CONNECT and isinstance(
            transport, asyncio.WriteTransport
        ):
            transport.abort()

    async def smtp_DATA(self, arg: str) -> None:
        if self._sink.script.cut is not Cut.BEFORE_DOT:
            await super().smtp_DATA(arg)
            return
        await self.push("354 go on")
        await self._reader.readuntil(b"\r\n")
        _hang_up(self)


class _SinkController(Controller):
    def __init__(self, sink: SmtpSink, authority: Authority, security: Security) -> None:
        context = None if security is Security.NONE else authority.server_context()
        super().__init__(
            sink,
            hostname=sink.host,
            port=sink.port,
            ssl_context=context if security is Security.TLS else None,
            ready_timeout=20,
        )
        self._sink = sink
        self._options: dict[str, Any] = {"hostname": "sink.example", "enable_SMTPUTF8": True}
        if security is Security.STARTTLS:
            self._options |= {"tls_context": context, "require_starttls": True}
        if sink._login is not None:
            self._options |= {
                "authenticator": sink.authenticate,
                "auth_required": True,
                "auth_require_tls": security is Security.STARTTLS,
                "auth_exclude_mechanism": [],
            }

    def factory(self) -> SMTP:
        return _CuttingSmtp(self._sink, **self._options)


NewSink = Callable[..., SmtpSink]


@pytest.fixture
def new_smtp_sink(authority: Authority) -> Iterator[NewSink]:
    """Starts sinks as wanted: `new_smtp_sink(Security.TLS, login=("anna", "secret"))`."""
    with ExitStack() as stack:

        def start(
            security: Security = Security.NONE, login: tuple[str, str] | None = None
        ) -> SmtpSink:
            return stack.enter_context(SmtpSink(authority, security, login))

        yield start


@pytest.fixture
def smtp_sink(new_smtp_sink: NewSink) -> SmtpSink:
    """A sink on loopback without TLS and log-in, which accepts everything."""
    return new_smtp_sink()
