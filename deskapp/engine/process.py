"""The engine as a process: threads started in order, told what to do, stopped in order."""

import logging
import os
import signal
import threading
from collections.abc import Collection
from threading import Event, Thread
from typing import TextIO

from deskapp.data.queries.mailboxes import lease_name
from deskapp.data.queries.outbox_facts import outcome_counts, waits_for_a_look
from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import MailboxId
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem
from deskapp.mail.postman import Postman
from deskapp.mail.waiting import Pace, SleepWatch
from deskapp.secrets import OpenedLater
from deskapp.wiring import open_house

from .commands import Command, listen
from .filing import FilingClerk
from .leases import Leases
from .news import News
from .order_clerk import OrderClerk
from .passwords import passwords_for
from .shops import act_clerk
from .worker import MailboxWorker, Surroundings

log = logging.getLogger(__name__)

_REFRESH_SECONDS = 5.0
_POSTMAN_LOOKS_SECONDS = 2.0
_POSTMAN_AFTER_TROUBLE = 10.0
_STOP_SECONDS = 8.0  # for each thread


def run_engine(
    desk_url: str,
    *,
    mailbox: str | None = None,
    commands: int | None = None,
    output: TextIO | None = None,
) -> int:
    """Pulls, files and sends until SIGTERM, a "stop" command, or the end of ``commands``.

    ``mailbox`` narrows to one address. ``commands`` is the file descriptor of a pipe with JSON
    lines (``commands.stdin_is_a_pipe``), ``output`` takes the news. Returns the exit status; raises
    Problem when the desk cannot be opened.
    """
    desk = open_house(desk_url)
    try:
        only = desk.mailboxes.by_address(mailbox) if mailbox else None
        engine = Engine(desk, News(output), only)
        if threading.current_thread() is threading.main_thread():
            for one in (signal.SIGTERM, signal.SIGINT):
                signal.signal(one, lambda *_: engine.stop())
        engine.run(commands)
    finally:
        desk.close()
    return 0


