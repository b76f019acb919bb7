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
from deskapp.data.queries.folders import ensure_folder, note_gone, sent_folders
from deskapp.data.queries.ledger_retry import next_due
from deskapp.domain.ids import MailboxId
from deskapp.domain.mailboxes import MailboxSettings
from deskapp.domain.problem import Problem, ProblemKind

from .connection import ImapConnection
from .folder_sync import FolderResult, FolderSync
from .imap_session import ListedFolder
from .sent_copies import GRACE, next_copy_in, settle_copies
from .waiting import Pace, Wait
from .watched import WatchedFolder, check_views, watched_folders
from .wishes import Wishes

log = logging.getLogger(__name__)

_BREATH_SECONDS = 1.0
_JUST_NOW = timedelta(seconds=10)  # a mail may have become due while the round went on
_LINES_A_ROUND = 4
LOOK_ROUND = 600.0
"""Seconds; so often the server is asked for its folders."""

Progress = Callable[[str, int, int], None]
"""Told (folder, done, total) after each batch."""


@dataclass(slots=True)
class Round:
    """What one round over all folders found. ``missing`` are named folders that are not there.

    ``refused`` is the first trouble with one folder or with the copy in Sent, over which the rest
    went on. ``alerts`` are words that the server wants a person to read.
    """

    new: int = 0
    left_out: int = 0
    settled: int = 0
    stopped: bool = False
    missing: list[str] = field(default_factory=list)
    refused: Problem | None = None
    alerts: tuple[str, ...] = ()

    @property
    def trouble(self) -> Problem | None:
        """What a person is to be told of although mail comes."""
        if self.refused is None and self.missing:
            names = ", ".join(self.missing)
            return Problem(ProblemKind.FOLDER_MISSING, folder=names, said=names)
        return self.refused

    def add(self, result: FolderResult) -> None:
        self.new += result.new
        self.left_out += result.left_out
        self.stopped = self.stopped or result.stopped


class MailboxPull:
    """Pulls one mailbox as ``settings`` say. Made anew when they change.

    With ``thorough`` every folder is compared in full at first, whatever the ledger remembers.
    """

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
        pace: Pace | None = None,
        thorough: bool = False,
    ) -> None:
        self._pace = pace or Pace()
        self._thorough = thorough
        self.wishes = wishes or Wishes()
        self._all_seen: int | None = None
        self._listed = False
        self._look_round_at = 0.0
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
        """Brings all watched folders up to date. Raises Problem; the line is dropped then.

        A line that breaks over a mail is opened anew at once as long as that gets us further.
        """
        came = sum(sync.came for sync in self._syncs.values())
        for more in reversed(range(_LINES_A_ROUND)):
            before = self._reached()
            try:
                total = self._round(password, grace)
            except Problem as problem:
                further = self._broke(problem) and self._reached() != before
                self.drop()
                if not (more and further):
                    raise
            except BaseException:
                self.drop()
                raise
            else:
                break
        total.new = sum(sync.came for sync in self._syncs.values()) - came
        return total

    def _broke(self, problem: Problem) -> bool:
        lost = self._connection is not None and self._connection.lost
        return lost and "retry_after" not in problem.details and not self._stop.is_set()

    def _reached(self) -> set[tuple[str, int, int, int]]:
        return {
            (name, sync.came, sync.missed, len(sync.alone))
            for name, sync in self._syncs.items()
            if sync.came or sync.missed or sync.alone
        }

    def _round(self, password: str, grace: timedelta) -> Round:
        first_look = self._connection is None
        connection = self._connection or self._connect(password)
        total = Round()
        asked = self.wishes.asked
        if first_look or asked != self._all_seen or time.monotonic() > self._look_round_at:
            total.refused = self._look_round(connection)
        inbox: Problem | None = None
        for folder in self._watched:
            if self._stop.is_set():
                total.stopped = True
                break
            try:
                total.add(self._sync(folder).run(connection))
            except Problem as problem:
                self._go_on_after(problem, connection)
                if folder.role == "inbox":
                    inbox = problem
                elif problem.kind is ProblemKind.FOLDER_MISSING:
                    total.missing.append(folder.name)
                else:
                    total.refused = total.refused or problem
            if folder.role == "inbox" and not self._stop.is_set():
                try:
                    total.settled = self._settle(connection, grace)
                except Problem as problem:
                    self._go_on_after(problem, connection)
                    total.refused = problem
        if inbox is not None:
            raise inbox
        if not total.stopped:
            self._note_gone(total.missing, asked)
        total.alerts = connection.alerts
        self._just_changed = first_look or total.new > 0
        return total

    def _go_on_after(self, problem: Problem, connection: ImapConnection) -> None:
        if connection.lost or "retry_after" in problem.details:
            raise problem

    def _connect(self, password: str) -> ImapConnection:
        connection = ImapConnection.open(
            self._settings.imap,
            password,
            answer_seconds=self._pace.answer,
            pulse_answer_seconds=self._pace.pulse_answer,
        )
        self._connection = connection
        return connection

    def _look_round(self, connection: ImapConnection) -> Problem | None:
        """Which folders there are to watch: a first answer by phone may have made the Sent folder.

        Where the server will not list them, those that are known.
        """
        with self._database.reading() as reading:
            before = sent_folders(reading, self._mailbox_id)
        named = self._settings.folders
        self._listed = False
        try:
            listed = connection.folders()
        except Problem as problem:
            self._go_on_after(problem, connection)
            known = [ListedFolder(name, frozenset()) for name in before]
            self._watched = self._watched or watched_folders(known, named, before)
            return problem
        self._listed = True
        self._look_round_at = time.monotonic() + LOOK_ROUND
        self._watched = watched_folders(listed, named, before)
        return check_views(listed, named)

    def _note_gone(self, missing: Collection[str], asked: int) -> None:
        """Once for each wish: watched folders that are not on the server have no mail there."""
        if self._all_seen == asked or not self._listed:
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
                thorough=self._thorough,
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
            if connection is None:
                Wait(self._until_next(self._pace.poll), self._stop, wake).pass_by()
            elif self._syncs["INBOX"].changed(connection.select("INBOX")):
                if not self._just_changed:  # a server that counts anew each time is not chased
                    Wait(_BREATH_SECONDS, self._stop, wake).pass_by()
            else:
                longest = self._pace.look if connection.can("IDLE") else self._pace.poll
                wait = Wait(self._until_next(longest), self._stop, wake)
                wait.listen(connection, self._pace.pulse)
        except BaseException:
            self.drop()
            raise

    def _until_next(self, longest: float) -> float:
        """How long to wait: a folder that just changed, a copy in Sent, and a mail that did not
        come are looked at sooner."""
        if self._just_changed:
            return self._pace.second_look
        now = datetime.now(UTC)
        copy = next_copy_in(self._database, self._mailbox_id, now)
        with self._database.reading() as reading:
            due = next_due(reading, self._mailbox_id, now - _JUST_NOW)
        again = None if due is None else max(_BREATH_SECONDS, (due - now).total_seconds())
        return min([longest, *(wait for wait in (copy, again) if wait is not None)])

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
