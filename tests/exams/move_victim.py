"""A program that moves a desk and is killed, or says how many steps there are to be killed at.

Steps are each statement to either database, each commit, each flush and each renaming.
"""

from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from deskapp.data import backup_file
from deskapp.data import move as moving
from deskapp.desk.upkeep import move
from tests.exams.migration_victim import die


def move_and_die(url: str, to: str, place: int, delay: float) -> int:
    """Moves the desk; the number of steps. Dies ``delay`` seconds after step ``place``, 0 for
    none. For a process of its own, which is this program ever after."""
    steps = count(1)
    passed = 0

    def step(*_: object, **__: object) -> None:
        nonlocal passed
        passed = next(steps)
        if passed == place:
            die(delay)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    flush, replace = backup_file.flush, Path.replace

    def flushed(path: Path) -> None:
        step()
        flush(path)

    def replaced(path: Path, other: Any) -> Path:
        step()
        found = replace(path, other)
        step()
        return found

    moving.flush = flushed  # type: ignore[attr-defined]
    Path.replace = replaced  # type: ignore[method-assign,assignment]
    move(url, to)
    return passed
