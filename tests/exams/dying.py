"""A program's work cut into steps, at one of which it is killed.

Steps are each statement to a database, each commit, each flush of a file and each renaming, before
and after. For a process of its own, which is this program ever after.
"""

import os
import signal
import threading
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, event


class Steps:
    """``place`` is the step to die at, 0 for none; ``delay`` in seconds lets it begin."""

    def __init__(self, place: int, delay: float) -> None:
        self._place, self._delay = place, delay
        self._numbers = count(1)
        self.passed = 0

    def listen(self, flushing: ModuleType) -> None:
        """``flushing``: the module whose ``flush`` the work calls."""
        event.listen(Engine, "before_cursor_execute", self._step)
        event.listen(Engine, "commit", self._step)
        flush, replace = vars(flushing)["flush"], Path.replace

        def flushed(path: Path) -> None:
            self._step()
            flush(path)

        def replaced(path: Path, other: Any) -> Path:
            self._step()
            found = replace(path, other)
            self._step()
            return found

        forever = pytest.MonkeyPatch()
        forever.setattr(flushing, "flush", flushed)
        forever.setattr(Path, "replace", replaced)

    def _step(self, *_: object, **__: object) -> None:
        self.passed = next(self._numbers)
        if self.passed == self._place:
            _die(self._delay)


def _die(delay: float) -> None:
    if not delay:
        os.kill(os.getpid(), signal.SIGKILL)
    late = threading.Timer(delay, os.kill, (os.getpid(), signal.SIGKILL))
    late.daemon = True
    late.start()
