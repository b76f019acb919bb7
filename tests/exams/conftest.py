"""The exams are held in the same shop as the stories, and say what they saw.

`pytest_terminal_summary` in tests/conftest.py prints it: where several processes run the exams, the
one that prints does not read this file.
"""

from collections.abc import Callable

import pytest

from tests.conftest import SEEN
from tests.stories.conftest import shop

__all__ = ["shop"]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """A sentence for the end of the run: seeds, counts, the longest wait."""
    return lambda sentence: record_property(SEEN, sentence)
