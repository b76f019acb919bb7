"""An IMAP server that lies, cuts and falls silent as a test tells it; plain text on loopback.

It keeps folders of mails by UID and answers the few commands deskapp uses. A test changes the
answers by handing in functions; everything received is kept line by line.
"""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import pytest

Send = Callable[[bytes], None]
Answer = Callable[["ScriptedImap", str, str, Send], bool]
"""(server, tag, command with arguments, send) -> True when it has answered by itself."""

_DATE = b'"21-Nov-2026 10:00:00 +0000"'
_SLICE = re.compile(r"BODY\.PEEK\[\]<(\d+)\.(\d+)>")


class Cut(Exception):
    """Raised by an answer: hang up now."""


@dataclass
class ScriptedImap:
    """A server for one session after the other. ``received`` holds each line as it came.

    ``mails`` are those of INBOX, ``others`` those of further folders; ``listing`` is what LIST
    answers. ``greetings`` are used up first, one a session. ``literals`` is what came after a
    go-ahead.
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    others: dict[str, dict[int, bytes]] = field(default_factory=dict)
    listing: bytes = b'* LIST (\\HasNoChildren) "/" INBOX\r\n'
    uidvalidity: int = 7
    capabilities: str = "IMAP4rev1"
    greeting: bytes = b"* OK ready\r\n"
    greetings: list[bytes] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    port: int = 0
    sessions: int = 0
    literals: list[bytes] = field(default_factory=list)
    _lines: BinaryIO | None = None
    _open: str = "INBOX"
    _idle: str = ""

    def commands(self, name: str) -> list[bytes]:
        """The received lines whose command is ``name`` (UID FETCH, LOGIN …)."""
        wanted = re.compile(rb"\S+ " + name.encode() + rb"\b", re.IGNORECASE)
        return [line for line in self.received if wanted.match(line)]

    @property
    def opened(self) -> dict[int, bytes]:
        """The mails of the folder that this session has open."""
        return self.mails if self._open == "INBOX" else self.others.get(self._open, {})

    def fetched(self, uid: int, body: bytes | None = None) -> bytes:
        """A proper FETCH reply for one mail."""
        raw = self.opened[uid] if body is None else body
        head = b"* %d FETCH (UID %d INTERNALDATE %s BODY[] {%d}\r\n"
        return head % (self.place(uid), uid, _DATE, len(raw)) + raw + b")\r\n"

    def place(self, uid: int) -> int:
        """The sequence number of a mail."""
        return sorted(self.opened).index(uid) + 1

    def examined(self, *, exists: int | None = None, uidnext: int | None = None) -> bytes:
        """What an honest server tells of the open folder, or a wrong number for a right one."""
        there = len(self.opened) if exists is None else exists
        last = max(self.opened, default=0) + 1 if uidnext is None else uidnext
        told = b"* FLAGS (\\Seen)\r\n* %d EXISTS\r\n* OK [UIDVALIDITY %d] x\r\n* OK [UIDNEXT %d] x"
        return told % (there, self.uidvalidity, last) + b"\r\n"

    def serve(self, listening: socket.socket) -> None:
        """Sessions until the listening socket closes."""
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            self.sessions += 1
            with line, contextlib.suppress(Cut, OSError), line.makefile("rb") as lines:
                line.settimeout(20)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line.sendall(self.greetings.pop(0) if self.greetings else self.greeting)
                self._lines = lines
                for told in lines:
                    self.received.append(told)
                    self._answer(told, line.sendall)

    def _answer(self, told: bytes, send: Send) -> None:
        tag, _, command = told.decode("latin-1").strip().partition(" ")
        if command.upper().startswith("EXAMINE"):
            self._open = command.partition(" ")[2].strip('"')
        for answer in self.answers:
            if answer(self, tag, command, send):
                return
        self.proper(tag, command, send)

    def proper(self, tag: str, command: str, send: Send) -> None:
        """What an honest server would say."""
        word = command.upper()
        if tag == "DONE":
            tag = self._idle
        elif word == "IDLE":
            self._idle = tag
            send(b"+ idling\r\n")
            return
        elif word.startswith("APPEND"):
            send(b"+ go on\r\n")
            self._take(int(word.rpartition("{")[2].rstrip("+}")))
        elif word.startswith("AUTHENTICATE PLAIN"):
            send(b"+ \r\n")
            self._take(0)
        elif word.startswith("CAPABILITY"):
            send(f"* CAPABILITY {self.capabilities}\r\n".encode())
        elif word.startswith("LIST"):
            send(self.listing)
        elif word.startswith("EXAMINE"):
            if self._open != "INBOX" and self._open not in self.others:
                send(f"{tag} NO [NONEXISTENT] no such folder\r\n".encode())
                return
            send(self.examined())
        elif word.startswith("UID SEARCH"):
            self._found(tag, word, send)
        elif word.startswith("UID FETCH"):
            for uid in sorted(self._asked(word)):
                send(self._fetch_reply(uid, word))
        elif word.startswith("LOGOUT"):
            send(f"* BYE\r\n{tag} OK bye\r\n".encode())
            raise Cut
        send(f"{tag} OK done\r\n".encode())

    def _take(self, size: int) -> None:
        """What a client sends after a go-ahead: so many bytes, and the rest of a line."""
        assert self._lines is not None
        self.literals.append(self._lines.read(size) + self._lines.readline())

    def _found(self, tag: str, word: str, send: Send) -> None:
        uids = [str(uid) for uid in sorted(self._asked(word))]
        if "RETURN" in word:
            told = f" ALL {','.join(uids)}" if uids else ""
            send(f'* ESEARCH (TAG "{tag}") UID{told}\r\n'.encode())
        else:
            send(f"* SEARCH {' '.join(uids)}\r\n".encode())

    def _fetch_reply(self, uid: int, word: str) -> bytes:
        raw = self.opened[uid]
        if "RFC822.SIZE" in word:
            return b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (self.place(uid), uid, len(raw))
        part = _SLICE.search(word)
        if part is None:
            return self.fetched(uid)
        start = int(part[1])
        some = self.fetched(uid, raw[start : start + int(part[2])])
        return some.replace(b"BODY[]", b"BODY[]<%d>" % start, 1)

    def _asked(self, word: str) -> set[int]:
        told = re.match(r"UID (?:FETCH|SEARCH(?: RETURN \(ALL\))? UID) ([0-9:,*]+)", word)
        if told is None:
            return set(self.opened)
        asked: set[int] = set()
        for part in told[1].split(","):
            low, _, high = part.partition(":")
            last = 2**32 if high == "*" else int(high or low)
            asked |= {uid for uid in self.opened if int(low) <= uid <= last}
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
