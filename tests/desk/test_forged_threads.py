"""Five hundred mails that claim to belong somewhere (exam E31)."""

from .forging import forged_unmarked
from .ground import Ground


def test_of_500_forged_threads_none_joins_unmarked(desk_file: str) -> None:
    ground = Ground(desk_file)
    assert forged_unmarked(ground, 500) == 0
    ground.database.close()
