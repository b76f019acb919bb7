"""The exams are held in the same shop as the stories, and say what they saw.

`pytest_terminal_summary` in tests/conftest.py prints it: where several processes run the exams, the
one that prints does not read this file.
"""

from collections.abc import Callable

import pytest

from tests.conftest import SEEN
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.stories.conftest import shop

__all__ = ["shop"]

PARCELS = 300


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """A sentence for the end of the run: seeds, counts, the longest wait."""
    return lambda sentence: record_property(SEEN, sentence)


@pytest.fixture
def parcels(desk_url: str) -> str:
    """The address of a desk with ``PARCELS`` new tickets of as many customers."""
    ground = Ground(desk_url)
    ground.arrive(
        *(letter(f"parcel {n}", sender=f"c{n}@c.example", hours=n / 60) for n in range(PARCELS))
    )
    ground.database.close()
    return desk_url
