"""Mail servers whose protection is broken in one way each; they keep every byte they understand.

Each would take a password gladly: what a client sends after the fault is seen here.
"""

import contextlib
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.servers.authority import Authority

_NOW = datetime.now(UTC)
_PLENTY = 50  # commands of a session, which no client of ours comes near


@dataclass
class Talk:
    """One session. ``hear`` gives the next line, b"" when the client has gone."""

    line: socket.socket
    smtp: bool
    heard: list[bytes]

    def say(self, words: bytes) -> None:
        self.line.sendall(words)

    def hear(self) -> bytes:
        told = b""
        while not told.endswith(b"\n"):
            byte = self.line.recv(1)
            if not byte:
                break
            told += byte
        self.heard.append(told)
        return told

    def protect(self, context: ssl.SSLContext) -> None:
        """The handshake, as far as it goes."""
        self.line = context.wrap_socket(self.line, server_side=True)

    def greet(self, words: str = "") -> None:
        self.say((words or ("220 ready" if self.smtp else "* OK ready")).encode() + b"\r\n")

    def obey(self, *, starttls: bool = False) -> bytes:
        """Answers everything well, until STARTTLS comes; returns its line, b"" at the end."""
        for _ in range(_PLENTY):
            told = self.hear()
            if not told:
                return b""
            tag, _, command = told.decode("latin-1").strip().partition(" ")
            word = (tag if self.smtp else command).upper()
            if word.startswith("STARTTLS"):
                return told
            self.say(self._smtp(word, starttls) if self.smtp else _imap(tag, word, starttls))
        return b""

    def agree(self, told: bytes, more: bytes = b"") -> None:
        """The go-ahead for TLS, with ``more`` in the same packet."""
        tag = told.split(b" ")[0]
        self.say((b"220 go ahead\r\n" if self.smtp else tag + b" OK go ahead\r\n") + more)

    def _smtp(self, word: str, starttls: bool) -> bytes:
        if word == "EHLO":
            offered = b"250-STARTTLS\r\n" if starttls else b""
            return b"250-here\r\n" + offered + b"250 AUTH PLAIN LOGIN\r\n"
        return b"235 in\r\n" if word == "AUTH" else b"250 fine\r\n"


def _imap(tag: str, word: str, starttls: bool) -> bytes:
    told = ""
    if word.startswith("CAPABILITY"):
        told = "* CAPABILITY IMAP4rev1 AUTH=PLAIN" + (" STARTTLS" if starttls else "") + "\r\n"
    return f"{told}{tag} OK done\r\n".encode()


Behaviour = Callable[[Talk], None]


@dataclass
class BadTls:
    """A running server. ``heard`` has every line it could read, of all sessions."""

    port: int
    heard: list[bytes] = field(default_factory=list)

    @property
    def got(self) -> bytes:
        return b"".join(self.heard)


@contextlib.contextmanager
def running(behave: Behaviour, *, smtp: bool) -> Iterator[BadTls]:
    """Serves one session after the other in this way."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = BadTls(listening.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            line.settimeout(5)
            talk = Talk(line, smtp, server.heard)
            with contextlib.suppress(OSError, ValueError):
                behave(talk)
            for one in (talk.line, line):
                with contextlib.suppress(OSError):
                    one.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


def at_once(context: ssl.SSLContext) -> Behaviour:
    """TLS from the first byte, with this context."""

    def behave(talk: Talk) -> None:
        talk.protect(context)
        talk.greet()
        talk.obey()

    return behave


def upgraded(context: ssl.SSLContext, injected: bytes = b"") -> Behaviour:
    """STARTTLS, with this context."""

    def behave(talk: Talk) -> None:
        talk.greet()
        told = talk.obey(starttls=True)
        talk.agree(told, injected)
        talk.protect(context)
        talk.obey()

    return behave


class Certificates:
    """Server contexts that a client must refuse, and one that is in order."""

    def __init__(self, authority: Authority) -> None:
        self._ca = authority.ca

    def good(self) -> ssl.SSLContext:
        return _context(self._ca.issue_cert("127.0.0.1"))

    def refused(self) -> dict[str, ssl.SSLContext]:
        issue, day = self._ca.issue_cert, timedelta(days=1)
        stranger, alone = trustme.CA(), trustme.CA()
        return {
            "an unknown authority": _context(stranger.issue_cert("127.0.0.1")),
            "a certificate that signed itself": _loaded(alone.cert_pem, alone.private_key_pem),
            "a certificate that is over": _context(
                issue("127.0.0.1", not_before=_NOW - 9 * day, not_after=_NOW - day)
            ),
            "a certificate that is not valid yet": _context(
                issue("127.0.0.1", not_before=_NOW + day, not_after=_NOW + 9 * day)
            ),
            "another host": _context(issue("mail.other.example")),
            "another address": _context(issue("127.0.0.2")),
            "a name where an address was asked for": _context(issue("localhost")),
            "all hosts of somebody else": _context(issue("*.example.org")),
            "the right host in the common name only": _context(
                issue("mail.other.example", common_name="127.0.0.1")
            ),
            "a chain with a hole": _without_chain(
                self._ca.create_child_ca().issue_cert("127.0.0.1")
            ),
            "an authority that is none": _context(
                _as_authority(issue("sub.example"), self._ca).issue_cert("127.0.0.1")
            ),
        }

    def weak(self) -> dict[str, ssl.SSLContext]:
        """Contexts with which no session comes about."""
        old = self.good()
        with _no_warnings():
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        nameless = self.good()
        nameless.maximum_version = ssl.TLSVersion.TLSv1_2
        nameless.set_ciphers("aNULL:@SECLEVEL=0")
        return {"TLS 1.1": old, "ciphers without a certificate": nameless}


def _as_authority(leaf: trustme.LeafCert, root: trustme.CA) -> trustme.CA:
    """A certificate for a server, misused to sign another."""
    pem = leaf.cert_chain_pems[0].bytes()
    false = trustme.CA.from_pem(pem, leaf.private_key_pem.bytes())
    false.parent_cert = root
    return false


def _context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


def _without_chain(leaf: trustme.LeafCert) -> ssl.SSLContext:
    return _loaded(leaf.cert_chain_pems[0], leaf.private_key_pem)


def _loaded(certificate: trustme.Blob, key: trustme.Blob) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "both.pem"
        place.write_bytes(key.bytes() + certificate.bytes())
        context.load_cert_chain(place)
    return context


@contextlib.contextmanager
def _no_warnings() -> Iterator[None]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


@pytest.fixture(scope="session")
def certificates(authority: Authority) -> Certificates:
    return Certificates(authority)
