"""A signed-in session with an IMAP server: opened, kept alive, told of news, and closed.

The gateway to IMAPClient, with ``connection`` on top, which reads mails. It belongs to the thread
that opened it. No argument may carry CR, LF or NUL: IMAPClient sends them on, as a second command
(mjs/imapclient #657).
"""

import contextlib
import re
import select
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind

from . import folder_replies, providers
from .imap_open import connect, drop, imap_faults, introduce, refused, sign_in
from .lines import ANSWER_SECONDS, clean_argument, said, waiting

PULSE_ANSWER_SECONDS = 15.0
"""For the answer to a word that costs the server nothing: longer, and the line is dead."""
SIGN_IN_SECONDS = 30.0
"""For each answer until we are signed in; a folder may take longer to be opened."""

_MISSING = re.compile(r"NONEXISTENT|not exist|n't exist|unknown mailbox|no such", re.IGNORECASE)
_NO_MAIL = frozenset({"\\noselect", "\\nonexistent"})
_NEWS = frozenset({"EXISTS", "EXPUNGE", "VANISHED"})


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


class ImapSession:
    """Every method may raise Problem; when ``lost`` is set the line is of no use any more."""

    def __init__(self, client: IMAPClient, server: Server) -> None:
        self._client = client
        self._imap: Any = client._imap
        self._server = server
        self._selected: SelectedFolder | None = None
        self._idle_tag: bytes | None = None
        self.lost = False
        self.tells_vanished = False
        self._told = False
        self._pulse_answer = PULSE_ANSWER_SECONDS

    @classmethod
    def open(
        cls,
        server: Server,
        password: str,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        pulse_answer_seconds: float = PULSE_ANSWER_SECONDS,
    ) -> Self:
        """Connects and signs in. Problems as ``imap_open.connect`` and ``sign_in``.

        ``pulse_answer_seconds`` is the patience with the answer to ``noop`` and ``done``.
        """
        client = connect(server, answer_seconds=min(answer_seconds, SIGN_IN_SECONDS))
        try:
            sign_in(client, server, password)
        except BaseException:
            drop(client)
            raise
        session = cls(client, server)
        session._pulse_answer = pulse_answer_seconds
        client.socket().settimeout(answer_seconds)
        session._enable_qresync()
        return session

    def _enable_qresync(self) -> None:
        """Makes the server say which mails left, for ``vanished`` (RFC 7162, 3.2.3)."""
        if not self.can("QRESYNC"):
            return
        try:
            with self._faults():
                typ, _ = self._imap._simple_command("ENABLE", "QRESYNC")
        except Problem:
            if self.lost:
                self.drop()
                raise
        else:
            self.tells_vanished = typ == "OK"

    def close(self) -> None:
        """Says goodbye if the server listens, and closes in any case."""
        with contextlib.suppress(OSError, IMAPClientError, ValueError, Problem):
            if self._idle_tag is None:
                with self._soon():
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
            typ, told = self._imap._simple_command("LIST", '""', '"*"')
            if typ != "OK":
                raise IMAPClientError(said(told[0]))
        named = folder_replies.listed(self._imap.untagged_responses.pop("LIST", []))
        return [ListedFolder(name, flags) for name, flags in named if not flags & _NO_MAIL]

    def select(self, name: str) -> SelectedFolder:
        """Opens a folder for reading only. Raises FOLDER_MISSING, or SERVER_REFUSED."""
        clean_argument(name, "folder")
        self._selected = None
        try:
            self._examine(name)
        except Problem as problem:
            if _MISSING.search(str(problem.details.get("said", ""))):
                raise Problem(ProblemKind.FOLDER_MISSING, folder=name) from problem
            raise
        untagged = self._imap.untagged_responses
        uidvalidity = folder_replies.number(untagged, "UIDVALIDITY")
        if uidvalidity is None:
            raise self._refused("no UIDVALIDITY")
        self._selected = SelectedFolder(
            name,
            uidvalidity,
            folder_replies.number(untagged, "EXISTS") or 0,
            folder_replies.number(untagged, "UIDNEXT"),
            folder_replies.number(untagged, "HIGHESTMODSEQ", folder_replies.LARGEST_MODSEQ),
        )
        return self._selected

    def _examine(self, name: str) -> None:
        with self._faults():
            quoted = self._client._normalise_folder(name)
            typ, told = self._imap.select(quoted, readonly=True)
            if typ != "OK" and providers.wants_name(said(told[0])):
                introduce(self._client)
                typ, told = self._imap.select(quoted, readonly=True)
            if typ != "OK":
                raise IMAPClientError(said(told[0]))

    def append(self, folder: str, raw: bytes, at: datetime) -> None:
        """Puts a mail of ours into a folder, marked as read."""
        clean_argument(folder, "folder")
        with self._faults():
            self._client.append(folder, raw, flags=("\\Seen",), msg_time=at)

    def noop(self) -> bool:
        """Asks for nothing, which keeps routers from forgetting the line and finds it dead.

        True when the open folder changed since the last word (RFC 3501, 6.1.2).
        """
        self._forget_news()
        with self._faults(), self._soon():
            self._client.noop()
        return self._has_news()

    def idle(self) -> None:
        """Asks to be told of new mail (RFC 2177). End with ``done`` before anything else."""
        self._forget_news()
        with self._faults(), self._soon():
            tag: bytes = self._imap._command("IDLE")
            while self._imap._get_response() is not None:
                if self._imap.tagged_commands.get(tag):
                    raise self._refused("IDLE")
            self._idle_tag = tag
        # News may stand before the server's "go on", where nobody would hear of it again.
        self._told = self._has_news()

    def hears(self, seconds: float) -> bool:
        """Waits during IDLE until the server says something, for at most ``seconds``."""
        with self._faults():
            return (
                self._told
                or waiting(self._client.socket(), self._imap.file)
                or self._readable(seconds)
            )

    def done(self) -> bool:
        """Ends IDLE. True when the folder changed meanwhile."""
        tag, self._idle_tag = self._idle_tag, None
        with self._faults(), self._soon():
            self._imap.send(b"DONE\r\n")
            self._imap._command_complete("IDLE", tag)
        return self._has_news()

    def _forget_news(self) -> None:
        for word in _NEWS:
            self._imap.untagged_responses.pop(word, None)

    def _has_news(self) -> bool:
        return bool(_NEWS & set(self._imap.untagged_responses))

    def _readable(self, seconds: float) -> bool:
        line = self._client.socket()
        pending = isinstance(line, ssl.SSLSocket) and line.pending() > 0
        return pending or bool(select.select([line], [], [], seconds)[0])

    @contextlib.contextmanager
    def _soon(self) -> Iterator[None]:
        """Inside, the server has less time for its answer; after a fault the line is of no use."""
        line = self._client.socket()
        before = line.gettimeout()
        line.settimeout(self._pulse_answer)
        yield
        line.settimeout(before)

    @property
    def alerts(self) -> tuple[str, ...]:
        """What the server wants a person to read (ALERT, RFC 3501, 7.1), in its own words."""
        return tuple(self._imap.alerts)

    def _refused(self, words: str) -> Problem:
        return refused(self._server, words)

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        with imap_faults(self._server):
            try:
                yield
            except (IMAPClientAbortError, OSError):
                self.lost = True
                raise
