"""The thread that turns stored mail into tickets while more is being fetched."""

import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from threading import Event

from deskapp.desk import Desk
from deskapp.domain.arrivals import Arrived, Filed, Unfiled
from deskapp.domain.ids import MailboxId
from deskapp.domain.problem import Problem

from .news import News
from .parse_pool import HARMLESS_BYTES, ParsePool, Reading
from .reader_process import warm_up

log = logging.getLogger(__name__)

BATCH = 200
_FIRST_BATCH = 30
"""Few enough to be read here and now: a person waits for the first rows, and the readers'
processes need a second or two to start. Until then batches stay as small.
"""
_AHEAD = 3  # batches: one filed, two read meanwhile
_LOOK_ANYWAY_SECONDS = 5.0
_LOOK_FOR_PAIRS_SECONDS = 60.0
_AFTER_TROUBLE_SECONDS = 10.0


Batch = tuple[Sequence[Unfiled], Callable[[], list[Reading]]]
"""Mails, and what they say, as soon as it is known."""


class FilingClerk:
    """Files for the mailboxes that this engine has the lease of."""

    def __init__(self, desk: Desk, news: News, stop: Event) -> None:
        self._desk = desk
        self._news = news
        self._stop = stop
        self._pool = ParsePool()
        self._next_pairs = 0.0
        self.wake = Event()

    def run(self, mailboxes: Callable[[], Collection[MailboxId]]) -> None:
        """Works until the stop event."""
        first = True
        try:
            while not self._stop.is_set():
                self.wake.clear()
                try:
                    if first:
                        first = False
                        self.prepare()
                    self.file_all(mailboxes())
                    if not (self._desk.search.index_again() or self._look_for_pairs()):
                        self.wake.wait(_LOOK_ANYWAY_SECONDS)
                except Problem as problem:
                    self._news.trouble(problem)
                    self._stop.wait(_AFTER_TROUBLE_SECONDS)
                except Exception:
                    # A fault of ours must not end filing while mail goes on being fetched.
                    log.exception("filing met a fault; trying again")
                    self._stop.wait(_AFTER_TROUBLE_SECONDS)
        finally:
            self.close()

    def _look_for_pairs(self) -> int:
        """Records that may be one person's, when no mail waits; now and then."""
        if time.monotonic() < self._next_pairs:
            return 0
        looked = self._desk.duplicates.look()
        if not looked:
            self._next_pairs = time.monotonic() + _LOOK_FOR_PAIRS_SECONDS
        return looked

    def prepare(self) -> None:
        """Where a first import begins, what reading needs is loaded while its mails are coming."""
        if any(row.state == "new" for row in self._desk.mailboxes.list()):
            warm_up()

    def close(self) -> None:
        """Ends the readers' processes."""
        self._pool.close()

    def file_all(self, mailboxes: Collection[MailboxId]) -> Filed:
        """Files what waits for these mailboxes and tells of each batch.

        They take turns, batch by batch: a flood into one keeps no other waiting.
        """
        total = Filed()
        turns = deque((mailbox, self._read_ahead(mailbox)) for mailbox in mailboxes)
        while turns:
            mailbox, batches = turns.popleft()
            batch = next(batches, None)
            if batch is None:
                continue
            turns.append((mailbox, batches))
            unfiled, readings = batch
            filed = self._file(unfiled, readings())
            total += filed
            self._news.tell(
                "filed",
                mailbox=mailbox,
                messages=filed.messages,
                tickets=filed.tickets,
                held=filed.held,
            )
        return total

    def _read_ahead(self, mailbox: MailboxId) -> Iterator[Batch]:
        """Batches, the next ones being read while one is filed.

        As long as no process can read, small mails are read here, batch by batch, and large ones
        wait for their process: nobody waits for a process to start who need not.
        """
        ahead: deque[Batch] = deque()
        large: deque[Batch] = deque()
        last = None
        while not self._stop.is_set():
            here = last is None or self._pool.cold
            while len(ahead) < (1 if here else _AHEAD):
                size = _FIRST_BATCH if here else BATCH
                unfiled = self._desk.intake.next_unfiled(size, mailbox, last)
                if not unfiled:
                    break
                if here and last is not None and len(unfiled) == size:
                    self._pool.start()
                last = unfiled[-1].id
                harmless = [one for one in unfiled if len(one.raw) <= HARMLESS_BYTES]
                if here and harmless and len(large) < _AHEAD:
                    large += self._begin([one for one in unfiled if len(one.raw) > HARMLESS_BYTES])
                    unfiled = harmless
                ahead += self._begin(unfiled)
            if not ahead or not self._pool.cold:
                ahead += large
                large.clear()
            if not ahead:
                return
            yield ahead.popleft()

    def _begin(self, unfiled: Sequence[Unfiled]) -> Iterator[Batch]:
        if unfiled:
            yield unfiled, self._pool.begin([one.raw for one in unfiled])

    def _file(self, unfiled: Sequence[Unfiled], readings: Sequence[Reading]) -> Filed:
        arrived = [
            Arrived.read(one, reading) for one, reading in zip(unfiled, readings, strict=True)
        ]
        try:
            return self._desk.intake.file(arrived)
        except Problem:
            raise
        except Exception:
            # A fault of ours in filing must not stop the mails behind it (DESIGN, promise 1).
            log.exception("a batch of %d mails could not be filed; one by one now", len(arrived))
            return self._one_by_one(arrived)

    def _one_by_one(self, arrived: Sequence[Arrived]) -> Filed:
        total = Filed()
        for one in arrived:
            try:
                total += self._desk.intake.file([one])
            except Problem:
                raise
            except Exception:
                # As above; this one is held, and shown with its reason.
                log.exception("mail %s cannot be filed", one.unfiled.id)
                total += self._desk.intake.file([Arrived(one.unfiled, None, "internal")])
        return total
