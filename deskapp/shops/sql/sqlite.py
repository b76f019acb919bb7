"""Asking a SQLite file: opened to be read, with a guard that lets nothing but questions through."""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver

from deskapp.domain.problem import Problem, ProblemKind

from .address import DatabaseAddress
from .asking import AT_ONCE, Intake, Moment, Rows, Value, Values
from .statement import Statement

K = ProblemKind
_STEPS = 10_000  # of SQLite's own machine between two looks at the clock
_MAY = {driver.SQLITE_SELECT, driver.SQLITE_READ, driver.SQLITE_FUNCTION, driver.SQLITE_RECURSIVE}
_WORDS: tuple[tuple[str, K, str], ...] = (
    ("no such table", K.NOT_FOUND, "shop_table"),
    ("not authorized", K.READ_ONLY, "query"),
    ("prohibited", K.READ_ONLY, "query"),
    ("readonly database", K.READ_ONLY, "query"),
    ("interrupted", K.TOO_SLOW, "shop"),
    ("locked", K.TOO_SLOW, "shop"),
    ("string or blob too big", K.TOO_LARGE, "query_rows"),
)


@contextlib.contextmanager
def session(address: DatabaseAddress, moment: Moment) -> Iterator["SqliteSession"]:
    """Opens the file; it is not changed, and not made when it is missing."""
    path = address.path
    if not path.is_file():
        kind = K.FILE_UNREADABLE if path.exists() else K.FILE_MISSING
        raise Problem(kind, path=str(path), reason="folder")
    try:
        with contextlib.closing(_connected(path, moment)) as connection:
            yield SqliteSession(connection, moment)
    except TimeoutError as fault:
        raise address.about(moment.slow()) from fault
    except (driver.Error, driver.Warning) as fault:
        slow = moment.over
        raise address.about(moment.slow() if slow else _problem(fault, path)) from None


class SqliteSession:
    def __init__(self, connection: Any, moment: Moment) -> None:
        self._connection, self._moment = connection, moment

    def ask(self, statement: Statement, values: Values) -> Rows:
        given: dict[str, Value] = {}

        def place(name: str) -> str:
            value = values.get(name)
            if isinstance(value, (list, tuple)):
                given.update({f"{name}_{at}": one for at, one in enumerate(value)})
                return ", ".join(f":{name}_{at}" for at in range(len(value)))
            given[name] = self._written(value)
            return f":{name}"

        cursor = self._connection.execute(statement.written(str, place), given)
        intake = Intake(tuple(column[0] for column in cursor.description or ()))
        while rows := cursor.fetchmany(AT_ONCE):
            intake.take(rows)
        return intake.all()

    def may_write(self) -> tuple[str, ...]:
        """A file is opened so that nobody can."""
        return ()

    def _written(self, value: Value) -> Value:
        """Times as SQLite's own functions write them, in the shop's own zone."""
        if isinstance(value, datetime):
            return f"{value.astimezone(self._moment.zone):%Y-%m-%d %H:%M:%S}"
        return value


def _connected(path: Path, moment: Moment) -> Any:
    connection = driver.connect(
        f"file:{quote(path.as_posix())}?mode=ro",
        uri=True,
        timeout=min(moment.left, 5),
        isolation_level=None,
        check_same_thread=False,
    )
    # Text that is not UTF-8 is what old programs leave; it must not end the reading.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for setting in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.set_progress_handler(lambda: int(moment.over), _STEPS)
    connection.set_authorizer(_allowed)
    return connection


def _allowed(action: int, _first: Any, second: Any, *_names: Any) -> int:
    """Reading, and functions but the one that loads programs."""
    if action == driver.SQLITE_FUNCTION and second == "load_extension":
        return int(driver.SQLITE_DENY)
    return int(driver.SQLITE_OK if action in _MAY else driver.SQLITE_DENY)


def _problem(fault: Exception, path: Path) -> Problem:
    words = str(fault)[:200]
    lowered = words.lower()
    for part, kind, what in _WORDS:
        if part in lowered:
            return Problem(kind, what=what, said=words, value=words)
    if "not a database" in lowered or "malformed" in lowered or "unable to open" in lowered:
        return Problem(K.FILE_UNREADABLE, path=str(path), reason=words)
    return Problem(K.INVALID, what="query", value=words, said=words)
