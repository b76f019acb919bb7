"""The rows of a desk that moves: written into a new file or an empty database, and proved there."""

from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DataError

from deskapp.domain.desk_move import TableSum
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.problem import Problem, ProblemKind

from . import schema
from .backup import fill_file
from .backup_file import flush, opened_file
from .database import Database
from .faults import explained
from .migrating import migrate
from .move_pace import Pace
from .move_room import SIDE_FILES
from .queries.audit_triggers import switch_on
from .table_copy import copy_tables
from .table_sums import table_sums
from .tables import metadata
from .tables.team import desk_info


def into_file(source: Connection, path: Path, pace: Pace) -> dict[str, TableSum]:
    """A new file at ``path`` that says ``arriving``. Raises Problem DISK_FULL, READ_ONLY and
    MOVE_UNPROVED; then nothing is there."""
    unfinished = path.with_name(path.name + ".moving")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        fill_file(source, unfinished, pace.add)
        with opened_file(unfinished, write=True) as target:
            target.execute(update(desk_info).values(arriving=True))
            tables = _proved(source, target, pace)
        flush(unfinished)
        unfinished.replace(path)
        flush(path.parent)
    except OSError as error:
        raise writing_problem(path, error) from error
    finally:
        for end in ("", *SIDE_FILES):
            Path(f"{unfinished}{end}").unlink(missing_ok=True)
    return tables


def into_server(source: Connection, to: str, pace: Pace) -> dict[str, TableSum]:
    """All of it in one transaction, on a desk that says ``arriving``. Raises MOVE_UNPROVED."""
    target = Database(to)
    try:
        _announce(source, target)
        with explained(), target.writer.connect() as connection, connection.begin():
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            # What the triggers would write and refuse has been written and refused at the source.
            _triggers(connection, "DISABLE")
            named = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
            connection.exec_driver_sql(f"TRUNCATE {named} CASCADE")  # the index too
            try:
                copy_tables(source, connection, pace.add)
            except DataError as error:
                said = str(error.orig).strip().splitlines()[0]
                raise Problem(ProblemKind.MOVE_UNPROVED, said=said) from error
            connection.execute(update(desk_info).values(arriving=True))
            tables = _proved(source, connection, pace)
            _triggers(connection, "ENABLE")
            switch_on(connection)
        return tables
    finally:
        target.close()


def _announce(source: Connection, target: Database) -> None:
    """An empty desk that is to become this one: nobody works on it before it is."""
    identity = source.execute(select(desk_info)).mappings().one()

    def announce(made: Connection) -> None:
        made.execute(insert(desk_info), {**identity, "arriving": True})

    with explained(), target.writer.begin() as connection:
        if there := schema.schema_of(connection) == schema.SCHEMA:
            connection.execute(delete(desk_info))
            announce(connection)
    if not there:
        migrate(target.writer, schema.SCHEMA, then=announce)


def _triggers(connection: Connection, verb: str) -> None:
    changes = (
        f'ALTER TABLE "{table.name}" {verb} TRIGGER USER' for table in metadata.sorted_tables
    )
    connection.exec_driver_sql("; ".join(changes))


def _proved(source: Connection, target: Connection, pace: Pace) -> dict[str, TableSum]:
    """The sums of both ends, read back from each; raises Problem unless they are equal."""
    here = table_sums(source, lambda table, rows: pace.add("prove", table, rows))
    there = table_sums(target, lambda table, rows: pace.add("prove", table, rows))
    for name, found in here.items():
        if there[name] != found:
            said = f"{name}: {found.rows} rows here, {there[name].rows} there"
            raise Problem(ProblemKind.MOVE_UNPROVED, said=said)
    return here
