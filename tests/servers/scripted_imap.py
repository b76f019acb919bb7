"""An IMAP server that lies, cuts and falls silent as a test tells it; plain text on loopback.

It keeps one folder of mails by UID and answers the few commands deskapp uses. A test changes the
answers by handing in functions; everything received is kept line by line.
"""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

Send = Callable[[bytes], None]
Answer = Callable[["ScriptedImap", str, str, Send], bool]
"""(server, tag, command with arguments, send) -> True when it has answered by itself."""

_DATE = b'"21-Nov-2026 10:00:00 +0000"'


class Cut(Exception):
    """Raised by an answer: hang up now."""


@dataclass
class ScriptedImap:
    """A server for one session after the other. ``received`` holds each line as it came."""

    mails: dict[int, bytes] = field(default_factory=dict)
    uidvalidity: int = 7
    capabilities: str = "IMAP4rev1"
    greeting: bytes = b"* OK ready\r\n"
    answers: list[Answer] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    port: int = 0

    def commands(self, name: str) -> list[bytes]:
        """The received lines whose command is ``name`` (UID FETCH, LOGIN …)."""
        wanted = re.compile(rb"\S+ " + name.encode() + rb"\b", re.IGNORECASE)
        return [line for line in self.received if wanted.match(line)]

    def fetched(self, uid: int, body: bytes | None = None) -> bytes:
        """A proper FETCH reply for one mail."""
        raw = self.mails[uid] if body is None else body
        place = sorted(self.mails).index(uid) + 1
        head = b"* %d FETCH (UID %d INTERNALDATE %s BODY[] {%d}\r\n"
        return head % (place, uid, _DATE, len(raw)) + raw + b")\r\n"

    def serve(self, listening: socket.socket) -> None:
        """Sessions until the listening socket closes."""
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line, contextlib.suppress(Cut, OSError), line.makefile("rb") as lines:
                line.settimeout(20)
                line.sendall(self.greeting)
                for told in lines:
                    self.received.append(told)
                    self._answer(told, line.sendall)

    def _answer(self, told: bytes, send: Send) -> None:
        tag, _, command = told.decode("latin-1").strip().partition(" ")
        for answer in self.answers:
            if answer(self, tag, command, send):
                return
        self.proper(tag, command, send)

    def proper(self, tag: str, command: str, send: Send) -> None:
        """What an honest server would say."""
        word = command.upper()
        if word.startswith("CAPABILITY"):
            send(f"* CAPABILITY {self.capabilities}\r\n".encode())
        elif word.startswith("LIST"):
            send(b'* LIST (\\HasNoChildren) "/" INBOX\r\n')
        elif word.startswith("EXAMINE"):
            uidnext = max(self.mails, default=0) + 1
            send(b"* FLAGS (\\Seen)\r\n* %d EXISTS\r\n" % len(self.mails))
            send(b"* OK [UIDVALIDITY %d] x\r\n" % self.uidvalidity)
            send(b"* OK [UIDNEXT %d] x\r\n" % uidnext)
        elif word.startswith("UID SEARCH"):
            found = " ".join(str(uid) for uid in sorted(self._asked(word)))
            send(f"* SEARCH {found}\r\n".encode())
        elif word.startswith("UID FETCH"):
            for uid in sorted(self._asked(word)):
                if "RFC822.SIZE" in word:
                    send(b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, len(self.mails[uid])))
                else:
                    send(self.fetched(uid))
        elif word.startswith("LOGOUT"):
            send(f"* BYE\r\n{tag} OK bye\r\n".encode())
            raise Cut
        send(f"{tag} OK done\r\n".encode())

    def _asked(self, word: str) -> set[int]:
        told = re.match(r"UID (?:FETCH|SEARCH UID) ([0-9:,]+)", word)
        if told is None:
            return set(self.mails)
        asked: set[int] = set()
        for part in told[1].split(","):
            low, _, high = part.partition(":")
            asked |= {uid for uid in self.mails if int(low) <= uid <= int(high or low)}
        return asked


@pytest.fixture
def scripted_imap() -> Iterator[ScriptedImap]:
    """A running server without mails."""
    server = ScriptedImap()
    listening = socket.create_server(("127.0.0.1", 0))
    server.port = listening.getsockname()[1]
    thread = threading.Thread(target=server.serve, args=(listening,))
    thread.start()
    yield server
    with contextlib.suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(10)
