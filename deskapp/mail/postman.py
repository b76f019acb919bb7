"""The postman: takes due replies out of the outbox and sends them, each at most once by itself."""

import logging
import re
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from threading import Event

from deskapp.data.database import Database, Unit
from deskapp.data.queries import outbox, outbox_ends
from deskapp.data.queries.outbox_facts import note_size_limit, sent_since
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import OutboxPhase
from deskapp.domain.mailboxes import Server
from deskapp.domain.outbox_trouble import fault_of
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import ClaimedMail

from .delivery import Delivery, Outcome, deliver
from .lines import ANSWER_SECONDS
from .providers import files_sent_itself
from .smtp_line import SmtpLine

log = logging.getLogger(__name__)

RETRY_MINUTES = (1, 5, 15, 60, 240)
"""After each "not now"; the last one repeats until TRIES, which is 48 hours after the first."""
TRIES = 17
_OTHER_STATUS = re.compile(r"(?:^|: )5\d\d 5\.5\.0\b")
OFFLINE_PAUSE = timedelta(seconds=30)
REFUSED_PAUSE = timedelta(minutes=1)

_WANTS_A_PERSON = (
    ProblemKind.SIGN_IN_REFUSED,
    ProblemKind.TLS_UNTRUSTED,
    ProblemKind.TLS_UNAVAILABLE,
    ProblemKind.PLAIN_NOT_LOOPBACK,
    ProblemKind.NO_SECRET,
    ProblemKind.INVALID,
)
_DESK_AWAY = (ProblemKind.DATABASE_UNREACHABLE, ProblemKind.OUTCOME_UNKNOWN)
_WRITE_AGAIN_SECONDS = 2.0

Tell = Callable[[MailboxId, Problem | None], None]
"""Called after each contact with a server: the trouble, or None when there was none."""


