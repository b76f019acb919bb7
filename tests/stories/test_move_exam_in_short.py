"""The exam of moves in little (tests/exams/test_move.py holds it in full)."""

from pathlib import Path

import pytest

from tests.exams.moves import ends, kill_moves
from tests.exams.upgrading import fill
from tests.servers.postgres import Postgres


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_move_leaves_one_whole_desk(kind: str, tmp_path: Path, postgres: Postgres) -> None:
    one = ends(kind, tmp_path, postgres)
    fill(one.original, 1, tickets=4)
    kill_moves(one, points=2, timed=0, tell=print, kind=kind)
