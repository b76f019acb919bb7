"""A desk's schema: made, upgraded, and refused when it is newer than the program."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from deskapp.data import schema, upgrade
from deskapp.data.database import Database
from deskapp.data.migrating import migrate
from deskapp.data.tables import metadata
from deskapp.domain.problem import Problem, ProblemKind

INDEX_TABLES = ("search_fts", "search_vector")  # each database's own, made by the migration


@pytest.fixture
def database(new_desk_url: str):  # type: ignore[no-untyped-def]
    made = Database(new_desk_url)
    yield made
    made.close()


def test_the_newest_migration_gives_exactly_the_tables(database: Database) -> None:
    upgrade.open_desk(database, create=True)
    with database.writer.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, parents: (
                    not (kind == "table" and str(name).startswith(INDEX_TABLES))
                )
            },
        )
        assert compare_metadata(context, metadata) == []


def test_every_step_goes_up_and_down(database: Database) -> None:
    upgrade.open_desk(database, create=True)
    migrate(database.writer, "base")
    with database.writer.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migrate(database.writer, schema.SCHEMA)
    upgrade.open_desk(database)


def test_the_known_schema_is_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.SCHEMA


def test_making_a_desk_twice_changes_nothing(database: Database) -> None:
    upgrade.open_desk(database, create=True, name="Lotus")
    identity = text("SELECT desk_id, name FROM desk_info")
    with database.reading() as connection:
        first = connection.execute(identity).all()
    upgrade.open_desk(database, create=True, name="Other")
    with database.reading() as connection:
        assert connection.execute(identity).all() == first and len(first) == 1


def test_a_newer_desk_is_refused_and_not_written_to(database: Database) -> None:
    upgrade.open_desk(database, create=True)
    with database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Problem) as refused:
        upgrade.open_desk(database, create=True)
    assert refused.value.kind is ProblemKind.SCHEMA_NEWER
    with database.reading() as connection:
        assert schema.schema_of(connection) == "9999"


def test_somebody_elses_database_is_not_a_desk(database: Database) -> None:
    with database.writer.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (id integer)"))
    with pytest.raises(Problem) as refused:
        upgrade.open_desk(database, create=True)
    assert refused.value.kind is ProblemKind.NOT_A_DESK


def test_a_desk_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "none.db"))
    with pytest.raises(Problem) as missing:
        upgrade.open_desk(database)
    assert missing.value.kind is ProblemKind.FILE_MISSING
    database.close()
    assert list(tmp_path.iterdir()) == []
