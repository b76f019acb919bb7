"""A program that upgrades a desk and is killed, or says how many steps there are to be killed at.

Steps are each statement to the database, each flush of the copy and each renaming.
"""

import os
import signal
import threading
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from deskapp.data import migrating
from deskapp.data.database import Database
from deskapp.data.upgrade import open_desk
from tests.data.later import NEWEST, become


def run_and_die(url: str, place: int, delay: float) -> int:
    """Upgrades the desk to the newest schema of the tests; the number of its steps.

    ``place`` is the step to die at, 0 for none; ``delay`` in seconds lets it begin. For a process
    of its own, which is this program ever after.
    """
    steps = count(1)
    passed = 0

    def step(*_: object, **__: object) -> None:
        nonlocal passed
        passed = next(steps)
        if passed == place:
            die(delay)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    flush, replace = migrating.flush, Path.replace

    def flushed(path: Path) -> None:
        step()
        flush(path)

    def replaced(path: Path, other: Any) -> Path:
        step()
        return replace(path, other)

    migrating.flush = flushed  # type: ignore[attr-defined]
    Path.replace = replaced  # type: ignore[method-assign,assignment]
    become(NEWEST)
    database = Database(url)
    open_desk(database)
    database.close()
    return passed


def die(delay: float) -> None:
    if not delay:
        os.kill(os.getpid(), signal.SIGKILL)
    late = threading.Timer(delay, os.kill, (os.getpid(), signal.SIGKILL))
    late.daemon = True
    late.start()
