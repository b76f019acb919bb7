"""A whole desk taken to another database: a file to PostgreSQL, or back.

The old place is closed to writing while rows are copied, so that nothing is written there that
the new one does not get. The new place says ``arriving`` until the old one says where it went:
whatever is interrupted, at most one of the two can be worked on, and the same move again goes on.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import DataError

from deskapp.domain.desk_address import without_password
from deskapp.domain.desk_move import Moved, TableSum
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.problem import Problem, ProblemKind

from . import schema
from .backup import fill_file
from .backup_file import flush, opened_file
from .change_order import NOTIFY_CHANNEL
from .connect import desk_url
from .database import Database
from .faults import explained
from .guard import LEAVING, WRITERS_LOCK
from .migrating import migrate
from .places import check_place
from .queries.audit_triggers import switch_on
from .suitable import check_server
from .table_copy import copy_tables
from .table_sums import table_sums
from .tables import metadata
from .tables.team import desk_info
from .team_desk import standing
from .upgrade import open_desk

log = logging.getLogger(__name__)

Told = Callable[[str, str], None]
"""Hears what is being done (copy, prove) and with which table."""

_WRITERS_MS = 60_000
_OWN_ROWS = ("desk_info", "counter", "presence", "lease", "change", "audit", "audit_seal")


def move_desk(
    url: str, to: str, *, try_only: bool = False, told: Told = lambda step, table: None
) -> Moved:
    """Takes the desk at ``url`` to ``to``, which must be an empty database or no file yet.

    Of a team desk only its owner can (NOT_ALLOWED). Raises Problem DUPLICATE where something is
    there, UNSUITABLE_SERVER, NETWORK_FOLDER and what opening a desk raises; the old place is then
    as it was. MOVE_UNPROVED: the copy was not equal.
    """
    source, shown = Database(url), without_password(str(_named(to)))
    try:
        gone = _where(source)
        if gone and desk_url(gone) == desk_url(shown) and not try_only:  # however it is spelled
            return _finish(to, shown)
        open_desk(source)
        _refuse_itself(source, to)
        _refuse_others(source)
        with _left_alone(source) as connection:
            identity = _desk_id(connection)
            _make_room(to, identity, clear=not try_only)
            if try_only:
                return Moved(shown, table_sums(connection), tried=True)
            if desk_url(to).get_backend_name() == "sqlite":
                tables = _into_file(connection, Path(desk_url(to).database or ""), told)
            else:
                tables = _into_server(connection, to, told)
            connection.execute(update(desk_info).values(moved_to=shown))
    finally:
        source.close()
    _let_in(to)
    log.info("the desk moved: %d tables", len(tables))
    return Moved(shown, tables)


def take_back(url: str) -> str:
    """Makes the old place the desk again; where it had gone, "" where it had not.

    What was written at the new place since is not here, and whoever has that address can go on
    writing there.
    """
    source = Database(url)
    try:
        if gone := _where(source):
            with _left_alone(source) as connection:
                connection.execute(update(desk_info).values(moved_to=""))
        return gone
    finally:
        source.close()


def _named(to: str) -> str:
    url = desk_url(to)
    return str(url.database) if url.get_backend_name() == "sqlite" else to


def _where(database: Database) -> str:
    """Where the desk says it went, "" for nowhere, or where there is none."""
    if database.is_sqlite and not Path(database.url.database or "").exists():
        return ""
    with explained(), database.reader.connect() as connection:
        if schema.schema_of(connection) != schema.SCHEMA:
            return ""
        return str(connection.execute(select(desk_info.c.moved_to)).scalar() or "")


def _desk_id(connection: Connection) -> str:
    return str(connection.execute(select(desk_info.c.desk_id)).scalar_one())


def _refuse_itself(source: Database, to: str) -> None:
    if source.url == desk_url(to):
        raise Problem(ProblemKind.DUPLICATE, what="move", value=without_password(to))


def _refuse_others(source: Database) -> None:
    """Of a team desk its people see what they may: only its owner sees, and takes, all of it."""
    if not source.is_sqlite:
        with explained(), source.reader.connect() as connection:
            here = standing(connection)
        if here.groups and not here.i_own:
            raise Problem(ProblemKind.NOT_ALLOWED, what="owner_only", login=here.owner)


@contextmanager
def _left_alone(database: Database) -> Iterator[Connection]:
    """A transaction in which nobody else can write to the desk; committed at the end."""
    with explained(), database.writer.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = {_WRITERS_MS}"))
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            connection.execute(text(f"SET LOCAL deskapp.moving = '{LEAVING}'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})"))
            connection.execute(text(f"SELECT pg_notify('{NOTIFY_CHANNEL}', 'move')"))
        yield connection


def _make_room(to: str, identity: str, *, clear: bool) -> None:
    """Refuses a place that is in use; what an interrupted move of this desk left there is gone."""
    url = desk_url(to)
    path = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if path is not None:
        check_place(path)
        if not path.exists():
            return
    target = Database(to)
    try:
        with explained(), target.reader.connect() as connection:
            if path is None:
                check_server(connection)
            if schema.schema_of(connection) is None:
                return
            left = connection.execute(select(desk_info.c.desk_id, desk_info.c.arriving)).first()
            ours = left is not None and left.arriving and left.desk_id == identity
            if not ours and (path is not None or _is_used(connection)):
                raise Problem(ProblemKind.DUPLICATE, what="move", value=without_password(to))
            # Only our own leavings, or a desk that was only just made: as a team desk, perhaps,
            # which it stays.
            as_ours = path is None and schema.schema_of(connection) == schema.SCHEMA
        if clear and path is None and not as_ours:
            migrate(target.writer, "base")
    finally:
        target.close()
    if clear and path is not None:
        for end in ("", "-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)


def _is_used(connection: Connection) -> bool:
    """Whether anything stands in a database besides a desk that was only just made."""
    return any(
        connection.execute(select(func.count()).select_from(table)).scalar()
        for table in metadata.sorted_tables
        if table.name not in _OWN_ROWS
    )


def _into_file(source: Connection, path: Path, told: Told) -> dict[str, TableSum]:
    unfinished = path.with_name(path.name + ".moving")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        fill_file(source, unfinished, lambda table: told("copy", table))
        with opened_file(unfinished, write=True) as target:
            target.execute(update(desk_info).values(arriving=True))
            tables = _proved(source, target, told)
        flush(unfinished)
        unfinished.replace(path)
        flush(path.parent)
    except OSError as error:
        raise writing_problem(path, error) from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{unfinished}{end}").unlink(missing_ok=True)
    return tables


def _into_server(source: Connection, to: str, told: Told) -> dict[str, TableSum]:
    target = Database(to)
    try:
        identity = source.execute(select(desk_info)).mappings().one()
        arriving = {**identity, "arriving": True}

        def announce(made: Connection) -> None:
            made.execute(insert(desk_info), arriving)

        with explained(), target.writer.begin() as connection:
            if there := schema.schema_of(connection) == schema.SCHEMA:
                connection.execute(delete(desk_info))
                announce(connection)
        if not there:
            migrate(target.writer, schema.SCHEMA, then=announce)
        with explained(), target.writer.connect() as connection, connection.begin():
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            # What the triggers would write and refuse has been written and refused at the source.
            _triggers(connection, "DISABLE")
            named = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
            connection.exec_driver_sql(f"TRUNCATE {named} CASCADE")  # the index too
            try:
                copy_tables(source, connection, lambda table: told("copy", table))
            except DataError as error:
                said = str(error.orig).strip().splitlines()[0]
                raise Problem(ProblemKind.MOVE_UNPROVED, said=said) from error
            connection.execute(update(desk_info).values(arriving=True))
            tables = _proved(source, connection, told)
            _triggers(connection, "ENABLE")
            switch_on(connection)
        return tables
    finally:
        target.close()


def _triggers(connection: Connection, verb: str) -> None:
    for table in metadata.sorted_tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" {verb} TRIGGER USER')


def _proved(source: Connection, target: Connection, told: Told) -> dict[str, TableSum]:
    """The sums of both ends, read back from each; raises Problem unless they are equal."""
    here = table_sums(source, lambda table, rows: told("prove", table))
    there = table_sums(target, lambda table, rows: told("prove", table))
    for name, found in here.items():
        if there[name] != found:
            said = f"{name}: {found.rows} rows here, {there[name].rows} there"
            raise Problem(ProblemKind.MOVE_UNPROVED, said=said)
    return here


def _let_in(to: str) -> None:
    """The old place has said where the desk went, so the new one may be worked on."""
    target = Database(to)
    try:
        with explained(), target.writer.begin() as connection:
            connection.execute(update(desk_info).values(arriving=False, moved_to=""))
    finally:
        target.close()


def _finish(to: str, shown: str) -> Moved:
    """All was copied and proved, and the old place closed; only the last step was missing."""
    _let_in(to)
    target = Database(to)
    try:
        with explained(), target.reader.connect() as connection:
            return Moved(shown, table_sums(connection), finished=True)
    finally:
        target.close()
