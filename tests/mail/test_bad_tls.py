"""E37: protection that is broken, in 25 ways for IMAP and SMTP: no password, one clear sentence."""

import base64
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail import smtp_line
from deskapp.mail.connection import ImapConnection
from deskapp.mail.smtp_line import SmtpLine
from deskapp.ui.errors import explain
from tests.servers.bad_tls import Behaviour, Certificates, Talk, at_once, running, upgraded

USER, PASSWORD = "support@shop.example", "open-sesame-4711"
PATIENCE = 0.5
K = ProblemKind
CERTIFICATES = (
    "an unknown authority",
    "a certificate that signed itself",
    "a certificate that is over",
    "a certificate that is not valid yet",
    "another host",
    "another address",
    "a name where an address was asked for",
    "all hosts of somebody else",
    "the right host in the common name only",
    "a chain with a hole",
    "an authority that is none",
)


def _says(*words: bytes) -> Behaviour:
    def behave(talk: Talk) -> None:
        for word in words:
            talk.say(word)
        talk.obey()

    return behave


def _after_hello(words: bytes) -> Behaviour:
    """Hears the beginning of a handshake, says this, and hangs up."""

    def behave(talk: Talk) -> None:
        talk.line.recv(4096)
        talk.say(words)

    return behave


def _starttls(go_on: Callable[[Talk, bytes], None], *, offered: bool = True) -> Behaviour:
    def behave(talk: Talk) -> None:
        talk.greet()
        go_on(talk, talk.obey(starttls=offered))
        talk.obey()

    return behave


def _refuses(talk: Talk, told: bytes) -> None:
    talk.say(b"454 not now\r\n" if talk.smtp else told.split(b" ")[0] + b" NO not now\r\n")


def _unknown(talk: Talk, told: bytes) -> None:
    talk.say(b"502 what\r\n" if talk.smtp else told.split(b" ")[0] + b" BAD what\r\n")


def _goes_on_in_plain(talk: Talk, told: bytes) -> None:
    talk.agree(told)
    talk.line.recv(4096)
    talk.say(b"250 fine\r\n" if talk.smtp else b"* OK fine\r\n")


def _hangs_up(talk: Talk, told: bytes) -> None:
    talk.agree(told)
    talk.line.close()


def _falls_silent(talk: Talk, told: bytes) -> None:
    talk.agree(told)
    while talk.line.recv(4096):
        pass


def _greets(words: str) -> Behaviour:
    def behave(talk: Talk) -> None:
        talk.greet(words)
        talk.obey(starttls=True)

    return behave


def _stall(talk: Talk) -> None:
    while talk.line.recv(4096):
        pass


