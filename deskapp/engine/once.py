"""One round over all mailboxes, then the end: for a timer of the system, and for tests."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread
from typing import TextIO

from deskapp.data.queries.folders import note_state
from deskapp.data.queries.mailboxes import lease_name
from deskapp.data.queries.outbox_facts import outcome_counts
from deskapp.desk import Desk
from deskapp.domain.ids import MailboxId
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail.postman import Postman
from deskapp.mail.pull import MailboxPull
from deskapp.mail.wishes import Wishes
from deskapp.secrets import OpenedLater
from deskapp.wiring import open_house

from .filing import FilingClerk
from .leases import Leases
from .news import News
from .order_round import SourceReport, read_sources
from .passwords import Passwords, passwords_for
from .rests import asked_pause, rest_left
from .shops import lone_clerk

log = logging.getLogger(__name__)


@dataclass(slots=True)
class MailboxReport:
    """What one round did for one mailbox. ``problem`` is None when it went well."""

    address: str
    on_server: int = 0
    stored: int = 0
    new: int = 0
    held: int = 0
    seconds: float = 0.0
    problem: Problem | None = None


@dataclass(slots=True)
class OnceReport:
    """The whole round. ``as_json`` is the contract of DESIGN section 6."""

    mailboxes: list[MailboxReport] = field(default_factory=list)
    sent: int = 0
    uncertain: int = 0
    orders: Sequence[SourceReport] = ()

    def as_json(self) -> dict[str, object]:
        """The fields of ``engine --once --json``; ``state`` besides says how each went, and
        ``order_sources`` is there where there are any."""
        return {
            "mailboxes": [
                {
                    "address": one.address,
                    "on_server": one.on_server,
                    "stored": one.stored,
                    "new": one.new,
                    "held": one.held,
                    "seconds": round(one.seconds, 3),
                    "state": one.problem.kind.value if one.problem else "ok",
                }
                for one in self.mailboxes
            ],
            "sent": self.sent,
            "uncertain": self.uncertain,
            **({"order_sources": [one.as_json() for one in self.orders]} if self.orders else {}),
        }


def run_once(
    desk_url: str,
    *,
    mailbox: str | None = None,
    stop: Event | None = None,
    output: TextIO | None = None,
) -> OnceReport:
    """Sends what is due, pulls every mailbox, files what came. ``stop`` ends it between batches.

    A server's trouble stands in the report. Raises Problem for the desk itself, and NOT_FOUND
    for an unknown ``mailbox``.
    """
    desk = open_house(desk_url)
    try:
        chosen = desk.mailboxes.by_address(mailbox) if mailbox else None
        desk.mailboxes.begin(chosen)
        desk.snoozes.wake()
        desk.assigning.give_out()
        rows = [row for row in desk.mailboxes.list() if chosen in (None, row.id)]
        ended = stop or Event()
        report = _Once(desk, News(output), ended).run(rows)
        if chosen is None:
            report.orders = read_sources(desk, OpenedLater(), ended)
        return report
    finally:
        desk.close()


class _Once:
    def __init__(self, desk: Desk, news: News, stop: Event) -> None:
        self._desk = desk
        self._news = news
        self._stop = stop
        self._passwords: Passwords = passwords_for(desk)
        self._leases = Leases[MailboxId](desk.database, lambda _mailbox: stop.set(), lease_name)
        self._filing = FilingClerk(desk, news, stop)
        self._acts = lone_clerk(desk, self._leases.holder, stop)
        self._sending: dict[MailboxId, Problem | None] = {}
        self._found: dict[MailboxId, MailboxReport] = {}

    def run(self, rows: Sequence[MailboxRow]) -> OnceReport:
        self._found = {row.id: MailboxReport(row.settings.address) for row in rows}
        keeping = Event()
        keeper = Thread(target=self._leases.keep, args=(keeping,), name="leases")
        keeper.start()
        try:
            carries = self._desk.carries_mail()
            ours = [row for row in rows if self._take(row, carries)]
            sent = self._send([row.id for row in ours])
            self._pull_all(ours)
            sent += self._send([row.id for row in ours])  # what waited for what came
            self._acts.turn()
            return self._report(sent)
        finally:
            keeping.set()
            keeper.join()
            self._filing.close()
            for mailbox_id in self._leases.held():
                self._leases.give_back(mailbox_id)

    def _take(self, row: MailboxRow, carries: bool) -> bool:
        if not carries:
            problem = Problem(ProblemKind.NOT_ALLOWED, what="junior_carries")
            self._found[row.id].problem = problem
            return False
        if self._leases.take(row.id):
            return True
        self._found[row.id].problem = Problem(ProblemKind.LEASE_HELD, holder=row.lease_holder)
        return False

    def _send(self, mailboxes: Sequence[MailboxId]) -> int:
        settings = {row.id: row.settings for row in self._desk.mailboxes.list()}
        postman = Postman(
            self._desk.database,
            self._leases.holder,
            lambda one: (settings[one].smtp, self._passwords.smtp(settings[one])),
            self._desk.now,
            self._sending.__setitem__,
            self._stop,
        )
        return postman.send_due(mailboxes) if mailboxes else 0

    def _pull_all(self, rows: Sequence[MailboxRow]) -> None:
        """A thread for each server, and filing beside them."""
        pulling = [Thread(target=self._pull, args=(row,), name=f"mailbox-{row.id}") for row in rows]
        for thread in pulling:
            thread.start()
        mailboxes = [row.id for row in rows]
        try:
            self._filing.prepare()
            while any(thread.is_alive() for thread in pulling):
                self._filing.wake.wait(0.2)
                self._filing.wake.clear()
                self._filing.file_all(mailboxes)
        except BaseException:
            self._stop.set()
            raise
        finally:
            for thread in pulling:
                thread.join()
        self._filing.file_all(mailboxes)

    def _pull(self, row: MailboxRow) -> None:
        report = self._found[row.id]
        if rest_left(row, self._desk.now()):
            report.problem = Problem(
                ProblemKind.SERVER_REFUSED, host=row.settings.imap.host, said=row.state_detail
            )
            return
        begun = time.monotonic()
        alerts: tuple[str, ...] = ()
        pull = MailboxPull(
            self._desk.database,
            row.id,
            row.settings,
            self._stop,
            progress=lambda folder, done, total: self._news.tell(
                "progress", mailbox=row.id, folder=folder, done=done, total=total
            ),
            stored=self._filing.wake.set,
            wishes=Wishes(row.asked, row.stopped),
        )
        try:
            found = pull.round(self._passwords.imap(row.settings), grace=timedelta())
            report.new = found.new
            report.problem = self._sending.get(row.id) or found.trouble
            alerts = found.alerts
        except Problem as problem:
            report.problem = problem
        finally:
            pull.close()
            report.seconds = time.monotonic() - begun
        self._note(row.id, report.problem, alerts)

    def _note(self, mailbox_id: MailboxId, problem: Problem | None, alerts: Sequence[str]) -> None:
        state = problem.kind.value if problem else "ok"
        said = str(problem.details.get("said") or "") if problem else " ".join(alerts)
        now, pause = self._desk.now(), asked_pause(problem)
        try:
            with self._desk.database.writing() as unit:
                note_state(
                    unit,
                    mailbox_id,
                    state,
                    said,
                    now,
                    success=problem is None,
                    retry_at=now + timedelta(seconds=pause) if pause else None,
                )
        except Problem as away:
            self._found[mailbox_id].problem = away

    def _report(self, sent: int) -> OnceReport:
        for row in self._desk.mailboxes.list():
            if row.id in self._found:
                report = self._found[row.id]
                report.on_server, report.stored, report.held = row.on_server, row.stored, row.held
        with self._desk.database.reading() as connection:
            _, uncertain = outcome_counts(connection, self._desk.now())
        return OnceReport(list(self._found.values()), sent, uncertain)
