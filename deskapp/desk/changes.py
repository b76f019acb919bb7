"""What others did to the desk, told soon after they did it."""

import logging
import threading
from collections.abc import Callable

from deskapp.data.change_watch import open_waiter
from deskapp.data.queries.changes import changes_since, newest_change
from deskapp.domain.changes import Changes
from deskapp.domain.ids import ChangeId
from deskapp.domain.problem import Problem

from .context import Context

log = logging.getLogger(__name__)

_LOOK_ANYWAY_SECONDS = 10.0  # a notice is a hint; what none announced is found this late
_AFTER_TROUBLE_SECONDS = 2.0


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

    def watch(
        self, stop: threading.Event, tell: Callable[[Changes], None], cursor: ChangeId
    ) -> None:
        """Tells of others' changes after ``cursor`` until ``stop`` is set; for a thread of its own.

        Take the cursor before the first thing that is read of the desk, so that no change falls
        between the two. Outlives a database that is away: it tries again and catches up.
        """

        def read_on() -> None:
            nonlocal cursor
            cursor, changes = self.since(cursor)
            if changes:
                tell(changes)

        while not stop.is_set():
            try:
                with open_waiter(self._context.database) as waiter:
                    while not stop.is_set():
                        read_on()
                        waiter.wait(stop, _LOOK_ANYWAY_SECONDS)
            except Problem as problem:
                log.info("watching for changes was interrupted: %s", problem.kind)
                stop.wait(_AFTER_TROUBLE_SECONDS)
            except Exception:
                # A fault of ours in hearing one change must not leave a window blind to all others.
                log.exception("watching for changes met a fault; going on")
                stop.wait(_AFTER_TROUBLE_SECONDS)
