"""A desk copied into one file, and proven before it counts as a backup.

From SQLite and from PostgreSQL alike the file is a SQLite desk, so that either can be restored
from it. It is written beside its place under another name; only a sound one gets the name.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from deskapp.domain.file_problems import writing_problem
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.upkeep import Copied

from .backup_file import flush, opened_file, proven
from .database import Database
from .snapshot import snapshot
from .table_copy import Told, copy_tables
from .table_rows import count_rows
from .team_desk import refuse_others
from .upgrade import open_desk

log = logging.getLogger(__name__)

_CACHE_KIB = 16 * 1024  # where the indexes of a large desk are filled in any order
_MEASURED = ("blob", "message", "ticket", "event", "customer", "shop_order", "outbox")
"""What a copy is measured by that was made while others wrote."""


def backup_desk(database: Database, path: Path) -> Copied:
    """Writes a backup to ``path``. Raises Problem FILE_EXISTS, DISK_FULL, READ_ONLY, NOT_ALLOWED
    (of a team desk only its owner sees all of it), or BACKUP_INVALID where the copy did not pass
    its own proof; then no file is left.
    """
    if path.exists():
        raise Problem(ProblemKind.FILE_EXISTS, path=str(path))
    unfinished = path.with_name(path.name + ".part")
    with _nothing_left(unfinished, path):
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)  # all of a team's mail: for its owner only
        rows = (
            _copy_file(database, unfinished) if database.is_sqlite else _copy(database, unfinished)
        )
        flush(unfinished)
        unfinished.replace(path)
        flush(path.parent)
        size = path.stat().st_size
    log.info("backup done: %d tables, %d bytes", len(rows), size)
    return Copied(rows, size)


@contextmanager
def _nothing_left(unfinished: Path, path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        for rest in (unfinished, *(Path(f"{unfinished}{end}") for end in ("-wal", "-shm"))):
            try:
                rest.unlink(missing_ok=True)
            except OSError:
                log.warning("an unfinished backup could not be removed")
        if isinstance(error, OSError):
            raise writing_problem(path, error) from error
        if isinstance(error, Problem) and error.kind in _ABOUT_FILES:
            raise Problem(error.kind, **{**error.details, "path": str(path)}) from error
        raise


_ABOUT_FILES = (ProblemKind.DISK_FULL, ProblemKind.READ_ONLY, ProblemKind.BACKUP_INVALID)


def _copy_file(database: Database, unfinished: Path) -> dict[str, int]:
    """SQLite copies itself in one read transaction, others writing meanwhile."""
    unfinished.unlink()  # VACUUM INTO wants no file, or an empty one made by no one else
    before = _counted(database)
    # A connection of its own: the reading ones may not write, not even into another file.
    with opened_file(Path(database.url.database or ""), write=True) as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(unfinished),))
    unfinished.chmod(0o600)
    rows, after = proven(unfinished), _counted(database)
    for name in rows if before == after else _MEASURED:
        # Few are deleted, by erasing a person and with an order source: less is as good as more.
        least, most = sorted((before[name], after[name]))
        if not least <= rows[name] <= most:
            raise _does_not_count(unfinished, name)
    return rows


def _counted(database: Database) -> dict[str, int]:
    with snapshot(database) as connection:
        return count_rows(connection)


def _copy(database: Database, unfinished: Path) -> dict[str, int]:
    """PostgreSQL is read out through our own tables, in one state."""
    with snapshot(database) as source:
        refuse_others(source)
        fill_file(source, unfinished)
        expected = count_rows(source)
    rows = proven(unfinished)
    for name, count in rows.items():
        if name != "search_row" and count != expected[name]:
            raise _does_not_count(unfinished, name)
    return rows


def fill_file(
    source: Connection, unfinished: Path, told: Told = lambda step, table, rows: None
) -> None:
    """Makes a SQLite desk at ``unfinished``, where no file is, and copies the other one into it.

    Cut anywhere it is worth nothing: who calls keeps the name from it until it is flushed.
    """
    copy = Database(f"sqlite:///{unfinished}")
    try:
        open_desk(copy, create=True)
    finally:
        copy.close()
    with opened_file(unfinished, write=True) as target:
        # Our own migrations have made it a desk with an identity; it gets the other's.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            target.execute(text(f"PRAGMA {pragma}"))
        target.execute(text("BEGIN IMMEDIATE"))
        target.execute(text("DELETE FROM desk_info"))
        copy_tables(source, target, told)
        target.execute(text("COMMIT"))


def _does_not_count(path: Path, table: str) -> Problem:
    said = f"the rows of {table} were not all copied"
    return Problem(ProblemKind.BACKUP_INVALID, path=str(path), said=said)
