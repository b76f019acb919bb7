"""Hearing what others write to the desk, in a thread that lives as long as its windows."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .desk import Desk
from .domain.changes import Changes

_JOIN_SECONDS = 3.0


@contextmanager
def watching(desk: Desk, tell: Callable[[Changes], None]) -> Iterator[None]:
    """Hears what colleagues and the engine write from now on, in a thread of its own.

    To be entered before windows read anything: what is written meanwhile is told to them.
    """
    stop = threading.Event()
    heard = (stop, tell, desk.changes.cursor())
    thread = threading.Thread(target=desk.changes.watch, args=heard, name="changes")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_JOIN_SECONDS)
