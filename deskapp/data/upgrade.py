"""Brings a desk's schema to this program's, or says in a Problem why it will not."""

import logging
import os
import secrets
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from deskapp.domain.folding import FOLDING_VERSION
from deskapp.domain.problem import Problem, ProblemKind

from .database import Database
from .faults import explained
from .queries.upsert import insert_into
from .tables.team import desk_info

log = logging.getLogger(__name__)

SCHEMA = "0001"
"""The newest migration this program knows. A test holds it against Alembic's head."""

_UPGRADE_LOCK = 0x6465736C


def schema_of(connection: Connection) -> str | None:
    """The schema number of an opened desk; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        if inspect(connection).get_table_names():
            raise Problem(ProblemKind.NOT_A_DESK)
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def open_desk(database: Database, *, create: bool = False, name: str = "") -> None:
    """Makes sure the desk is there and of our schema; upgrades an older one.

    Without ``create`` an empty database is ``Problem(NOT_A_DESK)``. A newer schema is
    ``Problem(SCHEMA_NEWER)`` and is not written to.
    """
    if database.is_sqlite:
        _check_file(database, create)
    with explained(), database.reader.connect() as connection:
        found = schema_of(connection)
        if found == SCHEMA and _is_introduced(connection):
            return
    if found is None and not create:
        raise Problem(ProblemKind.NOT_A_DESK)
    if found is not None and found > SCHEMA:
        raise Problem(ProblemKind.SCHEMA_NEWER, found=found, known=SCHEMA)
    if found is not None and found < SCHEMA and database.is_sqlite:
        _copy_before_upgrade(database, found)
    with explained():
        if found != SCHEMA:
            migrate(database.writer, SCHEMA)
        with database.writer.begin() as connection:
            _introduce(connection, name)
    # Connections opened before the upgrade may still hold the old schema in their caches.
    database.reader.dispose()
    database.writer.dispose()


def migrate(engine: Engine, target: str) -> None:
    """Runs the migrations up or down to ``target`` ("base" for none)."""
    # Imported here: a command on an up-to-date desk never pays for Alembic.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _alone(engine) as connection:
        config.attributes["connection"] = connection
        now = schema_of(connection) or ""
        if connection.in_transaction():
            connection.commit()
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if now and now not in known:
            raise Problem(ProblemKind.SCHEMA_NEWER, found=now, known=SCHEMA)
        going_up = target != "base" and target >= now
        (command.upgrade if going_up else command.downgrade)(config, target)
        if connection.in_transaction():
            connection.commit()


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One connection that no second upgrade can run beside."""
    with engine.connect() as connection:
        if engine.dialect.name != "postgresql":
            yield connection  # BEGIN IMMEDIATE keeps a second writer out
            return
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _UPGRADE_LOCK})
        connection.commit()
        try:
            yield connection
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _UPGRADE_LOCK})
            connection.commit()


def _is_introduced(connection: Connection) -> bool:
    return connection.execute(text("SELECT id FROM desk_info")).first() is not None


def _introduce(connection: Connection, name: str) -> None:
    """Gives a new desk its identity, once, whoever else is making it at this moment."""
    connection.execute(
        insert_into(connection, desk_info)
        .values(
            id=1,
            desk_id=str(uuid.uuid4()),
            name=name,
            secret=secrets.token_bytes(32),
            folding_version=FOLDING_VERSION,
            created_at=datetime.now(UTC),
        )
        .on_conflict_do_nothing()
    )


def _check_file(database: Database, create: bool) -> None:
    path = Path(database.url.database or "")
    if path.exists():
        if not os.access(path, os.W_OK):
            raise Problem(ProblemKind.READ_ONLY, path=str(path))
        return
    if not create:
        raise Problem(ProblemKind.FILE_MISSING, path=str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(ProblemKind.READ_ONLY, path=str(path.parent)) from error
    if not os.access(path.parent, os.W_OK):
        raise Problem(ProblemKind.READ_ONLY, path=str(path.parent))


def _copy_before_upgrade(database: Database, found: str) -> None:
    """Keeps the desk as it was: ``desk.db`` of schema 0001 becomes ``desk.db.before-0002``."""
    path = Path(database.url.database or "")
    copy = path.with_name(f"{path.name}.before-{SCHEMA}")
    if copy.exists():
        return
    free = shutil.disk_usage(path.parent).free
    if free < path.stat().st_size * 2:
        raise Problem(ProblemKind.DISK_FULL, path=str(path.parent))
    unfinished = copy.with_name(copy.name + ".part")
    unfinished.unlink(missing_ok=True)
    with database.writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("VACUUM INTO ?", (str(unfinished),))
    unfinished.replace(copy)
    log.info("kept a copy of the desk before upgrading from schema %s to %s", found, SCHEMA)
