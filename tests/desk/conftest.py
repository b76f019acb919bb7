"""A desk to work on, on each database."""

from collections.abc import Iterator

import pytest

from .ground import Ground


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    yield made
    made.database.close()
