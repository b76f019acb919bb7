"""The one place that knows whether the desk's database answers."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from deskapp.domain.line import AWAY_KINDS, Line
from deskapp.domain.problem import Problem

log = logging.getLogger(__name__)


class LineKeeper:
    """Learns from every question to the database how the line is, and tells when that changes.

    A fault in the middle of a question may be that connection's own: the next question goes over
    a new one. It raises a doubt, which whoever watches the desk settles at once by asking. Only
    when no connection is to be had, the desk is away.
    """

    def __init__(self, tell: Callable[[Line], None] | None = None) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._now = Line(datetime.now(UTC))
        self._left: Problem | None = None
        self.doubt = threading.Event()

    @property
    def now(self) -> Line:
        return self._now

    def answered(self) -> None:
        """A question was answered."""
        if not self._now.up and self._left is None:
            self._turn(None)

    def left(self, why: Problem | None) -> None:
        """The desk answered that nothing may be written any more from here, or (None) that it may;
        only that ends it, for what is read is answered all the time."""
        if (why is None) != (self._left is None):
            self._left = why
            self._turn(why)

    def broke(self, problem: Problem) -> None:
        """A connection was lost in the middle of a question."""
        if problem.kind in AWAY_KINDS:
            self.doubt.set()

    def refused(self, problem: Problem) -> None:
        """No connection could be had."""
        if problem.kind in AWAY_KINDS:
            self.doubt.set()
            self._turn(problem)

    def _turn(self, why: Problem | None) -> None:
        with self._lock:  # told in the order in which it happened
            if self._now.up == (why is None):
                return
            self._now = Line(datetime.now(UTC), why, back=why is None)
            log.info("the desk's database is %s", why.kind if why else "back")
            if self._tell is not None:
                self._tell(self._now)
