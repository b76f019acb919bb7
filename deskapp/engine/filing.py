"""The thread that turns stored mail into tickets while more is being fetched."""

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from threading import Event

from deskapp.desk import Desk
from deskapp.domain.arrivals import Arrived, Filed, Unfiled
from deskapp.domain.ids import MailboxId
from deskapp.domain.problem import Problem

from .news import News
from .parse_pool import ParsePool, Reading

log = logging.getLogger(__name__)

BATCH = 200
_FIRST_BATCH = 30  # few enough to be read here and now: a person waits for the first rows
_AHEAD = 3  # batches: one filed, two read meanwhile
_LOOK_ANYWAY_SECONDS = 5.0
_AFTER_TROUBLE_SECONDS = 10.0


class FilingClerk:
    """Files for the mailboxes that this engine has the lease of."""

    def __init__(self, desk: Desk, news: News, stop: Event) -> None:
        self._desk = desk
        self._news = news
        self._stop = stop
        self._pool = ParsePool()
        self.wake = Event()

    def run(self, mailboxes: Callable[[], Collection[MailboxId]]) -> None:
        """Works until the stop event."""
        try:
            while not self._stop.is_set():
                self.wake.clear()
                try:
                    self.file_all(mailboxes())
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

    def _read_ahead(
        self, mailbox: MailboxId
    ) -> Iterator[tuple[list[Unfiled], Callable[[], list[Reading]]]]:
        """Batches in order; the next ones are being read while this one is filed."""
        ahead: deque[tuple[list[Unfiled], Callable[[], list[Reading]]]] = deque()
        last = None
        while not self._stop.is_set():
            while len(ahead) < _AHEAD:
                size = BATCH if last is not None else _FIRST_BATCH
                unfiled = self._desk.intake.next_unfiled(size, mailbox, last)
                if not unfiled:
                    break
                last = unfiled[-1].id
                ahead.append((unfiled, self._pool.begin([one.raw for one in unfiled])))
            if not ahead:
                return
            yield ahead.popleft()

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
