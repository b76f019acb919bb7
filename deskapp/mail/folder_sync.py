"""Brings one folder's ledger up to the server: lists, plans, fetches, stores.

The next batch is fetched while the last one is stored. Stopped or killed at any point it goes on
from the ledger: nothing is remembered elsewhere, except which mails spoilt a batch.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

from deskapp.data.database import Database
from deskapp.data.queries import ledger, ledger_retry, ledger_scope
from deskapp.data.queries.blobs import pack
from deskapp.data.queries.folders import (
    FolderMark,
    folder_mark,
    note_check,
    note_listed,
    note_seen,
)
from deskapp.data.queries.ledger import FetchedMail
from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import LedgerState

from .batch_fetch import fetch_batch
from .choice import choose, first_day
from .connection import ImapConnection
from .fetch_reply import MailReply
from .folder_look import Look, brief_look, has_hidden, is_quiet, whole_look
from .imap_session import SelectedFolder
from .plan import LARGEST_MAIL, Batch, FolderPlan, batches
from .wishes import Wishes

log = logging.getLogger(__name__)

FULL_CHECK = timedelta(hours=6)
"""A folder is compared in full this often, whatever its numbers say."""
NEWEST_CHECK = 600.0
"""Seconds; so often the newest UIDs of a quiet folder are asked for, whatever its numbers say."""
_SIZES_AT_ONCE = 2000
_STORING = 2  # batches in the hands of the storing thread before fetching waits

Progress = Callable[[int, int], None]


def _no_progress(done: int, total: int) -> None:
    pass


@dataclass(slots=True)
class FolderResult:
    """One round over a folder. ``stopped`` tells that it ended before all was fetched."""

    on_server: int = 0
    new: int = 0
    left_out: int = 0
    stopped: bool = False
    put_aside_for: int = 0  # the wish that stopped the import here


@dataclass(slots=True)
class FolderSync:
    """One folder of one mailbox, across connections.

    ``since`` limits what is asked for of the mail that is there at the first look, or when it is
    changed. Mail that comes later is fetched whatever its date: dates choose, and prove nothing.
    With ``thorough`` the next round is a full comparison; afterwards it is False.
    ``alone`` holds UIDs of a batch that broke the line: they are fetched one by one next time.
    ``came`` and ``missed`` count over all rounds, also those that ended in a Problem.
    """

    database: Database
    folder_id: FolderId
    name: str
    since: datetime | None = None
    thorough: bool = False
    stop: Event = field(default_factory=Event)
    progress: Progress = _no_progress
    alone: set[int] = field(default_factory=set)
    stored: Callable[[], None] = lambda: None
    wishes: Wishes = field(default_factory=Wishes)
    came: int = 0
    missed: int = 0
    _last_seen: SelectedFolder | None = None
    _newest_seen: float | None = None

    def run(self, connection: ImapConnection) -> FolderResult:
        """One full round. Raises Problem; what was stored until then stays stored."""
        folder = connection.select(self.name)
        mark, due = self._remembered(folder)
        if not due and not self._whole_due(mark) and is_quiet(folder, mark):
            if not self._newest_hide(connection, folder, mark):
                self._last_seen = folder
                return FolderResult(on_server=mark.exists or 0)
            self.thorough = True
        return self._compare(connection, folder, mark)

    def _newest_hide(
        self, connection: ImapConnection, folder: SelectedFolder, mark: FolderMark
    ) -> bool:
        """Some servers' numbers stand still while mail comes: now and then that is made sure."""
        now = time.monotonic()
        if self._newest_seen is not None and now - self._newest_seen < NEWEST_CHECK:
            return False
        self._newest_seen = now
        return has_hidden(connection, self.database, folder, mark)

    def _remembered(self, folder: SelectedFolder) -> tuple[FolderMark, bool]:
        """The ledger's mark for this epoch, and whether some mail is to be asked for again."""
        with self.database.reading() as reading:
            mark = folder_mark(reading, self.folder_id)
            due = ledger.has_due(reading, self.folder_id, folder.uidvalidity, _now())
        if mark.uidvalidity == folder.uidvalidity:
            return mark, due
        with self.database.writing() as unit:
            if ledger.begin_epoch(unit, self.folder_id, folder.uidvalidity):
                log.info("folder %d has a new UIDVALIDITY", self.folder_id)
            return folder_mark(unit.connection, self.folder_id), due

    def changed(self, folder: SelectedFolder) -> bool:
        """Whether a folder opened just now shows anything that the last round did not see."""
        return _numbers(folder) != _numbers(self._last_seen)

    def _wished(self, mark: FolderMark) -> bool:
        """Whether somebody asked for a full look since the last one."""
        return (mark.answered or 0) < self.wishes.asked or not self._chosen(mark)

    def _chosen(self, mark: FolderMark) -> bool:
        return mark.chosen_at is not None and first_day(mark.since) == first_day(self.since)

    def _whole_due(self, mark: FolderMark) -> bool:
        """Whether it is time for a full comparison; a check in the future is a clock gone wrong."""
        checked = mark.last_full_check_at
        if self.thorough or checked is None or self._wished(mark):
            return True
        return not timedelta() <= _now() - checked <= FULL_CHECK

    def _compare(
        self, connection: ImapConnection, folder: SelectedFolder, mark: FolderMark
    ) -> FolderResult:
        asked = self.wishes.asked
        look = None
        if not self._whole_due(mark):
            look = brief_look(connection, self.database, folder, mark)
        if look is None:
            look = self._whole(connection, folder, mark)
        with self.database.writing() as unit:
            where = (unit, self.folder_id, folder.uidvalidity)
            ledger.mark_vanished(*where, look.gone)
            ledger.mark_returned(*where, look.plan.returned)
            note_listed(unit, self.folder_id, look.on_server)
        result = FolderResult(on_server=look.on_server)
        self._fetch_all(connection, folder, look.plan, result, mark.answered)
        if not result.stopped:
            agrees = look.agrees and not result.left_out
            self._note(folder, look, agrees, max(asked, result.put_aside_for))
        return result

    def _whole(self, connection: ImapConnection, folder: SelectedFolder, mark: FolderMark) -> Look:
        listed = connection.list_uids()
        if not self._chosen(mark):
            where = (self.database, self.folder_id)
            choose(connection, *where, folder, listed, self.since)
        return whole_look(connection, self.database, self.folder_id, folder, listed)

    def _note(self, folder: SelectedFolder, look: Look, agrees: bool, answered: int) -> None:
        """The ledger is like the server now, but for what it names itself as missing.

        Without ``agrees`` the next look is a whole one: a listing whose mails do not come may be
        one of sequence numbers.
        """
        with self.database.writing() as unit:
            note_seen(
                unit,
                self.folder_id,
                exists=folder.exists if agrees else None,
                uidnext=folder.uidnext,
                highest_modseq=folder.highest_modseq,
            )
            if look.whole:
                note_check(
                    unit, self.folder_id, exists=look.on_server, at=_now(), answered=answered
                )
                self.thorough = False
                self._newest_seen = time.monotonic()
        self._last_seen = folder

    def _fetch_all(
        self,
        connection: ImapConnection,
        folder: SelectedFolder,
        plan: FolderPlan,
        result: FolderResult,
        answered: int | None,
    ) -> None:
        fetch = self._still_wanted(folder, plan.fetch)
        total = len(fetch)
        done = 0
        left = set(fetch)
        with self._storing(folder) as store:
            for batch in self._batches(connection, fetch):
                if self.stop.is_set():
                    result.stopped = True
                    return
                if self._put_aside(folder, left, result, answered):
                    return
                fetched = fetch_batch(connection, batch, self.alone)
                came = fetched.mails
                store(came)
                self.came += len(came)
                self.missed += len(fetched.missing)
                if fetched.missing:
                    # Silence in a FETCH is no proof that a mail is gone: the next listing tells.
                    result.left_out += len(fetched.missing)
                    self._put_off(folder, batch, fetched.missing)
                if fetched.problem is not None:
                    raise fetched.problem
                left.difference_update(batch.uids)
                done += len(batch.uids)
                result.new += len(came)
                self.progress(done, total)

    def _still_wanted(self, folder: SelectedFolder, uids: Sequence[int]) -> Sequence[int]:
        """A stopped import stays stopped when its server numbers all mails anew."""
        if self.wishes.stopped is None:
            return uids
        with self.database.writing() as unit:
            waiting = ledger_scope.stop_as_before(
                unit, self.folder_id, folder.uidvalidity, uids, _now()
            )
        return uids[: len(uids) - waiting]

    def _put_aside(
        self, folder: SelectedFolder, left: Set[int], result: FolderResult, answered: int | None
    ) -> bool:
        """Ends the import where a person stopped it. What comes later is new, and is fetched."""
        stopped = self.wishes.stopped
        if stopped is None or (answered or 0) >= stopped:
            return False
        with self.database.writing() as unit:
            ledger_scope.stop_at(unit, self.folder_id, folder.uidvalidity, left, _now())
        result.put_aside_for = stopped
        return True

    def _batches(self, connection: ImapConnection, uids: Sequence[int]) -> Iterator[Batch]:
        for start in range(0, len(uids), _SIZES_AT_ONCE):
            some = uids[start : start + _SIZES_AT_ONCE]
            yield from batches(some, connection.sizes(some), self.alone)

    def _put_off(self, folder: SelectedFolder, batch: Batch, missing: Collection[int]) -> None:
        too_large = batch.size > LARGEST_MAIL
        with self.database.writing() as unit:
            ledger_retry.put_off(
                unit,
                self.folder_id,
                folder.uidvalidity,
                missing,
                _now(),
                "too_large" if too_large else "not_delivered_by_server",
                state=LedgerState.HELD if too_large else LedgerState.PENDING,
            )

    @contextmanager
    def _storing(self, folder: SelectedFolder) -> Iterator[Callable[[Sequence[MailReply]], None]]:
        """A thread that stores what is handed to it, in order; all of it is stored at the end."""
        running: deque[Future[None]] = deque()

        def store(came: Sequence[MailReply]) -> None:
            while len(running) >= _STORING:
                running.popleft().result()
            running.append(pool.submit(self._store, folder, came))

        with ThreadPoolExecutor(1, "store") as pool:
            yield store
            for one in running:
                one.result()

    def _store(self, folder: SelectedFolder, came: Sequence[MailReply]) -> None:
        mails = [
            FetchedMail(reply.uid, pack(reply.raw or b""), reply.internal_at) for reply in came
        ]
        with self.database.writing() as unit:
            ledger.store_batch(unit, self.folder_id, folder.uidvalidity, mails, _now())
        self.stored()


def _numbers(folder: SelectedFolder | None) -> tuple[int | None, ...]:
    """What moves when mail comes or goes; MODSEQ moves with every flag, and is left out."""
    return (folder.uidvalidity, folder.exists, folder.uidnext) if folder else ()


def _now() -> datetime:
    return datetime.now(UTC)
