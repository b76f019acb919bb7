"""A desk to work on, on each database."""

from collections.abc import Iterator

import pytest

from deskapp.desk.canned import Canned
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers

from .ground import Ground
from .house import opened


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    yield made
    made.database.close()


@pytest.fixture
def context(desk_url: str) -> Iterator[Context]:
    """For stories that touch no mail."""
    with opened(desk_url) as context:
        yield context


@pytest.fixture
def customers(context: Context) -> Customers:
    return Customers(context)


@pytest.fixture
def canned(context: Context) -> Canned:
    return Canned(context)