AT_ONCE: dict[str, tuple[Behaviour, ProblemKind]] = {
    "IMAP in plain text on the TLS port": (_says(b"* OK ready\r\n"), K.TLS_UNAVAILABLE),
    "SMTP in plain text on the TLS port": (_says(b"220 ready\r\n"), K.TLS_UNAVAILABLE),
    "HTTP on the TLS port": (_says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), K.TLS_UNAVAILABLE),
    "noise in the handshake": (_after_hello(b"\x16\x03\x03\x00\x10" + b"\x55" * 90),
                               K.TLS_UNAVAILABLE),
    "a refusal in the handshake": (_after_hello(b"\x15\x03\x03\x00\x02\x02\x28"),
                                   K.TLS_UNAVAILABLE),
    "silence in the handshake": (_stall, K.OFFLINE),
    "a cut before the handshake": (lambda talk: None, K.OFFLINE),
    "a cut in the handshake": (_after_hello(b""), K.OFFLINE),
    "half an answer in the handshake": (_after_hello(b"\x16\x03\x03\x00\x7a\x02"), K.OFFLINE),
}  # fmt: skip
STARTTLS: dict[str, tuple[Behaviour, ProblemKind]] = {
    "STARTTLS is not offered": (_starttls(_refuses, offered=False), K.TLS_UNAVAILABLE),
    "STARTTLS is refused": (_starttls(_refuses), K.TLS_UNAVAILABLE),
    "STARTTLS is unknown": (_starttls(_unknown), K.TLS_UNAVAILABLE),
    "STARTTLS, and on in plain text": (_starttls(_goes_on_in_plain), K.TLS_UNAVAILABLE),
    "STARTTLS, and a cut": (_starttls(_hangs_up), K.OFFLINE),
    "STARTTLS, and silence": (_starttls(_falls_silent), K.OFFLINE),
}
INJECTED = {
    "a fake OK": (b"A1 OK [CAPABILITY IMAP4rev1] in\r\n", b"235 in\r\n"),
    "a fake mail": (b"* 1 EXISTS\r\n", b"250 queued\r\n"),
    "a fake alert": (b"* OK [ALERT] call this number\r\n", b"421 call this number\r\n"),
    "fake abilities": (b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", b"250 AUTH PLAIN\r\n"),
}


@pytest.fixture(autouse=True)
def impatient(trusted_authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp_line, "CONNECT_SECONDS", PATIENCE)


@pytest.fixture(params=["imap", "smtp"])
def smtp(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "smtp")


def attempt(behave: Behaviour, smtp: bool, security: Security) -> tuple[Problem | None, bytes]:
    """The Problem of one attempt to sign in, and all that the server could read of it."""
    with running(behave, smtp=smtp) as server:
        way = Server("127.0.0.1", server.port, security, USER)
        try:
            if smtp:
                SmtpLine.open(way, PASSWORD, answer_seconds=PATIENCE).drop()
            else:
                ImapConnection.open(way, PASSWORD, answer_seconds=PATIENCE).drop()
        except Problem as problem:
            return problem, server.got
        return None, server.got


def refused(problem: Problem | None, got: bytes, kind: ProblemKind) -> None:
    assert problem is not None
    assert problem.kind is kind
    for secret in (USER, PASSWORD, f"\0{USER}\0{PASSWORD}"):
        assert secret.encode() not in got
        assert base64.b64encode(secret.encode()) not in got
    told = explain(problem)
    assert "127.0.0.1" in told.happened
    assert "{" not in told.in_one()
    assert told.happened.count(". ") <= 1


def test_a_server_in_order_gets_the_password(certificates: Certificates, smtp: bool) -> None:
    for behave, security in (
        (at_once(certificates.good()), Security.TLS),
        (upgraded(certificates.good()), Security.STARTTLS),
    ):
        problem, got = attempt(behave, smtp, security)
        assert problem is None
        secret = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()) if smtp else PASSWORD.encode()
        assert secret in got


@pytest.mark.parametrize("fault", CERTIFICATES)
def test_a_certificate_that_proves_nothing_ends_the_session(
    fault: str, certificates: Certificates, smtp: bool
) -> None:
    context = certificates.refused()[fault]
    for behave, security in (
        (at_once(context), Security.TLS),
        (upgraded(context), Security.STARTTLS),
    ):
        refused(*attempt(behave, smtp, security), K.TLS_UNTRUSTED)


@pytest.mark.parametrize("fault", ["TLS 1.1", "ciphers without a certificate"])
def test_old_protection_is_none(fault: str, certificates: Certificates, smtp: bool) -> None:
    context = certificates.weak()[fault]
    refused(*attempt(at_once(context), smtp, Security.TLS), K.TLS_UNAVAILABLE)


@pytest.mark.parametrize("fault", AT_ONCE)
def test_what_is_not_tls_gets_nothing(fault: str, smtp: bool) -> None:
    behave, kind = AT_ONCE[fault]
    refused(*attempt(behave, smtp, Security.TLS), kind)


@pytest.mark.parametrize("fault", STARTTLS)
def test_starttls_that_comes_to_nothing_gets_nothing(fault: str, smtp: bool) -> None:
    behave, kind = STARTTLS[fault]
    refused(*attempt(behave, smtp, Security.STARTTLS), kind)


@pytest.mark.parametrize("fault", INJECTED)
def test_bytes_before_tls_end_the_session(
    fault: str, certificates: Certificates, smtp: bool
) -> None:
    behave = upgraded(certificates.good(), INJECTED[fault][smtp])
    refused(*attempt(behave, smtp, Security.STARTTLS), K.TLS_UNAVAILABLE)


@pytest.mark.parametrize(
    "greeting", ["* PREAUTH welcome", "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] in"]
)
def test_an_imap_greeting_talks_nobody_out_of_tls(greeting: str) -> None:
    refused(*attempt(_greets(greeting), False, Security.STARTTLS), K.TLS_UNAVAILABLE)


def test_every_context_of_ours_verifies() -> None:
    from deskapp.mail.lines import tls_context

    context = tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
