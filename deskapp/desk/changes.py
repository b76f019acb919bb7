"""What others did to the desk, told soon after they did it."""

import logging
import threading
import time
from collections.abc import Callable

from deskapp.data.change_watch import Ear
from deskapp.data.guard import left_behind
from deskapp.data.outcome import was_written
from deskapp.data.patience import patience
from deskapp.data.queries.changes import changes_since, newest_change
from deskapp.domain.changes import Changes
from deskapp.domain.ids import ChangeId
from deskapp.domain.line import LEFT_KINDS
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

log = logging.getLogger(__name__)

_LOOK_ANYWAY_SECONDS = 8.0  # a notice is a hint; what none announced is found this late
_LOOK_DEAF_SECONDS = 4.0  # where nothing can be heard
_AFTER_TROUBLE_SECONDS = 2.0
_AFTER_REFUSAL_SECONDS = 20.0  # a password tried too often locks an account
_ANSWER_SECONDS = 5.0
_SLICE_SECONDS = 0.25


class ChangeLog:
    """The desk's change log, read on from a cursor."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def cursor(self) -> ChangeId:
        """Where the log stands now."""
        with self._context.database.reading() as connection:
            return newest_change(connection)

    def since(self, cursor: ChangeId) -> tuple[ChangeId, Changes]:
        """What others changed after ``cursor``, and the new cursor."""
        database = self._context.database
        with database.reading() as connection:
            return changes_since(connection, cursor, but_not=database.origin)

    def was_written(self, act: str) -> bool:
        """Whether a write stands whose end was unknown (``Problem(OUTCOME_UNKNOWN, act)``)."""
        with self._context.database.reading() as connection:
            return was_written(connection, act)

    def watch(
        self, stop: threading.Event, tell: Callable[[Changes], None], cursor: ChangeId
    ) -> None:
        """Tells of others' changes after ``cursor`` until ``stop`` is set; for a thread of its own.

        Take the cursor before the first thing that is read of the desk, so that no change falls
        between the two. Outlives a database that is away: it tries again and catches up, and by
        asking it keeps ``Desk.line`` true. A desk that a newer program has upgraded, or that moved
        away, is told by the line at once, and read on.
        """

        database = self._context.database

        def read_on() -> None:
            nonlocal cursor
            with patience(_ANSWER_SECONDS), database.reading() as connection:
                left = left_behind(connection)
                reached, changes = changes_since(connection, cursor, but_not=database.origin)
            # Not before the reading has ended well: what it read is lost with a line that breaks.
            cursor = reached
            database.line.left(left)
            if changes:
                tell(changes)

        with Ear(database).open() as ear:
            while not stop.is_set():
                ear.news.clear()
                database.line.doubt.clear()
                try:
                    read_on()
                    self._rest(stop, ear)
                except Problem as problem:
                    log.info("watching for changes was interrupted: %s", problem.kind)
                    if problem.kind in LEFT_KINDS:
                        database.line.left(problem)
                    stop.wait(self._pause(problem))
                except Exception:
                    # A fault of ours in hearing one change must not leave a window blind to all.
                    log.exception("watching for changes met a fault; going on")
                    stop.wait(_AFTER_TROUBLE_SECONDS)

    def _rest(self, stop: threading.Event, ear: Ear) -> None:
        """Until there may be news, or it is time to look anyway."""
        began, doubt = time.monotonic(), self._context.database.line.doubt
        while not stop.is_set() and not ear.news.wait(_SLICE_SECONDS) and not doubt.is_set():
            limit = _LOOK_ANYWAY_SECONDS if ear.hears else _LOOK_DEAF_SECONDS
            if time.monotonic() - began > limit:
                return

    def _pause(self, problem: Problem) -> float:
        if problem.kind is ProblemKind.SIGN_IN_REFUSED:
            return _AFTER_REFUSAL_SECONDS
        if problem.kind is ProblemKind.DATABASE_UNREACHABLE and self._context.database.line.now.up:
            return _SLICE_SECONDS  # one connection was lost: the next question goes over another
        return _AFTER_TROUBLE_SECONDS
