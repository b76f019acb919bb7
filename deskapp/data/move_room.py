"""Where a desk is to move to: empty, suitable, and large enough; or why not."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from deskapp.domain.desk_address import without_password
from deskapp.domain.problem import Problem, ProblemKind

from . import schema
from .backup_file import opened_file
from .connect import desk_url, is_sqlite
from .database import Database
from .faults import explained
from .migrating import migrate
from .places import check_place
from .suitable import OLDEST_SERVER, check_server, createdb_line
from .tables import metadata
from .tables.team import desk_info

SIDE_FILES = ("-wal", "-shm", "-journal")
_OWN_ROWS = ("desk_info", "counter", "presence", "lease", "change", "audit", "audit_seal")


def make_room(to: str, identity: str, *, clear: bool) -> None:
    """Refuses a place that is in use; what an interrupted move of the desk with this ``identity``
    left there is gone.

    Raises Problem DUPLICATE, UNSUITABLE_SERVER, NETWORK_FOLDER and what reaching it raises.
    """
    url = desk_url(to)
    if is_sqlite(url):
        _room_for_file(to, Path(url.database or ""), identity, clear)
    else:
        with _known(url.database or ""):
            _room_on_server(to, identity, clear)


def free_bytes(to: str) -> int | None:
    """On the disk of a file's folder; None where a server has it, whose owner alone can say."""
    url = desk_url(to)
    if not is_sqlite(url):
        return None
    folder = Path(url.database or "").parent
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def size_of(connection: Connection) -> int:
    """Bytes that a desk takes where it is."""
    asked = "SELECT pg_database_size(current_database())"
    if connection.dialect.name == "sqlite":
        asked = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    return int(connection.execute(text(asked)).scalar_one())


def _room_for_file(to: str, path: Path, identity: str, clear: bool) -> None:
    check_place(path)
    if not path.exists():
        return
    if path.is_dir():
        raise _in_use(to)
    if path.stat().st_size and not _holds_ours(path, identity):
        raise _in_use(to)
    if clear:
        for end in ("", *SIDE_FILES):
            Path(f"{path}{end}").unlink(missing_ok=True)


def _holds_ours(path: Path, identity: str) -> bool:
    try:
        with opened_file(path) as connection:
            return schema.schema_of(connection) is not None and _is_ours(connection, identity)
    except Problem as problem:
        if problem.kind is ProblemKind.NOT_A_DESK:  # somebody else's database, or none at all
            return False
        raise


def _room_on_server(to: str, identity: str, clear: bool) -> None:
    target = Database(to)
    try:
        with explained(), target.reader.connect() as connection:
            check_server(connection)
            found = _schema(connection, to)
            if found is None:
                return
            if not _is_ours(connection, identity) and _is_used(connection):
                raise _in_use(to)
            # Only our own leavings, or a desk that was only just made: as a team desk, perhaps,
            # which it stays.
            as_ours = found == schema.SCHEMA
        if clear and not as_ours:
            migrate(target.writer, "base")
    finally:
        target.close()


def _schema(connection: Connection, to: str) -> str | None:
    try:
        return schema.schema_of(connection)
    except Problem as problem:
        if problem.kind is ProblemKind.NOT_A_DESK:  # somebody else's tables
            raise _in_use(to) from problem
        raise


def _is_ours(connection: Connection, identity: str) -> bool:
    left = connection.execute(select(desk_info.c.desk_id, desk_info.c.arriving)).first()
    return left is not None and bool(left.arriving) and left.desk_id == identity


def _is_used(connection: Connection) -> bool:
    """Whether anything stands in a database besides a desk that was only just made."""
    return any(
        connection.execute(select(func.count()).select_from(table)).scalar()
        for table in metadata.sorted_tables
        if table.name not in _OWN_ROWS
    )


def _in_use(to: str) -> Problem:
    return Problem(ProblemKind.DUPLICATE, what="move", value=without_password(to))


@contextmanager
def _known(name: str) -> Iterator[None]:
    """A database that is not there at all is told with the line that makes it."""
    try:
        yield
    except Problem as problem:
        said = str(problem.details.get("said", ""))
        if (
            f'database "{name}" does not exist' not in said
        ):  # a server in another language: as it is
            raise
        line = createdb_line(name, OLDEST_SERVER)
        raise Problem(
            ProblemKind.UNSUITABLE_SERVER, what="no_database", name=name, value=line
        ) from problem
