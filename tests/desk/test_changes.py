"""One program sees what another did."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from deskapp.data.database import Database
from deskapp.desk.changes import ChangeLog
from deskapp.desk.context import Context
from deskapp.domain.changes import Changes

from .ground import Ground
from .letters import letter


@contextmanager
def _watching(ground: Ground, url: str) -> Iterator["queue.Queue[Changes]"]:
    """A second program with the same desk open."""
    told: queue.Queue[Changes] = queue.Queue()
    stop, other = threading.Event(), Database(url)
    log = ChangeLog(Context(other, ground.context.mail))
    ready = log.cursor()
    thread = threading.Thread(target=log.watch, args=(stop, told.put))
    thread.start()
    assert ready >= 0
    try:
        yield told
    finally:
        stop.set()
        thread.join()
        other.close()


def test_a_colleague_sees_a_new_ticket_within_two_seconds(ground: Ground, desk_url: str) -> None:
    with _watching(ground, desk_url) as told:
        seen = None
        for hour in range(20):  # the watcher may begin after the first of these
            ground.arrive(letter(f"mail {hour}", sender=f"c{hour}@c.example", hours=hour))
            try:
                seen = told.get(timeout=2)
                break
            except queue.Empty:
                continue
        assert seen is not None and seen.tickets


def test_ones_own_changes_are_not_told_back(ground: Ground) -> None:
    log = ChangeLog(ground.context)
    cursor = log.cursor()
    ground.arrive(letter())
    cursor, changes = log.since(cursor)
    assert not changes and log.since(cursor) == (cursor, changes)
