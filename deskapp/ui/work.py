"""The lanes on which windows run their questions to the Desk, away from the GUI thread."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from deskapp.domain.attempt import Attempt
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.stopping import Stop

from .standing import Rests, WaitingWrite, is_away

if TYPE_CHECKING:
    from deskapp.desk import Desk

log = logging.getLogger(__name__)

T = TypeVar("T")

READ, WRITE, SHOPS, LATER = "database", "write", "shops", "later"
_THREADS = {READ: 2, WRITE: 1, SHOPS: 1, LATER: 1}


@dataclass(slots=True)
class _Asked:
    owner: QObject
    topic: str
    # The answer's type is known to the caller of ask() only; it passes through here unseen.
    then: Callable[[Any], None]
    failed: Callable[[Problem], None] | None
    stop: Stop
    lane: str
    told: str | None
    waits: bool  # while the desk is away; else it is refused at once
    at: datetime
    given_up: bool = False


class _Answers(QObject):
    """Carries answers from a lane into the GUI thread: (number, result, fault); and, as
    ``stood``, why a lane stands still, None once it goes on."""

    arrived = Signal(object)
    stood = Signal(object)


class Work(QObject):
    """Runs jobs with the Desk and brings each answer home into the GUI thread.

    ``READ`` asks run beside each other, ``WRITE`` ones strictly one after the other. What nobody
    waits for, as a list that is read anew because mail came in, belongs into ``LATER``: a person
    who opens a ticket meanwhile does not stand in a queue behind it. A Problem goes
    to ``failed`` of the ask, else to ``troubled``, and to ``left_behind`` when a write was refused
    whose window is gone; any other exception is our own fault and goes to ``bug`` as the exception.
    Answers are dropped when their owner is gone, or when the owner asked anew under the same topic:
    a read that is running for it is ended then.

    While the desk's database is away the lanes stand still: what is asked waits in its order and
    goes on by itself. A write goes over from its beginning only if it has committed nothing. What
    a dialog writes does not wait: it is refused at once, and its fields keep what was typed.
    """

    stands = Signal(object)  # Problem: a lane has met no desk; None: it goes on
    waits_changed = Signal()  # other writes wait than before
    troubled = Signal(object)  # Problem
    left_behind = Signal(object)  # Problem
    bug = Signal(object)  # Exception
    busy = Signal(bool)  # whether writes are under way

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open: dict[int, _Asked] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._number = 0
        self._writes = 0
        self._closed = threading.Event()
        self._answers = _Answers(self)
        # Queued on purpose: a slot of this QObject then runs in the GUI thread and nowhere else.
        self._answers.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._answers.stood.connect(self.stands, Qt.ConnectionType.QueuedConnection)
        self._rests = Rests()
        self._away: Problem | None = None  # as far as the line tells
        self._lanes = {name: self._lane(count) for name, count in _THREADS.items()}
        self._stopping = self._lane(1)  # to end a question may take a word with the server

    def _lane(self, threads: int) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(threads)
        pool.setExpiryTimeout(-1)  # a thread keeps its database connection
        return pool

    def ask(
        self,
        job: Callable[["Desk"], T],
        then: Callable[[T], None],
        failed: Callable[[Problem], None] | None = None,
        *,
        owner: QObject,
        lane: str = READ,
        topic: str = "",
        told: str | None = None,
        waits: bool = True,
    ) -> None:
        """Runs ``job`` on a lane and calls ``then`` with its result in the GUI thread.

        ``owner`` is the QObject the answer is for: without it, or once it is gone, the answer is
        dropped. With a ``topic`` only the owner's latest ask under that name is answered. Reads
        under a topic that are outdated before they start are not run at all. Call it from the GUI
        thread. Raises KeyError for an unknown lane.
        """
        pool = self._lanes[lane]
        if self._closed.is_set():
            log.info("asked after closing, dropped: lane %s", lane)
            return
        self._number += 1
        number = self._number
        stop = Stop()
        waits = waits and (lane != WRITE or not _stands_in_dialog(owner))
        at = datetime.now(UTC)
        self._open[number] = _Asked(owner, topic, then, failed, stop, lane, told, waits, at)
        if topic:
            before = self._open.get(self._latest.get((id(owner), topic), 0))
            self._latest[id(owner), topic] = number
            if before is not None and lane != WRITE:
                self._stopping.start(before.stop.now)
        if lane == WRITE:
            self._writes += 1
            self.busy.emit(True)
            if self._away is not None and not waits:
                self._answers.arrived.emit((number, lane, None, self._away))
                return
            self.waits_changed.emit()
        pool.start(lambda: self._run(number, job, lane, stop))

    def do(
        self,
        job: Callable[["Desk"], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        *,
        owner: QObject,
        told: str | None = None,
        waits: bool = True,
    ) -> None:
        """A write: like ``ask`` on the write lane, where nothing is skipped and order holds.

        ``told``: what it is called while it waits for the database; "" for one that nobody asked
        for. ``waits``: not for one that whoever asks tries again itself, as the save of a draft.
        """
        then = then or _nothing
        self.ask(job, then, failed, owner=owner, lane=WRITE, told=told, waits=waits)

    def line_is(self, why: Problem | None) -> None:
        """How the line to the desk is by now; None: it answers, and what waits goes on at once."""
        self._away = why
        if why is None:
            self._rests.wake()

    def try_now(self) -> None:
        """Somebody wants it asked again before its time."""
        self._rests.wake()

    def waiting_writes(self) -> tuple[WaitingWrite, ...]:
        """What people asked for and has not been written yet, oldest first."""
        return tuple(
            WaitingWrite(number, one.told or "", one.at)
            for number, one in sorted(self._open.items())
            if one.lane == WRITE and one.told != "" and not one.given_up
        )

    def give_up(self, number: int) -> None:
        """A person wants a write that waits no more. One that is under way by now is done."""
        asked = self._open.get(number)
        if asked is not None and asked.lane == WRITE:
            asked.given_up = True
            self._rests.wake()
            self.waits_changed.emit()

    def _run(self, number: int, job: Callable[["Desk"], T], lane: str, stop: Stop) -> None:
        """In a lane's thread. Nothing of Qt but the one signal is touched here."""
        tries = 0
        while True:
            if lane != WRITE and self._is_outdated(number):
                break
            refused = self._refused(number) if lane == WRITE else None
            if refused is not None:
                self._answers.arrived.emit((number, lane, None, refused))
                return
            attempt = Attempt()
            try:
                with stop.in_force(), attempt.in_force():
                    result = job(self._desk)
            except Exception as fault:  # noqa: BLE001 - every fault must come home; bug or failed
                if stop.wanted:
                    break  # by us, and the fault is that it was
                if self._may_wait(number, lane, fault, attempt):
                    self._answers.stood.emit(fault)
                    self._rests.rest(tries)
                    tries += 1
                    continue
                self._answers.arrived.emit((number, lane, None, fault))
                return
            if tries:
                self._answers.stood.emit(None)
            self._answers.arrived.emit((number, lane, result, None))
            return
        self._answers.arrived.emit((number, lane, None, None))

    def _may_wait(self, number: int, lane: str, fault: Exception, attempt: Attempt) -> bool:
        """Whether a job that failed is tried again by itself."""
        if not isinstance(fault, Problem) or not is_away(fault) or self._closed.is_set():
            return False
        asked = self._open.get(number)
        if lane != WRITE:
            return lane in (READ, LATER) and asked is not None and asked.waits
        refused = fault.kind is not ProblemKind.DATABASE_UNREACHABLE
        return asked is not None and asked.waits and not refused and not attempt.committed

    def _refused(self, number: int) -> Problem | None:
        """Why a write is not begun."""
        asked = self._open.get(number)
        if asked is not None and asked.given_up:
            return Problem(ProblemKind.DATABASE_UNREACHABLE, what="given_up")
        waits = asked is not None and asked.waits and not self._closed.is_set()
        return None if waits else self._away

    def _is_outdated(self, number: int) -> bool:
        asked = self._open.get(number)
        if asked is None or self._closed.is_set():
            return True
        return bool(asked.topic) and self._latest.get((id(asked.owner), asked.topic)) != number

    @Slot(object)
    def _deliver(self, outcome: tuple[int, str, object, Exception | None]) -> None:
        number, lane, result, fault = outcome
        if lane == WRITE:
            self._writes -= 1
            if not self._writes:
                self.busy.emit(False)
        outdated = self._is_outdated(number)
        asked = self._open.pop(number, None)
        if lane == WRITE:
            self.waits_changed.emit()
        wanted = asked is not None and not outdated and isValid(asked.owner)
        if asked is not None and not outdated:
            self._latest.pop((id(asked.owner), asked.topic), None)
        if isinstance(fault, Problem):
            if asked is not None and wanted and asked.failed is not None:
                asked.failed(fault)
            elif wanted:
                self.troubled.emit(fault)
            elif lane == WRITE:  # told though nobody waits for it
                self.left_behind.emit(fault)
        elif fault is not None:
            log.error("a job failed in lane %s", lane, exc_info=fault)
            self.bug.emit(fault)
        elif asked is not None and wanted:
            asked.then(result)

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._open)

    def close(self, limit_ms: int = 5000) -> bool:
        """Refuses new work, drops waiting reads, lets writes finish. False when one did not."""
        self._closed.set()
        self._rests.wake()
        deadline = QDeadlineTimer(limit_ms)
        self._stopping.waitForDone(deadline)
        for name, pool in self._lanes.items():
            if name != WRITE:
                pool.clear()
        left = [name for name, pool in self._lanes.items() if not pool.waitForDone(deadline)]
        self._open.clear()
        if left:
            log.warning("still running when the time to finish was over: %s", ", ".join(left))
        return not left


def _stands_in_dialog(owner: QObject) -> bool:
    """Whether somebody waits for its answer in a dialog, which keeps what was typed."""
    one: QObject | None = owner
    while one is not None:
        if isinstance(one, QDialog):
            return True
        one = one.parent()
    return False


def _nothing(_result: object) -> None:
    pass
