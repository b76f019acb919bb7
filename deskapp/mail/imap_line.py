"""imaplib's line with bounds: on length, on the size of one answer, and on how slowly it drips.

Without them one server can fill the memory or keep a thread for ever: a time-out on a socket
begins anew with every byte (cpython gh-119511; knowledge/reliability.md, pattern 19).
"""

import imaplib
import re
import ssl
import time
from typing import Any

from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS

from .lines import ANSWER_SECONDS, said, waiting

LARGEST_LITERAL = 64 * 1024 * 1024
LARGEST_LINE = 8 * 1024 * 1024
"""imaplib's own limit of 1 000 000 letters is too short for the UIDs of 130 000 mails."""
LARGEST_ANSWER = 256 * 1024 * 1024
"""All that one command may bring; we never ask for more than some megabytes at once."""
SLOWEST = 1024
"""Bytes a second, over twice the time-out of a read: anything slower is a line that died."""

_CHUNK = 64 * 1024
_ALERTS = 5
_UNTAGGED = re.compile(rb"\* (?:\d+ )?[A-Za-z-]+(?= |$)")
_ALERT = re.compile(rb"\S+ (?:OK|NO|BAD|BYE|PREAUTH) \[ALERT\] *(.*)", re.IGNORECASE)


class Bye(imaplib.IMAP4.abort):
    """The server ended the session with a word of its own."""


class _Bounded(imaplib.IMAP4):
    """``alerts`` are the words a server wants a person to read (RFC 3501, 7.1)."""

    file: Any
    alerts: list[str]
    _bytes = 0
    _seconds = 0.0

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.alerts = []
        super().open(host, port, timeout)

    def send(self, data: Any) -> None:
        self._bytes, self._seconds = 0, 0.0
        super().send(data)

    def read(self, size: int) -> bytes:
        """A literal, whole."""
        if size > LARGEST_LITERAL:
            raise self.abort(f"a literal of {size} bytes")
        parts = []
        while size:
            begun = time.monotonic()
            part: bytes = self.file.read1(min(size, _CHUNK))
            self._count(len(part), begun)
            if not part:
                raise self.abort("cut inside a literal")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def readline(self) -> bytes:
        """One line with CRLF, also where the server sends LF alone; b"" when the line is cut."""
        line = b""
        while not line.endswith(b"\n"):
            begun = time.monotonic()
            seen: bytes = self.file.peek(1)
            part: bytes = self.file.read(seen.find(b"\n") + 1 or len(seen))
            self._count(len(part), begun)
            if not part:
                return line
            line += part
            if len(line) > LARGEST_LINE:
                raise self.abort("a line without end")
        return line if line.endswith(b"\r\n") else line[:-1] + b"\r\n"

    def _count(self, size: int, begun: float) -> None:
        self._bytes += size
        self._seconds += time.monotonic() - begun
        if self._bytes > LARGEST_ANSWER:
            raise self.abort("an answer without end")
        patience = 2 * (self.sock.gettimeout() or ANSWER_SECONDS)
        if self._seconds > patience + self._bytes / SLOWEST:
            raise TimeoutError("the answer came too slowly")

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        """As imaplib's, except that nothing said before TLS is kept, and nothing may follow the
        server's OK before the handshake: such bytes were put in by somebody else (CVE-2021-38371).
        """
        assert ssl_context is not None
        if "STARTTLS" not in self.capabilities:
            raise self.error("STARTTLS is not offered")
        answer = self._simple_command("STARTTLS")
        if answer[0] != "OK":
            raise self.error(said(answer[1][0]))
        if waiting(self.sock, self.file):
            raise self.error("bytes before TLS")
        self.untagged_responses.clear()
        self.alerts.clear()
        self.sock = ssl_context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = self.sock.makefile("rb")
        self._tls_established = True
        self._get_capabilities()
        return answer

    def _get_capabilities(self) -> None:
        """A server that does not tell what it can do is spoken to in the oldest way."""
        told: Any = [None]
        try:
            _, told = self.capability()
        except self.abort:
            raise
        except self.error:
            pass
        words = told[-1] if isinstance(told[-1], bytes) else b""
        found = tuple(words.decode("ascii", "ignore").upper().split())
        if "IMAP4REV1" not in found:
            found += ("IMAP4REV1",)
        self.capabilities = found

    def _get_line(self) -> bytes:
        """An untagged line that is no reply of IMAP says nothing; imaplib would hang up over it."""
        line: bytes = super()._get_line()  # type: ignore[misc]
        if not line.startswith(b"* "):
            return line
        known = _UNTAGGED.match(line)
        if known is None:
            return b"* OK"
        return line[: known.end()].upper() + line[known.end() :]

    def _get_response(self) -> Any:
        try:
            response = super()._get_response()  # type: ignore[misc]
        except self.abort:
            self._check_bye()  # its words tell more than that the line is cut
            raise
        found = _ALERT.match(response) if isinstance(response, bytes) else None
        if found and len(self.alerts) < _ALERTS:
            self.alerts.append(said(found[1]))
        return response

    def _command_complete(self, name: str, tag: bytes) -> Any:
        try:
            return super()._command_complete(name, tag)  # type: ignore[misc]
        except self.abort as error:
            if isinstance(error.__context__, Bye):
                raise error.__context__ from None  # imaplib wraps it, and nobody could tell
            raise

    def _check_bye(self) -> None:
        bye = self.untagged_responses.get("BYE")
        if bye:
            raise Bye(said(bye[-1]))


class PlainLine(_Bounded, IMAP4WithTimeout):  # type: ignore[misc]
    """Towards this machine, or until STARTTLS."""


class TlsLine(_Bounded, IMAP4_TLS):  # type: ignore[misc]
    """TLS from the first byte."""
