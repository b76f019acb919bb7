"""What others did to the desk, told soon after they did it."""

import logging
import threading
import time
from collections.abc import Callable

from deskapp.data.change_watch import Ear
from deskapp.data.database import Connection
from deskapp.data.guard import left_behind
from deskapp.data.outcome import was_written
from deskapp.data.patience import patience
from deskapp.data.queries.changes import changes_since, newest_change
from deskapp.domain.changes import Changes, Cursor
from deskapp.domain.line import LEFT_KINDS
from deskapp.domain.pace import Pace
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

log = logging.getLogger(__name__)

_LOOK_ANYWAY_SECONDS = 8.0  # a notice is a hint; what none announced is found this late
_LOOK_DEAF_SECONDS = 4.0  # where nothing can be heard
_MOVED_DEAF_SECONDS = 1.5  # the same for who is where, of which there is no log to be read up
_AFTER_TROUBLE_SECONDS = 2.0
_AFTER_REFUSAL_SECONDS = 20.0  # a password tried too often locks an account
_ANSWER_SECONDS = 5.0
_SLICE_SECONDS = 0.25
_BETWEEN_SECONDS, _LONGEST_SECONDS = 0.25, 0.5  # from reading to reading while others write on
_MOVED = Changes(areas=frozenset({"presence"}), origin="somebody")


class ChangeLog:
    """The desk's change log, read on from a cursor."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def cursor(self) -> Cursor:
        """Where the log stands now."""
        with self._context.database.reading() as connection:
            return newest_change(connection)

    def since(self, cursor: Cursor) -> tuple[Cursor, Changes]:
        """What others changed after ``cursor``, and the new cursor."""
        database = self._context.database
        with database.reading() as connection:
            return self._since(connection, cursor)

    def _since(self, connection: Connection, cursor: Cursor) -> tuple[Cursor, Changes]:
        reached, changes = changes_since(connection, cursor, self._context.database.origin)
        return reached, changes.seen_by(self._context.agent)

    def was_written(self, act: str) -> bool:
        """Whether a write stands whose end was unknown (``Problem(OUTCOME_UNKNOWN, act)``)."""
        with self._context.database.reading() as connection:
            return was_written(connection, act)

    def watch(self, stop: threading.Event, tell: Callable[[Changes], None], cursor: Cursor) -> None:
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
                reached, changes = self._since(connection, cursor)
            # Not before the reading has ended well: what it read is lost with a line that breaks.
            cursor = reached
            database.line.left(left)
            if changes:
                tell(changes)

        pace = Pace(0.0, _BETWEEN_SECONDS, _LONGEST_SECONDS)
        with Ear(database).open() as ear:
            while not stop.is_set():
                if stop.wait(pace.wait()):
                    return
                ear.news.clear()
                database.line.doubt.clear()
                try:
                    began = time.monotonic()
                    read_on()
                    pace.read(began)
                    self._rest(stop, ear, tell)
                except Problem as problem:
                    log.info("watching for changes was interrupted: %s", problem.kind)
                    if problem.kind in LEFT_KINDS:
                        database.line.left(problem)
                    stop.wait(self._pause(problem))
                except Exception:
                    # A fault of ours in hearing one change must not leave a window blind to all.
                    log.exception("watching for changes met a fault; going on")
                    stop.wait(_AFTER_TROUBLE_SECONDS)

    def _rest(self, stop: threading.Event, ear: Ear, tell: Callable[[Changes], None]) -> None:
        """Until there may be news, or it is time to look anyway."""
        began, doubt = time.monotonic(), self._context.database.line.doubt
        moved = began
        while not stop.is_set():
            heard = ear.news.wait(_SLICE_SECONDS)
            unheard = not ear.hears and time.monotonic() - moved > _MOVED_DEAF_SECONDS
            if ear.passing.is_set() or unheard:
                ear.passing.clear()
                moved = time.monotonic()
                tell(_MOVED)
            limit = _LOOK_ANYWAY_SECONDS if ear.hears else _LOOK_DEAF_SECONDS
            if heard or doubt.is_set() or time.monotonic() - began > limit:
                return

    def _pause(self, problem: Problem) -> float:
        if problem.kind is ProblemKind.SIGN_IN_REFUSED:
            return _AFTER_REFUSAL_SECONDS
        if problem.kind is ProblemKind.DATABASE_UNREACHABLE and self._context.database.line.now.up:
            return _SLICE_SECONDS  # one connection was lost: the next question goes over another
        return _AFTER_TROUBLE_SECONDS
