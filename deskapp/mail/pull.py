"""One mailbox's session with its IMAP server: rounds of pulling, and waiting for news between.

Belongs to one thread; ``cut`` alone may be called from others.
"""

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

from deskapp.data.database import Database
from deskapp.data.queries.folders import ensure_folder, note_gone
from deskapp.domain.ids import MailboxId
from deskapp.domain.mailboxes import MailboxSettings
from deskapp.domain.problem import Problem, ProblemKind

from .connection import ImapConnection
from .folder_sync import FolderResult, FolderSync
from .sent_copies import GRACE, next_copy_in, settle_copies
from .watched import WatchedFolder, watched_folders
from .wishes import Wishes

log = logging.getLogger(__name__)

IDLE_SECONDS = 120.0
"""A full look every two minutes even where IDLE works: lines die without a word."""
POLL_SECONDS = 60.0
SECOND_LOOK_SECONDS = 3.0
"""A server over a Maildir may miss, in the second of its last look, what is delivered just then,
and IDLE does not tell of it either (seen with Dovecot). So a change is followed by one more look.
"""
_SLICE_SECONDS = 0.5
_CLOCK_JUMP_SECONDS = 30.0

Progress = Callable[[str, int, int], None]
"""Told (folder, done, total) after each batch."""


@dataclass(slots=True)
class Round:
    """What one round over all folders found. ``missing`` are named folders that are not there."""

    new: int = 0
    left_out: int = 0
    settled: int = 0
    stopped: bool = False
    missing: list[str] = field(default_factory=list)

    def add(self, result: FolderResult) -> None:
        self.new += result.new
        self.left_out += result.left_out
        self.stopped = self.stopped or result.stopped


class MailboxPull:
    """Pulls one mailbox as ``settings`` say. Made anew when they change."""

    def __init__(
        self,
        database: Database,
        mailbox_id: MailboxId,
        settings: MailboxSettings,
        stop: Event,
        *,
        progress: Progress = lambda folder, done, total: None,
        stored: Callable[[], None] = lambda: None,
        wishes: Wishes | None = None,
    ) -> None:
        self.wishes = wishes or Wishes()
        self._all_seen: int | None = None
        self._database = database
        self._mailbox_id = mailbox_id
        self._settings = settings
        self._stop = stop
        self._progress = progress
        self._stored = stored
        self._connection: ImapConnection | None = None
        self._watched: list[WatchedFolder] = []
        self._syncs: dict[str, FolderSync] = {}
        self._just_changed = True

    def round(self, password: str, *, grace: timedelta = GRACE) -> Round:
        """Brings all watched folders up to date. Raises Problem; the line is dropped then."""
        try:
            return self._round(password, grace)
        except BaseException:
            self.drop()
            raise

    def _round(self, password: str, grace: timedelta) -> Round:
        connection = self._connection
        first_look = False
        if connection is None:
            connection = ImapConnection.open(self._settings.imap, password)
            self._connection = connection
            self._watched = watched_folders(connection.folders(), self._settings.folders)
            first_look = True
        total = Round()
        asked = self.wishes.asked
        for folder in self._watched:
            if self._stop.is_set():
                total.stopped = True
                break
            try:
                total.add(self._sync(folder).run(connection))
            except Problem as problem:
                if problem.kind is not ProblemKind.FOLDER_MISSING or folder.role == "inbox":
                    raise
                total.missing.append(folder.name)
            if folder.role == "inbox" and not self._stop.is_set():
                total.settled = self._settle(connection, grace)
        if not total.stopped:
            self._note_gone(total.missing, asked)
        self._just_changed = first_look or total.new > 0
        return total

    def _note_gone(self, missing: Collection[str], asked: int) -> None:
        """Once for each wish: watched folders that are not on the server have no mail there."""
        if self._all_seen == asked:
            return
        there = [one for one in self._watched if one.name not in missing]
        seen = [self._sync(one).folder_id for one in there]
        with self._database.writing() as unit:
            note_gone(unit, self._mailbox_id, seen, asked)
        self._all_seen = asked

    def _sync(self, folder: WatchedFolder) -> FolderSync:
        if folder.name not in self._syncs:
            with self._database.writing() as unit:
                folder_id = ensure_folder(
                    unit.connection, self._mailbox_id, folder.name, folder.role
                )
            self._syncs[folder.name] = FolderSync(
                self._database,
                folder_id,
                folder.name,
                since=self._settings.since,
                stop=self._stop,
                progress=lambda done, total: self._progress(folder.name, done, total),
                stored=self._stored,
                wishes=self.wishes,
            )
        return self._syncs[folder.name]

    def _settle(self, connection: ImapConnection, grace: timedelta) -> int:
        sent = next((one.name for one in self._watched if one.role == "sent"), None)
        return settle_copies(
            connection, self._database, self._mailbox_id, sent, datetime.now(UTC), grace=grace
        )

    def wait(self, wake: Event) -> None:
        """Returns when a new round is due: news by IDLE, time, ``wake``, or the stop event.

        Raises Problem OFFLINE when the line is found dead, and after the machine slept.
        """
        connection = self._connection
        try:
            if connection is not None and connection.can("IDLE"):
                self._idle(connection, wake)
            else:
                self._sleep(self._until_next(POLL_SECONDS), wake)
        except BaseException:
            self.drop()
            raise

    def _idle(self, connection: ImapConnection, wake: Event) -> None:
        if self._syncs["INBOX"].changed(connection.select("INBOX")):
            return
        connection.idle()
        clock = _Clock(self._until_next(IDLE_SECONDS))
        while not (self._stop.is_set() or wake.is_set() or clock.over()):
            if connection.hears(_SLICE_SECONDS):
                break
        connection.done()

    def _until_next(self, longest: float) -> float:
        """How long to wait: a folder that just changed and a copy in Sent are looked at sooner."""
        if self._just_changed:
            return SECOND_LOOK_SECONDS
        copy = next_copy_in(self._database, self._mailbox_id, datetime.now(UTC))
        return longest if copy is None else min(longest, copy)

    def _sleep(self, seconds: float, wake: Event) -> None:
        clock = _Clock(seconds)
        while not (self._stop.is_set() or clock.over()):
            if wake.wait(_SLICE_SECONDS):
                break

    def close(self) -> None:
        """Ends the session in good manners."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def drop(self) -> None:
        """Forgets the line; the next round opens a new one."""
        if self._connection is not None:
            self._connection.drop()
            self._connection = None

    def cut(self) -> None:
        """From another thread: makes whatever waits for the server fail now."""
        connection = self._connection
        if connection is not None:
            connection.cut()


class _Clock:
    """Counts a wait, and notices that the machine was asleep: no line survives that."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._apart = time.time() - time.monotonic()

    def over(self) -> bool:
        if abs(time.time() - time.monotonic() - self._apart) > _CLOCK_JUMP_SECONDS:
            raise Problem(ProblemKind.OFFLINE, said="clock")
        return time.monotonic() >= self._end