class Engine:
    """Everything that runs, and the one event that ends it."""

    def __init__(
        self,
        desk: Desk,
        news: News,
        only: MailboxId | None = None,
        *,
        pace: Pace | None = None,
        watch: SleepWatch | None = None,
    ) -> None:
        self._pace = pace or Pace()
        self._watch = watch or SleepWatch()
        self._desk = desk
        self._news = news
        self._only = only
        self._stop = Event()
        self._refresh = Event()
        self._letter = Event()
        self._keep_leases = Event()
        self._workers: dict[MailboxId, MailboxWorker] = {}
        self._tried: dict[MailboxId, MailboxSettings] = {}  # what was last sent with
        self._passwords = passwords_for(desk)
        self._leases = Leases[MailboxId](desk.database, self._lease_lost, lease_name)
        self._filing = FilingClerk(desk, news, self._stop)
        self._orders = OrderClerk(desk, news, OpenedLater(), self._stop)
        self._postman = Postman(
            desk.database,
            self._leases.holder,
            self._way,
            desk.now,
            self._sending_went,
            self._stop,
        )
        self._acts = act_clerk(desk, self._leases.holder, self._orders, self._stop)

    def stop(self) -> None:
        """Asks everything to end; safe to call from a signal handler and from any thread."""
        self._stop.set()
        self._refresh.set()
        self._letter.set()
        self._filing.wake.set()
        self._orders.wake.set()
        self._acts.wake.set()

    def run(self, commands: int | None) -> None:
        """Works until ``stop``; all threads have ended when it returns."""
        self._begin()
        heard = (self._stop, self._hear, self._desk.changes.cursor())
        threads = [
            Thread(target=self._leases.keep, args=(self._keep_leases,), name="leases"),
            Thread(target=self._filing.run, args=(self._leases.held,), name="filing"),
            Thread(target=self._orders.keep_leases, args=(self._keep_leases,), name="order leases"),
            Thread(target=self._orders.run, name="orders"),
            Thread(target=self._carry_letters, name="postman"),
            Thread(target=self._acts.run, args=(self._news.trouble,), name="order-acts"),
            Thread(target=self._desk.changes.watch, args=heard, name="changes"),
        ]
        for thread in threads:
            thread.daemon = True
            thread.start()
        if commands is not None:
            ears = Thread(target=listen, args=(commands, self._obey, self.stop), name="commands")
            ears.daemon = True
            ears.start()
        self._news.tell("ready", process=os.getpid())
        try:
            self._supervise()
        finally:
            self._end(threads)

    def _begin(self) -> None:
        """What a start of the program sets going again; the desk away, it is left for the next."""
        try:
            self._desk.mailboxes.begin(self._only)
        except Problem as problem:
            self._news.trouble(problem)

    def _supervise(self) -> None:
        stored, pace = self._filing.wake.set, self._pace
        around = Surroundings(self._desk, self._leases, self._passwords, self._news, stored, pace)
        while not self._stop.is_set():
            self._refresh.clear()
            try:
                self._start_and_end(around)
                self._desk.snoozes.wake()
                self._desk.assigning.give_out()
            except Problem as problem:
                self._news.trouble(problem)
            self._watch.rested()
            self._refresh.wait(_REFRESH_SECONDS)
            if self._watch.slept():
                self._drop_lines()

    def _drop_lines(self) -> None:
        log.info("the machine was asleep, or its clock was set: every line is opened anew")
        for worker in self._workers.values():
            worker.line_lost()

    def _start_and_end(self, around: Surroundings) -> None:
        rows = {row.id: row for row in self._desk.mailboxes.carried(self._only)}
        wanted = set(rows)
        for mailbox_id in list(self._workers):
            worker = self._workers[mailbox_id]
            if mailbox_id not in wanted:
                worker.end()
            if not worker.alive:
                del self._workers[mailbox_id]
            elif mailbox_id in rows:
                worker.hear(rows[mailbox_id])
        for mailbox_id in wanted - set(self._workers):
            self._workers[mailbox_id] = MailboxWorker(mailbox_id, around)
            self._workers[mailbox_id].start()

    def _end(self, threads: Collection[Thread]) -> None:
        self.stop()
        for worker in self._workers.values():
            worker.end()
        for worker in self._workers.values():
            worker.join(_STOP_SECONDS)
        self._keep_leases.set()
        for thread in threads:
            thread.join(_STOP_SECONDS)
        self._news.tell("stopped")

    def _carry_letters(self) -> None:
        while not self._stop.is_set():
            self._letter.clear()
            try:
                held = self._leases.held()
                if held:
                    self._send(held)
                    self._look_first(held)
                self._letter.wait(self._until_next_letter(held))
            except Problem as problem:
                self._news.trouble(problem)
                self._stop.wait(_POSTMAN_AFTER_TROUBLE)
            except Exception:
                # Our own fault: told, and what waits is tried again rather than never.
                log.exception("the postman: a fault of the program")
                self._stop.wait(_POSTMAN_AFTER_TROUBLE)

    def _send(self, mailboxes: Collection[MailboxId]) -> None:
        sent = self._postman.send_due(mailboxes)
        if sent:
            with self._desk.database.reading() as connection:
                _, uncertain = outcome_counts(connection, self._desk.now())
            self._news.tell("sent", count=sent, uncertain=uncertain)

    def _look_first(self, mailboxes: Collection[MailboxId]) -> None:
        """A reply that leaves unless the customer has written waits until that is known."""
        with self._desk.database.reading() as connection:
            wanted = waits_for_a_look(connection, mailboxes, self._desk.now())
        for mailbox_id in wanted:
            if (worker := self._workers.get(mailbox_id)) is not None:
                worker.look()

    def _until_next_letter(self, mailboxes: Collection[MailboxId]) -> float:
        due = self._postman.next_due(mailboxes) if mailboxes else None
        if due is None:
            return _POSTMAN_LOOKS_SECONDS
        return min(max(0.0, (due - self._desk.now()).total_seconds()), _POSTMAN_LOOKS_SECONDS)

    def _way(self, mailbox_id: MailboxId) -> tuple[Server, str | None]:
        settings = self._tried[mailbox_id] = self._desk.mailboxes.get(mailbox_id).settings
        return settings.smtp, self._passwords.smtp(settings)

    def _sending_went(self, mailbox_id: MailboxId, problem: Problem | None) -> None:
        worker = self._workers.get(mailbox_id)
        if worker is not None:
            worker.sending_went(problem)

    def _lease_lost(self, mailbox_id: MailboxId) -> None:
        worker = self._workers.get(mailbox_id)
        if worker is not None:
            worker.end()  # the supervisor starts another, which waits for the lease

    def _hear(self, changes: Changes) -> None:
        if "outbox" in changes.areas:
            self._letter.set()
        if "acts" in changes.areas:
            self._acts.wake.set()
        if changes.areas & {"mailboxes", "agents"}:
            self._refresh.set()
            self._resume_changed()
        if "ledger" in changes.areas:
            self._filing.wake.set()
        if "order_sources" in changes.areas:
            self._orders.sources_changed()

    def _resume_changed(self) -> None:
        """Tries mailboxes again whose settings were saved; a state that was noted is no reason."""
        paused = self._postman.waiting_for_a_person()
        if not paused:
            return
        for row in self._desk.mailboxes.list():
            if row.id in paused and (row.state == "new" or row.settings != self._tried[row.id]):
                self._postman.resume(row.id)

    def _obey(self, command: Command) -> None:
        """sync_now, send_now, secret (mailbox, imap, smtp), stop, and what ``OrderClerk`` obeys;
        ``mailbox`` narrows the first."""
        match command.get("do"):
            case "stop":
                self.stop()
            case "sync_now":
                self._nudge(command.get("mailbox"))
            case "send_now":
                self._postman.resume()
                self._letter.set()
            case "secret":
                self._learn(command)
            case _ if not self._orders.obey(command):
                log.warning("a command that nobody knows was left out")

    def _learn(self, command: Command) -> None:
        mailbox, imap, smtp = (command.get(name) for name in ("mailbox", "imap", "smtp"))
        for row in self._desk.mailboxes.list():
            if mailbox in (row.id, row.settings.address):
                self._passwords.tell(
                    row.settings.address,
                    imap=imap if isinstance(imap, str) else None,
                    smtp=smtp if isinstance(smtp, str) else None,
                )
                self._nudge(row.id)
        self._letter.set()

    def _nudge(self, mailbox: object) -> None:
        for mailbox_id, worker in list(self._workers.items()):
            if mailbox in (None, mailbox_id):
                self._postman.resume(mailbox_id)
                worker.nudge()
        self._letter.set()
