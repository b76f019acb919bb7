"""A program that the desk has left behind cannot write to it, whatever it is."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deskapp.data import schema
from deskapp.data.database import Database
from deskapp.data.guard import WRITERS_LOCK
from deskapp.data.queries.desk_info import set_reopen_days
from deskapp.data.tables import metadata
from deskapp.data.tables.audit import audit, audit_seal
from deskapp.data.upgrade import open_desk
from deskapp.domain.problem import Problem, ProblemKind


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    made = Database(desk_url)
    open_desk(made, create=True, name="Lotus")
    yield made
    made.close()


def _say(database: Database, statement: str) -> None:
    with database.writer.begin() as connection:
        connection.execute(text(statement))


def _refused(database: Database) -> Problem:
    with pytest.raises(Problem) as refused, database.writing() as unit:
        set_reopen_days(unit, 3)
    return refused.value


def test_an_older_program_reads_a_newer_desk_and_cannot_write(database: Database) -> None:
    _say(database, "UPDATE alembic_version SET version_num = '0002'")
    told = _refused(database)
    assert (told.kind, told.details["what"]) == (ProblemKind.SCHEMA_NEWER, "write")
    assert (told.details["found"], told.details["known"]) == ("0002", schema.SCHEMA)
    with database.reading() as connection:
        assert connection.execute(text("SELECT reopen_days FROM desk_info")).scalar() == 14


def test_a_desk_that_moved_away_takes_nothing_and_says_where_it_is(database: Database) -> None:
    _say(database, "UPDATE desk_info SET moved_to = 'postgresql://lotus/desk'")
    told = _refused(database)
    assert (told.kind, told.details["to"]) == (ProblemKind.DESK_MOVED, "postgresql://lotus/desk")
    with pytest.raises(Problem) as refused:
        open_desk(database)
    assert refused.value.kind is ProblemKind.DESK_MOVED


def test_every_table_of_postgresql_is_guarded_also_from_sql_by_hand(desk_on_postgres: str) -> None:
    with psycopg.connect(desk_on_postgres.replace("+psycopg", ""), autocommit=True) as line:
        for table in metadata.sorted_tables:
            if table in (audit, audit_seal):  # closed to everybody: test_audit
                continue
            for statement in (f"DELETE FROM {table.name}", f"TRUNCATE {table.name} CASCADE"):
                with pytest.raises(psycopg.Error) as refused:
                    line.execute(statement)
                assert refused.value.sqlstate == "DK001", table.name
                assert schema.SCHEMA in str(refused.value.diag.message_hint)
        line.execute(f"SET deskapp.schema = '{schema.SCHEMA}'")
        line.execute("DELETE FROM presence")


def test_what_a_session_states_outlasts_a_rollback(desk_on_postgres: str) -> None:
    database = Database(desk_on_postgres)
    open_desk(database)
    with database.writer.connect() as connection:
        connection.rollback()
        stated = connection.execute(text("SHOW deskapp.schema")).scalar()
    database.close()
    assert stated == schema.SCHEMA


def test_one_look_counts_for_a_transaction_and_no_longer_than_its_lock(
    desk_on_postgres: str,
) -> None:
    database = Database(desk_on_postgres)
    open_desk(database)
    delete = text("DELETE FROM presence")
    for undo in ("SAVEPOINT a; {}; ROLLBACK TO a", "{}; COMMIT; BEGIN"):
        with (
            database.writer.connect() as one,
            pytest.raises(DBAPIError) as refused,
            database.writer.connect() as other,
        ):
            one.exec_driver_sql(undo.format("DELETE FROM presence"))
            assert other.execute(_TRY_ALONE).scalar()
            one.execute(delete)
        assert getattr(refused.value.orig, "sqlstate", "") == "DK002"
    with database.writer.connect() as one:
        one.execute(delete)
        one.execute(delete)
        assert not _alone(database)
        one.execute(text("SET LOCAL deskapp.schema = '0000'"))
        with pytest.raises(DBAPIError):
            one.execute(delete)
    database.close()


_TRY_ALONE = text(f"SELECT pg_try_advisory_xact_lock({WRITERS_LOCK})")


def _alone(database: Database) -> bool:
    """Whether a change of the schema could begin now."""
    with database.writer.connect() as other:
        return bool(other.execute(_TRY_ALONE).scalar())


def test_while_the_schema_is_changed_writes_are_refused_at_once(desk_on_postgres: str) -> None:
    database = Database(desk_on_postgres)
    open_desk(database)
    with database.writer.begin() as other:
        other.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})"))
        assert _refused(database).kind is ProblemKind.DESK_CLOSED
    with database.writing() as unit:
        set_reopen_days(unit, 3)
    database.close()
