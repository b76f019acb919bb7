"""The one gateway to IMAPClient. A connection belongs to the thread that opened it.

It only reads (EXAMINE, BODY.PEEK), except for ``append`` to the Sent folder. No argument may
carry CR, LF or NUL: IMAPClient sends them on, as a second command (mjs/imapclient #657).
"""

import contextlib
import re
import select
import socket
import ssl
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind

from . import uid_sets
from .fetch_reply import MailReply, Piece, replies
from .imap_open import connect, drop, imap_faults, sign_in
from .lines import ANSWER_SECONDS, clean_argument, said
from .uid_sets import LARGEST_UID

SLICE = 1024 * 1024
_WINDOW = 50_000  # mails whose UIDs are asked for at once where the server cannot say 1:50000
_UIDS_A_COMMAND = 1000  # a set of single UIDs stays under the 8 KB some servers allow a line
_ESEARCH_ALL = re.compile(rb"\bALL ([0-9:,]+)", re.IGNORECASE)
_MISSING = re.compile(r"NONEXISTENT|not exist|n't exist|unknown mailbox|no such", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SelectedFolder:
    """What a server says of a folder when it is opened. ``uidnext`` and ``modseq`` may lack."""

    name: str
    uidvalidity: int
    exists: int
    uidnext: int | None
    highest_modseq: int | None


@dataclass(frozen=True, slots=True)
class ListedFolder:
    """A folder as LIST names it; flags in lower case, with their backslash."""

    name: str
    flags: frozenset[str]


class ImapConnection:
    """A signed-in session. Every method may raise Problem; after OFFLINE the line is gone."""

    def __init__(self, client: IMAPClient, server: Server) -> None:
        self._client = client
        self._imap: Any = client._imap
        self._server = server
        self._selected: SelectedFolder | None = None
        self._idle_tag: bytes | None = None

    @classmethod
    def open(
        cls, server: Server, password: str, *, answer_seconds: float = ANSWER_SECONDS
    ) -> "ImapConnection":
        """Connects and signs in. Problems as ``imap_open.connect`` and ``sign_in``."""
        client = connect(server, answer_seconds=answer_seconds)
        try:
            sign_in(client, server, password)
        except BaseException:
            drop(client)
            raise
        return cls(client, server)

    def close(self) -> None:
        """Says goodbye if the server listens, and closes in any case."""
        with contextlib.suppress(OSError, IMAPClientError, ValueError):
            if self._idle_tag is None:
                self._client.logout()
        drop(self._client)

    def drop(self) -> None:
        """Closes without a word."""
        drop(self._client)

    def cut(self) -> None:
        """From another thread: what reads or waits on the line fails at once."""
        with contextlib.suppress(OSError):
            self._client.socket().shutdown(socket.SHUT_RDWR)

    def can(self, capability: str) -> bool:
        """Whether the server offers it."""
        with self._faults():
            return bool(self._client.has_capability(capability))

    def folders(self) -> list[ListedFolder]:
        """All folders that hold mail."""
        with self._faults():
            listed = self._client.list_folders()
        found = []
        for flags, _separator, name in listed:
            words = frozenset(said(flag).lower() for flag in flags)
            if "\\noselect" not in words and "\\nonexistent" not in words:
                found.append(ListedFolder(name if isinstance(name, str) else said(name), words))
        return found

    def select(self, name: str) -> SelectedFolder:
        """Opens a folder for reading only. Raises FOLDER_MISSING, or SERVER_REFUSED."""
        clean_argument(name, "folder")
        self._selected = None
        try:
            with self._faults():
                answer = self._client.select_folder(name, readonly=True)
        except Problem as problem:
            if _MISSING.search(str(problem.details.get("said", ""))):
                raise Problem(ProblemKind.FOLDER_MISSING, folder=name) from problem
            raise
        uidvalidity = answer.get(b"UIDVALIDITY")
        if not uidvalidity:
            raise self._refused("no UIDVALIDITY")
        self._selected = SelectedFolder(
            name,
            uidvalidity,
            answer.get(b"EXISTS", 0),
            answer.get(b"UIDNEXT"),
            answer.get(b"HIGHESTMODSEQ"),
        )
        return self._selected

    def list_uids(self, since: date | None = None) -> set[int]:
        """Every UID of the opened folder, or those received on ``since`` or later."""
        folder = self._opened()
        wanted = "ALL" if since is None else f"SINCE {_imap_date(since)}"
        if not folder.exists:
            return set()
        if folder.exists <= _WINDOW or self.can("ESEARCH"):
            return self._search(wanted)
        found: set[int] = set()
        last = (folder.uidnext or LARGEST_UID) - 1
        step = max(_WINDOW, last * _WINDOW // folder.exists)
        for first in range(1, last + 1, step):
            found |= self._search(f"UID {first}:{min(first + step - 1, last)} {wanted}")
        return found

    def still_there(self, uids: Collection[int]) -> set[int]:
        """Those of these UIDs that the server has, asked for by name."""
        found: set[int] = set()
        for some in _slices(uids):
            found |= self._search(f"UID {uid_sets.spelt(some)}") & set(some)
        return found

    def has_message_id(self, message_id: str) -> bool:
        """Whether the opened folder holds a mail of ours with this Message-ID, without brackets."""
        quoted = clean_argument(message_id, "message_id").replace("\\", "").replace('"', "")
        return bool(self._search(f'HEADER MESSAGE-ID "<{quoted}>"'))

    def sizes(self, uids: Collection[int]) -> dict[int, int]:
        """RFC822.SIZE by UID: a hint for planning, and no more than that."""
        found = {}
        for reply in self._fetch(uids, "(UID RFC822.SIZE)"):
            if reply.size is not None:
                found[reply.uid] = reply.size
        return found

    def fetch(self, uids: Collection[int]) -> dict[int, MailReply]:
        """Whole mails by UID. What the server did not hand over properly is left out."""
        found: dict[int, MailReply] = {}
        spoilt = set()
        for reply in self._fetch(uids, "(UID INTERNALDATE BODY.PEEK[])"):
            if reply.raw is None:
                continue  # NIL is no mail, and neither is a change of flags
            if reply.uid in found and found[reply.uid].raw != reply.raw:
                spoilt.add(reply.uid)  # one UID, two mails: neither can be believed
            found[reply.uid] = reply
        return {uid: reply for uid, reply in found.items() if uid not in spoilt}

    def fetch_large(self, uid: int, at_most: int) -> MailReply | None:
        """One mail in slices; None if it did not come, or is larger than ``at_most`` bytes."""
        body = bytearray()
        internal_at = None
        while len(body) <= at_most:
            items = f"(UID INTERNALDATE BODY.PEEK[]<{len(body)}.{SLICE}>)"
            reply = next(iter(self._fetch([uid], items)), None)
            if reply is None or reply.raw is None:
                return None
            internal_at = reply.internal_at or internal_at
            body += reply.raw
            if len(reply.raw) < SLICE:
                return MailReply(uid, bytes(body), len(body), internal_at)
        return None

    def append(self, folder: str, raw: bytes, at: datetime) -> None:
        """Puts a mail of ours into a folder, marked as read."""
        clean_argument(folder, "folder")
        with self._faults():
            self._client.append(folder, raw, flags=("\\Seen",), msg_time=at)

    def noop(self) -> None:
        """A word now and then keeps routers from forgetting the line."""
        with self._faults():
            self._client.noop()

    def idle(self) -> None:
        """Asks to be told of new mail (RFC 2177). End with ``done`` before anything else."""
        with self._faults():
            tag: bytes = self._imap._command("IDLE")
            while self._imap._get_response() is not None:
                if self._imap.tagged_commands.get(tag):
                    raise self._refused("IDLE")
            self._idle_tag = tag

    def hears(self, seconds: float) -> bool:
        """Waits during IDLE until the server says something, for at most ``seconds``."""
        with self._faults():
            return self._buffered() or self._readable(seconds)

    def done(self) -> bool:
        """Ends IDLE. True when the folder changed meanwhile."""
        tag, self._idle_tag = self._idle_tag, None
        with self._faults():
            self._imap.untagged_responses.clear()
            self._imap.send(b"DONE\r\n")
            self._imap._command_complete("IDLE", tag)
            return bool({"EXISTS", "EXPUNGE", "VANISHED"} & set(self._imap.untagged_responses))

    def _readable(self, seconds: float) -> bool:
        line = self._client.socket()
        pending = isinstance(line, ssl.SSLSocket) and line.pending() > 0
        return pending or bool(select.select([line], [], [], seconds)[0])

    def _buffered(self) -> bool:
        """Whether something already lies in imaplib's buffer, where select cannot see it."""
        line = self._client.socket()
        before = line.gettimeout()
        line.settimeout(0)
        try:
            return bool(self._imap.file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            line.settimeout(before)

    def _search(self, wanted: str) -> set[int]:
        limit = self._opened().exists + 10_000  # mail arrives while we ask
        untagged = self._imap.untagged_responses
        with self._faults():
            untagged.pop("ESEARCH", None)
            extended = ("RETURN", "(ALL)") if self._client.has_capability("ESEARCH") else ()
            typ, lines = self._imap.uid("SEARCH", *extended, wanted)
            if typ != "OK":
                raise IMAPClientError(said(lines[0]))
            found: set[int] = set()
            for line in untagged.pop("ESEARCH", []):
                told = _ESEARCH_ALL.search(line)
                found |= uid_sets.read(told[1], limit) if told else set()
            for line in lines:
                numbers = (line or b"").split(b"(")[0].split()
                found.update(int(number) for number in numbers)
        return found

    def _fetch(self, uids: Collection[int], items: str) -> Iterator[MailReply]:
        self._opened()
        for some in _slices(uids):
            wanted = set(some)
            with self._faults():
                self._imap.untagged_responses.pop("FETCH", None)
                # A NO may come after good replies, when one of the mails was just expunged.
                typ, data = self._imap.uid("FETCH", uid_sets.spelt(some), items)
                if typ == "NO":
                    data = self._imap.untagged_responses.pop("FETCH", [])
                pieces: list[Piece] = data
            yield from (reply for reply in replies(pieces) if reply.uid in wanted)

    def _opened(self) -> SelectedFolder:
        if self._selected is None:
            raise RuntimeError("no folder is open")
        return self._selected

    def _refused(self, words: str) -> Problem:
        return Problem(ProblemKind.SERVER_REFUSED, host=self._server.host, said=words)

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        with imap_faults(self._server):
            yield


def _slices(uids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(uids)
    for start in range(0, len(ordered), _UIDS_A_COMMAND):
        yield ordered[start : start + _UIDS_A_COMMAND]


def _imap_date(day: date) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.day}-{months[day.month - 1]}-{day.year}"