class Postman:
    """Sends for the mailboxes it is told to. One per engine, used from one thread.

    ``way`` gives a mailbox's SMTP server and password as they are now.
    """

    def __init__(
        self,
        database: Database,
        holder: str,
        way: Callable[[MailboxId], tuple[Server, str | None]],
        now: Callable[[], datetime],
        tell: Tell = lambda mailbox, problem: None,
        stop: Event | None = None,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._database = database
        self._holder = holder
        self._way = way
        self._now = now
        self._tell = tell
        self._stop = stop or Event()
        self._answer_seconds = answer_seconds
        self._paused: dict[MailboxId, datetime | None] = {}
        self._since: dict[MailboxId, datetime] = {}  # when each pause began
        self._sizes: dict[MailboxId, int | None] = {}

    def resume(self, mailbox_id: MailboxId | None = None) -> None:
        """Forgets why it paused: the password changed, the line is back, or a person asks."""
        if mailbox_id is None:
            self._paused.clear()
        else:
            self._paused.pop(mailbox_id, None)

    def waiting_for_a_person(self) -> set[MailboxId]:
        """Mailboxes that send nothing until somebody changed something."""
        return {one for one, until in list(self._paused.items()) if until is None}

    def next_due(self, mailboxes: Collection[MailboxId]) -> datetime | None:
        """When there is something to do for these, pauses counted in. None: an empty queue."""
        ready = self._ready(mailboxes)
        with self._database.reading() as connection:
            due = outbox.next_due(connection, ready) if ready else None
        ends = [until for one, until in self._paused.items() if one in mailboxes and until]
        return min([*([due] if due else []), *ends], default=None)

    def send_due(self, mailboxes: Collection[MailboxId]) -> int:
        """Sends all that is due now for these mailboxes. How many were sent."""
        with self._database.writing() as unit:
            again, lost = outbox.recover_claims(unit, self._now(), mailboxes, self._holder)
        if again or lost:
            log.info("claims of a dead sender: %d queued again, %d uncertain", again, lost)
        sent = 0
        while not self._stop.is_set() and (ready := self._ready(mailboxes)):
            with self._database.writing() as unit:
                mail = outbox.claim_next(unit, self._holder, self._now(), ready)
            if mail is None:
                break
            sent += self._send(mail)
        return sent

    def _ready(self, mailboxes: Collection[MailboxId]) -> list[MailboxId]:
        now = self._now()
        for one, until in list(self._paused.items()):
            if until is not None and until <= now:
                self._paused.pop(one, None)
        self._end_pauses(now)
        return [one for one in mailboxes if one not in self._paused]

    def _end_pauses(self, now: datetime) -> None:
        """What a person sends now is tried now, though the line was away a moment ago; once."""
        paused = {one: self._since[one] for one, until in list(self._paused.items()) if until}
        if paused:
            with self._database.reading() as connection:
                wanted = sent_since(connection, paused, now)
            for one in wanted:
                self._paused.pop(one, None)

    def _send(self, mail: ClaimedMail) -> bool:
        try:
            server, password = self._way(mail.mailbox_id)
            line = SmtpLine.open(server, password, answer_seconds=self._answer_seconds)
        except Problem as problem:
            self._pause(mail, problem)
            return False
        self._keep_size(mail.mailbox_id, line.size_limit)
        try:
            delivery = deliver(line, mail, lambda phase: self._advance(mail, phase))
        except BaseException:
            line.drop()
            raise
        if delivery.outcome in (Outcome.SENT, Outcome.LATER, Outcome.REFUSED):
            line.close()
        else:
            line.drop()
        self._note(mail, delivery, "server" if files_sent_itself(server.host) else "pending")
        return delivery.outcome is Outcome.SENT

    def _keep_size(self, mailbox_id: MailboxId, limit: int | None) -> None:
        """What the server takes as one mail: the next one is compared before it is queued."""
        if self._sizes.get(mailbox_id, -1) != limit:
            with self._database.writing() as unit:
                note_size_limit(unit, mailbox_id, limit)
            self._sizes[mailbox_id] = limit

    def _advance(self, mail: ClaimedMail, phase: OutboxPhase) -> bool:
        with self._database.writing() as unit:
            return outbox.advance(unit, mail, phase, self._now())

    def _pause(self, mail: ClaimedMail, problem: Problem) -> None:
        """The line is at fault and not the mail: its tries are not used up."""
        now = self._since[mail.mailbox_id] = self._now()
        if problem.kind in _WANTS_A_PERSON:
            self._paused[mail.mailbox_id] = None
        else:
            offline = problem.kind is ProblemKind.OFFLINE
            self._paused[mail.mailbox_id] = now + (OFFLINE_PAUSE if offline else REFUSED_PAUSE)
        said, fault = str(problem.details.get("said") or ""), fault_of(problem)
        with self._database.writing() as unit:
            outbox_ends.put_back(unit, mail, now, said, fault, counts=False)
        log.info("mailbox %d pauses sending: %s", mail.mailbox_id, problem.kind)
        self._tell(mail.mailbox_id, problem)

    def _note(self, mail: ClaimedMail, delivery: Delivery, sent_copy: str) -> None:
        """However long the desk is away: what is not written down is asked of a person."""
        while True:
            try:
                self._write_end(mail, delivery, sent_copy)
            except Problem as problem:
                if problem.kind not in _DESK_AWAY or self._stop.is_set():
                    raise
                log.info("reply %d: its end cannot be written yet: %s", mail.id, problem.kind)
                self._stop.wait(_WRITE_AGAIN_SECONDS)
                continue
            break
        log.info("reply %d: %s", mail.id, delivery.outcome)
        self._tell(mail.mailbox_id, None)

    def _write_end(self, mail: ClaimedMail, delivery: Delivery, sent_copy: str) -> None:
        """Every step asks whether the claim is still ours, so that it may be written twice."""
        now, words = self._now(), (delivery.said, delivery.fault)
        with self._database.writing() as unit:
            if delivery.outcome is not Outcome.CLAIM_LOST:
                outbox_ends.note_recipients(unit, mail, delivery.recipients)
            match delivery.outcome:
                case Outcome.SENT if delivery.some_later:
                    self._later(unit, mail, delivery, now)
                case Outcome.SENT:
                    outbox_ends.finish_sent(
                        unit, mail, now, sent_copy=sent_copy, refused=delivery.refused
                    )
                case Outcome.LATER | Outcome.CUT:
                    self._later(unit, mail, delivery, now)
                case Outcome.REFUSED if _may_be_a_mood(delivery.said) and mail.attempts + 1 < 3:
                    self._later(unit, mail, delivery, now)
                case Outcome.REFUSED:
                    outbox_ends.finish_failed(unit, mail, now, *words)
                case Outcome.UNCERTAIN:
                    outbox_ends.finish_uncertain(unit, mail, now, *words)
                case Outcome.CLAIM_LOST:
                    pass

    def _later(self, unit: Unit, mail: ClaimedMail, delivery: Delivery, now: datetime) -> None:
        words = (delivery.said or delivery.put_off, delivery.fault)
        if mail.attempts + 1 >= TRIES:
            outbox_ends.finish_failed(unit, mail, now, *words)
            return
        wait = RETRY_MINUTES[min(mail.attempts, len(RETRY_MINUTES) - 1)]
        outbox_ends.put_back(unit, mail, now + timedelta(minutes=wait), *words, counts=True)


def _may_be_a_mood(said: str) -> bool:
    """5.5.0, "other protocol status": some servers say it for what passes; three tries."""
    return _OTHER_STATUS.search(said) is not None
