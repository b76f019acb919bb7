"""A desk with its parts, and two of them on one database, for the stories of this folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from deskapp.data.database import Database
from deskapp.desk.context import Context, MailFunctions
from tests.data.mail_rows import new_desk

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _not_here(*_: object) -> object:
    raise AssertionError("this story touches no mail")


NO_MAIL = MailFunctions(parse=_not_here, build=_not_here, read_attachment=_not_here)  # type: ignore[arg-type]


@contextmanager
def opened(url: str) -> Iterator[Context]:
    """A new desk at ``url`` as somebody without a name works on it, at ``NOW``."""
    with new_desk(url) as database:
        yield context_of(database)


def context_of(database: Database) -> Context:
    return Context(database, NO_MAIL, machine=lambda: NOW)
