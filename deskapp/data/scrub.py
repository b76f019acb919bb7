"""Wipes what deleted rows left in a database's files: free pages, old log, search segments.

SQLite: VACUUM writes the file anew without what was freed, and the write-ahead log is emptied.
PostgreSQL: VACUUM FULL writes the tables anew; its own write-ahead log, archives of it and the
backups of its operator are out of a client's reach.
"""

import logging

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from deskapp.domain.problem import Problem, ProblemKind

from .database import Database
from .faults import explained
from .tables import metadata

log = logging.getLogger(__name__)

_INDEXES = ("", "_customer", "_order")
_STATISTICS = "pg_catalog.pg_statistic"


def scrub(database: Database) -> None:
    """Wipes all of it; others may read meanwhile, and wait with what they write.

    Raises Problem(DATABASE_BUSY) where others would not let go, DISK_FULL, and so on: then it can
    be done again later.
    """
    if database.is_sqlite:
        _merge_segments(database)
        with explained(), database.writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA secure_delete=OFF")
            raw.execute("PRAGMA temp_store=FILE")  # a copy of all of the desk is no use in memory
            try:
                raw.execute("VACUUM")
            finally:
                raw.execute("PRAGMA temp_store=MEMORY")
        empty_log(database)
    else:
        _rewrite_tables(database)
    log.info("the free space of the desk is wiped")


def empty_log(database: Database) -> None:
    """Moves SQLite's write-ahead log into the file and cuts it to nothing.

    Raises Problem(DATABASE_BUSY) while somebody else reads an older state.
    """
    if not database.is_sqlite:
        return
    with explained(), database.writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        [busy, *_] = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Problem(ProblemKind.DATABASE_BUSY)


def overwrite_deleted(connection: Connection) -> None:
    """From here on SQLite fills what this write deletes with zeros (it is switched off again by
    ``scrub``; a connection that keeps it only writes a little more)."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _merge_segments(database: Database) -> None:
    """FTS5 keeps the words of deleted rows in older segments until these are merged."""
    with explained(), database.writer.begin() as connection:
        for index in _INDEXES:
            name = f"search_fts{index}"
            connection.execute(text(f"INSERT INTO {name}({name}) VALUES ('optimize')"))


def _rewrite_tables(database: Database) -> None:
    names = [table.name for table in metadata.sorted_tables]
    names += [f"search_vector{index}" for index in _INDEXES]
    with explained(), database.writer.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        for name in names:
            alone.execute(text(f'VACUUM (FULL, ANALYZE) "{name}"'))
    _owners_part(database, f"VACUUM FULL {_STATISTICS}")  # samples of columns are rows, too
    _owners_part(database, "CHECKPOINT")


def _owners_part(database: Database, statement: str) -> None:
    """What only the owner of the database, or of the server, may do."""
    try:
        with explained(), database.writer.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))
    except (Problem, DBAPIError):
        log.info("left to the operator of the server: %s", statement)
