"""Brings one folder's ledger up to the server: lists, plans, fetches, stores.

The next batch is fetched while the last one is stored. Stopped or killed at any point it goes on
from the ledger: nothing is remembered elsewhere, except which mails spoilt a batch.
"""

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

from deskapp.data.database import Database
from deskapp.data.queries import ledger
from deskapp.data.queries.blobs import pack
from deskapp.data.queries.folders import FolderMark, folder_mark, note_check, note_listed
from deskapp.data.queries.ledger import FetchedMail
from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.problem import Problem

from .connection import ImapConnection
from .fetch_reply import MailReply
from .imap_session import SelectedFolder
from .plan import LARGEST_MAIL, Batch, FolderPlan, batches, plan_folder

log = logging.getLogger(__name__)

FULL_CHECK = timedelta(hours=6)
"""A quiet folder is compared in full this often, whatever its MODSEQ says."""
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


@dataclass(slots=True)
class FolderSync:
    """One folder of one mailbox, across connections. ``since`` limits what is looked at.

    ``alone`` holds UIDs of a batch that broke the line: they are fetched one by one next time.
    """

    database: Database
    folder_id: FolderId
    name: str
    since: datetime | None = None
    stop: Event = field(default_factory=Event)
    progress: Progress = _no_progress
    alone: set[int] = field(default_factory=set)
    stored: Callable[[], None] = lambda: None
    _last_seen: SelectedFolder | None = None

    def run(self, connection: ImapConnection) -> FolderResult:
        """One full round. Raises Problem; what was stored until then stays stored."""
        folder = connection.select(self.name)
        with self.database.writing() as unit:
            if ledger.begin_epoch(unit, self.folder_id, folder.uidvalidity):
                log.info("folder %d has a new UIDVALIDITY", self.folder_id)
        with self.database.reading() as reading:
            mark = folder_mark(reading, self.folder_id)
            due = ledger.has_due(reading, self.folder_id, folder.uidvalidity, _now())
        if not due and self._quiet(folder, mark):
            self._last_seen = folder
            return FolderResult(on_server=mark.exists or 0)
        return self._compare(connection, folder)

    def changed(self, folder: SelectedFolder) -> bool:
        """Whether a folder opened just now shows anything that the last round did not see."""
        return folder != self._last_seen

    def _quiet(self, folder: SelectedFolder, mark: FolderMark) -> bool:
        """Whether nothing came or went: by MODSEQ (RFC 7162), or by UIDNEXT in this session.

        With ``since`` the mark counts only a part of the folder, so only this session's own
        memory of the whole folder is compared.
        """
        checked = mark.last_full_check_at
        if checked is None or _now() - checked > FULL_CHECK:
            return False
        if folder.uidnext is not None and folder == self._last_seen:
            return True
        same = (folder.exists, folder.highest_modseq) == (mark.exists, mark.highest_modseq)
        return folder.highest_modseq is not None and self.since is None and same

    def _compare(self, connection: ImapConnection, folder: SelectedFolder) -> FolderResult:
        # A day earlier: SINCE looks at the server's own dates without their time zone.
        since = (self.since - timedelta(days=1)).date() if self.since else None
        listed = connection.list_uids(since)
        with self.database.reading() as reading:
            known = ledger.known_uids(reading, self.folder_id, folder.uidvalidity, _now())
        plan = plan_folder(known, listed)
        found_again = connection.still_there(plan.doubtful)
        with self.database.writing() as unit:
            where = (unit, self.folder_id, folder.uidvalidity)
            ledger.mark_vanished(*where, plan.doubtful - found_again)
            ledger.mark_returned(*where, plan.returned)
            note_listed(unit, self.folder_id, len(listed | found_again))
        result = FolderResult(on_server=len(listed | found_again))
        self._fetch_all(connection, folder, plan, result)
        if not result.stopped:
            with self.database.writing() as unit:
                note_check(
                    unit,
                    self.folder_id,
                    exists=result.on_server,
                    highest_modseq=folder.highest_modseq,
                    at=_now(),
                )
            self._last_seen = folder
        return result

    def _fetch_all(
        self,
        connection: ImapConnection,
        folder: SelectedFolder,
        plan: FolderPlan,
        result: FolderResult,
    ) -> None:
        total = len(plan.fetch)
        done = 0
        with self._storing(folder) as store:
            for batch in self._batches(connection, plan.fetch):
                if self.stop.is_set():
                    result.stopped = True
                    return
                came = self._fetched(connection, folder, batch)
                self._leave_out(folder, batch, came, result)
                store(came)
                done += len(batch.uids)
                result.new += len(came)
                self.progress(done, total)

    def _batches(self, connection: ImapConnection, uids: Sequence[int]) -> Iterator[Batch]:
        for start in range(0, len(uids), _SIZES_AT_ONCE):
            some = uids[start : start + _SIZES_AT_ONCE]
            yield from batches(some, connection.sizes(some), self.alone)

    def _fetched(
        self, connection: ImapConnection, folder: SelectedFolder, batch: Batch
    ) -> list[MailReply]:
        try:
            if batch.large:
                reply = connection.fetch_large(batch.uids[0], LARGEST_MAIL)
                came = {} if reply is None else {reply.uid: reply}
            else:
                came = connection.fetch(batch.uids)
        except Problem:
            if self.alone.issuperset(batch.uids):
                self._put_off(folder, batch, batch.uids)
            else:
                # Perhaps one of them makes the server or the reader stumble: next time alone.
                self.alone.update(batch.uids)
            raise
        self.alone.difference_update(batch.uids)
        return [reply for reply in came.values() if reply.raw or reply.uid in batch.empty]

    def _leave_out(
        self,
        folder: SelectedFolder,
        batch: Batch,
        came: Sequence[MailReply],
        result: FolderResult,
    ) -> None:
        missing = set(batch.uids) - {reply.uid for reply in came}
        if not missing:
            return
        # Silence in a FETCH is no proof that a mail is gone: the next listing tells.
        result.left_out += len(missing)
        self._put_off(folder, batch, missing)

    def _put_off(self, folder: SelectedFolder, batch: Batch, missing: Collection[int]) -> None:
        self.alone.difference_update(missing)
        too_large = batch.size > LARGEST_MAIL
        with self.database.writing() as unit:
            ledger.put_off(
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


def _now() -> datetime:
    return datetime.now(UTC)
