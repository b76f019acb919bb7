"""`deskapp move` killed at any step: one desk, whole, and the same command goes on.

A move from a file to PostgreSQL and one back, each killed at 40 of its steps and, as the command
itself, 12 times by the clock.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exams.moves import ends, kill_moves
from tests.exams.upgrading import fill
from tests.servers.postgres import Postgres


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_move_killed_at_any_step_leaves_one_whole_desk(
    kind: str, tmp_path: Path, postgres: Postgres, tell: Callable[[str], None]
) -> None:
    one = ends(kind, tmp_path, postgres)
    fill(one.original, 4, tickets=40)
    kill_moves(one, 40, 12, tell, kind)
