"""Programs of releases still to come, and of those gone by, made of this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskapp.data import schema

LATER = Path(__file__).parent / "later_migrations"
NEWEST = "0003"


def become(number: str) -> None:
    """This process is the program of that schema from now on."""
    schema.SCHEMA = number
    if LATER not in schema.VERSIONS:
        schema.VERSIONS = (*schema.VERSIONS, LATER)


@contextmanager
def program_of(number: str) -> Iterator[None]:
    """For a while. A Database opened meanwhile stays what it was opened as on PostgreSQL."""
    before = schema.SCHEMA, schema.VERSIONS
    become(number)
    try:
        yield
    finally:
        schema.SCHEMA, schema.VERSIONS = before
