"""A SQLite file that is a backup: opened without changing it, and proven sound."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, pool, text

from deskapp.domain.problem import Problem, ProblemKind

from .faults import explained
from .schema import SCHEMA, schema_of
from .table_rows import count_rows


@contextmanager
def opened_file(path: Path, *, write: bool = False) -> Iterator[Connection]:
    """A connection to a SQLite file; without ``write`` not a byte of it changes.

    No write-ahead log and no foreign keys: what is copied in is checked as a whole at the end.
    """
    mode = "rwc" if write else "ro"

    def connect() -> object:
        address = f"{path.absolute().as_uri()}?mode={mode}"
        made = sqlcipher.connect(address, uri=True, isolation_level=None)
        made.execute("PRAGMA temp_store=MEMORY")
        return made

    engine: Engine = create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=pool.NullPool
    )
    with explained(), engine.connect() as connection:
        yield connection


def proven(path: Path) -> dict[str, int]:
    """Rows by table of a backup that can be restored.

    Raises Problem FILE_MISSING, BACKUP_INVALID with what is wrong, or SCHEMA_NEWER.
    """
    if not path.is_file():
        raise Problem(ProblemKind.FILE_MISSING, path=str(path))
    try:
        with opened_file(path) as connection:
            return _checked(path, connection)
    except Problem as problem:
        if problem.kind in (ProblemKind.SCHEMA_NEWER, ProblemKind.BACKUP_INVALID):
            raise
        said = str(problem.details.get("said") or problem.kind.value)
        raise Problem(ProblemKind.BACKUP_INVALID, path=str(path), said=said) from problem


def _checked(path: Path, connection: Connection) -> dict[str, int]:
    found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    if found != ["ok"]:
        raise Problem(ProblemKind.BACKUP_INVALID, path=str(path), said=str(found[0]))
    schema = schema_of(connection)
    if schema is None:
        raise Problem(ProblemKind.BACKUP_INVALID, path=str(path), said="it holds no desk")
    if schema > SCHEMA:
        raise Problem(ProblemKind.SCHEMA_NEWER, found=schema, known=SCHEMA)
    loose = connection.execute(text("PRAGMA foreign_key_check")).first()
    if loose is not None:
        said = f"a row of {loose[0]} points at nothing"
        raise Problem(ProblemKind.BACKUP_INVALID, path=str(path), said=said)
    if schema < SCHEMA:
        return {}  # an older schema may lack tables; it is counted after its upgrade
    return count_rows(connection)


def flush(path: Path) -> None:
    """Makes a file's bytes, or a folder's names, survive a power cut."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders; its renames are journalled
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
