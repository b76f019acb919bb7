"""One mailbox's thread: takes the lease, pulls, waits for news, and begins again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread

from deskapp.data.queries.folders import note_state
from deskapp.desk import Desk
from deskapp.domain.ids import MailboxId
from deskapp.domain.mailboxes import MailboxRow, MailboxSettings
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail.pull import MailboxPull, Round
from deskapp.mail.waiting import Pace
from deskapp.mail.wishes import Wishes

from .leases import Leases
from .news import News
from .passwords import Passwords
from .rests import asked_pause, rest_left, trouble_of

log = logging.getLogger(__name__)

WANTS_A_PERSON = frozenset(
    {
        ProblemKind.SIGN_IN_REFUSED,
        ProblemKind.NO_SECRET,
        ProblemKind.TLS_UNTRUSTED,
        ProblemKind.TLS_UNAVAILABLE,
        ProblemKind.PLAIN_NOT_LOOPBACK,
        ProblemKind.INVALID,
    }
)
"""One try, and then nothing until settings, password or a person say so: no hammering."""

_LONGEST_PAUSE = 120.0
"""Between tries at a server that answers, and refuses; one out of reach is tried more often."""
_LOOK_AT_SETTINGS = 5.0


@dataclass(slots=True)
class Surroundings:
    """What all workers of an engine share."""

    desk: Desk
    leases: Leases[MailboxId]
    passwords: Passwords
    news: News
    stored: Callable[[], None]
    pace: Pace = field(default_factory=Pace)


class MailboxWorker:
    """Works on one mailbox until its stop event, on a thread of its own."""

    def __init__(self, mailbox_id: MailboxId, around: Surroundings) -> None:
        self.mailbox_id = mailbox_id
        self.stop = Event()
        self.wake = Event()
        self._around = around
        self._wishes = Wishes()
        self._told_well = False
        self._pull: MailboxPull | None = None
        self._settings: MailboxSettings | None = None
        self._pause = around.pace.retry
        self._sending_trouble: Problem | None = None
        self._fetching_trouble: Problem | None = None
        self._alerts: tuple[str, ...] = ()
        self._thread = Thread(target=self._run, name=f"mailbox-{mailbox_id}", daemon=True)

    def start(self) -> None:
        """Begins; once."""
        self._thread.start()

    def nudge(self) -> None:
        """Makes it look now: somebody asked, or something it waits for has changed."""
        self._pause = self._around.pace.retry
        self.wake.set()

    def look(self) -> None:
        """Makes it look now, unless it waits for a server that is in trouble."""
        if self._fetching_trouble is None:
            self.wake.set()

    def line_lost(self) -> None:
        """The machine slept: whatever the line seems to be, it is gone. From another thread."""
        if self._pull is not None:
            self._pull.cut()

    def hear(self, row: MailboxRow) -> None:
        """What people ask of this mailbox now; a new wish is served at once.

        Called by the engine when mailboxes changed, also in the middle of a round.
        """
        if self._learn(row):
            self._around.news.tell("wish", mailbox=self.mailbox_id, number=row.asked)
            self.wake.set()

    def _learn(self, row: MailboxRow) -> bool:
        """Whether there is a new wish. A row that was read earlier than the last one is not."""
        if row.asked <= self._wishes.asked:
            return False
        self._wishes.stopped, self._wishes.asked = row.stopped, row.asked
        return True

    def end(self) -> None:
        """Asks it to stop; ``join`` waits for it."""
        self.stop.set()
        self.wake.set()

    def join(self, seconds: float) -> bool:
        """True when it has ended. A server that keeps silent is cut off half-way."""
        self._thread.join(seconds / 2)
        if self._thread.is_alive() and self._pull is not None:
            self._pull.cut()
        self._thread.join(seconds / 2)
        return not self._thread.is_alive()

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    def sending_went(self, problem: Problem | None) -> None:
        """The postman's last word on this mailbox; trouble stands until it sends again.

        It says nothing about fetching, nor about a rest that the other server asked for.
        """
        changed = problem is not None or self._sending_trouble is not None
        self._sending_trouble = problem
        if changed:
            self._note(problem, keeps_rest=True)
        if problem is None:
            self.wake.set()  # a copy may be due in Sent

    def _run(self) -> None:
        try:
            while not self.stop.is_set():
                self.wake.clear()
                try:
                    self._try_turn()
                except Problem as problem:
                    # Not the server: the desk itself is out of reach.
                    self._around.news.trouble(problem, self.mailbox_id)
                    self.wake.wait(self._around.pace.retry)
                except Exception:
                    # Our own fault in one mailbox: told, and the others go on.
                    log.exception("mailbox %d: a fault of the program", self.mailbox_id)
                    self._around.news.tell("trouble", mailbox=self.mailbox_id, kind="internal")
                    self._drop()
                    self.wake.wait(_LONGEST_PAUSE)
        finally:
            self._leave()

    def _try_turn(self) -> None:
        try:
            self._turn()
        except Problem as problem:
            self._trouble(problem)

    def _turn(self) -> None:
        row = self._around.desk.mailboxes.get(self.mailbox_id)
        self._learn(row)
        self._told_well = row.state == "ok"
        rest = rest_left(row, self._around.desk.now())
        if rest:
            self._fetching_trouble = self._fetching_trouble or trouble_of(row)
            self.wake.wait(min(rest, _LOOK_AT_SETTINGS))
            return
        settings = row.settings
        if not self._around.leases.take(self.mailbox_id):
            self._around.news.tell(
                "state", mailbox=self.mailbox_id, state=ProblemKind.LEASE_HELD.value, detail=""
            )
            self.wake.wait(self._around.pace.lease)
            return
        pull = self._pull_for(settings)
        found = pull.round(self._around.passwords.imap(settings))
        self._pause = self._around.pace.retry
        self._well(found)
        if not self.stop.is_set():
            pull.wait(self.wake)

    def _pull_for(self, settings: MailboxSettings) -> MailboxPull:
        if self._pull is None or settings != self._settings:
            self._drop()
            self._settings = settings
            self._pull = MailboxPull(
                self._around.desk.database,
                self.mailbox_id,
                settings,
                self.stop,
                progress=self._progress,
                stored=self._around.stored,
                wishes=self._wishes,
                pace=self._around.pace,
                thorough=True,
            )
        return self._pull

    def _progress(self, folder: str, done: int, total: int) -> None:
        if not self._told_well and self._sending_trouble is None:
            # A first import takes minutes: it is not "new" or "offline" until it has ended.
            self._told_well = True
            with self._around.desk.database.writing() as unit:
                now = self._around.desk.now()
                note_state(unit, self.mailbox_id, "ok", "", now, success=True)
        self._around.news.tell(
            "progress", mailbox=self.mailbox_id, folder=folder, done=done, total=total
        )

    def _well(self, found: Round) -> None:
        if found.stopped:
            return
        self._fetching_trouble, self._alerts = found.trouble, found.alerts
        self._note(success=found.trouble is None)

    def _trouble(self, problem: Problem) -> None:
        if problem.kind is ProblemKind.NOT_FOUND:
            self.stop.set()  # the mailbox was removed
            return
        self._drop()
        if self.stop.is_set():
            return
        log.info("mailbox %d: %s", self.mailbox_id, problem.kind)
        self._fetching_trouble = problem
        self._note(problem)
        if problem.kind in WANTS_A_PERSON:
            self._until_changed()
        else:
            if asked_pause(problem) is None:  # else the next turns rest
                self.wake.wait(self._pause)
            away = problem.kind is ProblemKind.OFFLINE
            longest = self._around.pace.longest_retry if away else _LONGEST_PAUSE
            self._pause = min(self._pause * 2, longest)

    def _until_changed(self) -> None:
        """Waits for a nudge, or for the settings to be saved again, which makes the state new."""
        self._offer()
        while not self.wake.wait(_LOOK_AT_SETTINGS) and not self.stop.is_set():
            row = self._around.desk.mailboxes.get(self.mailbox_id)
            if row.settings != self._settings or row.state == "new":
                return
            self._offer()

    def _offer(self) -> None:
        """A colleague's program may have the password that this one lacks: who waits for the lease
        gets it. Who does not wait leaves it here, where replies go on leaving.
        """
        self._around.leases.give_back(self.mailbox_id)
        self.wake.wait(1.5 * self._around.pace.lease)
        if not self.stop.is_set():
            self._around.leases.take(self.mailbox_id)

    def _note(
        self, latest: Problem | None = None, *, success: bool = False, keeps_rest: bool = False
    ) -> None:
        problem = latest or self._sending_trouble or self._fetching_trouble
        state = problem.kind.value if problem else "ok"
        detail = str(problem.details.get("said") or "") if problem else " ".join(self._alerts)
        now = self._around.desk.now()
        pause = asked_pause(self._fetching_trouble)
        with self._around.desk.database.writing() as unit:
            note_state(
                unit,
                self.mailbox_id,
                state,
                detail,
                now,
                success=success,
                retry_at=now + timedelta(seconds=pause) if pause else None,
                keeps_rest=keeps_rest,
            )
        self._around.news.tell("state", mailbox=self.mailbox_id, state=state, detail=detail)
        if problem is not None:
            self._around.news.trouble(problem, self.mailbox_id)

    def _drop(self) -> None:
        if self._pull is not None:
            self._pull.drop()

    def _leave(self) -> None:
        if self._pull is not None:
            self._pull.close()
        try:
            self._around.leases.give_back(self.mailbox_id)
        except Problem as problem:
            log.info(
                "the lease of mailbox %d runs out by itself: %s", self.mailbox_id, problem.kind
            )
