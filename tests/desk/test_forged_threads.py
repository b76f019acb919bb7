"""Five hundred mails that claim to belong somewhere (exam E31)."""

from pathlib import Path

from .forging import forged_unmarked
from .ground import Ground


def test_of_500_forged_threads_none_joins_unmarked(tmp_path: Path) -> None:
    ground = Ground(f"sqlite:///{tmp_path}/desk.db")
    assert forged_unmarked(ground, 500) == 0
    ground.database.close()
