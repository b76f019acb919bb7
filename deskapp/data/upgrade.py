"""Brings a desk's schema to this program's, or says in a Problem why it will not."""

import logging
import os
import secrets
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Row, text

from deskapp.domain.folding import FOLDING_VERSION
from deskapp.domain.problem import Problem, ProblemKind

from . import schema
from .database import Database
from .faults import explained
from .migrating import migrate
from .queries.upsert import insert_into
from .suitable import check_server
from .tables.team import desk_info

log = logging.getLogger(__name__)


def open_desk(
    database: Database,
    *,
    create: bool = False,
    name: str = "",
    beside_others: bool = False,
    waiting: Callable[[], None] = lambda: None,
) -> None:
    """Makes sure the desk is there and of our schema; upgrades an older one.

    Without ``create`` an empty database is ``Problem(NOT_A_DESK)``. A newer schema is
    ``Problem(SCHEMA_NEWER)`` and is not written to; an older one that colleagues are connected to
    is ``Problem(SCHEMA_OLDER)``, unless they are to be left behind (``beside_others``). A desk
    that went elsewhere is ``Problem(DESK_MOVED)``. ``waiting`` is called once when another
    program is upgrading or writing, and is waited for.
    """
    if database.is_sqlite:
        _check_file(database, create)
    with explained(), database.reader.connect() as connection:
        if not database.is_sqlite:
            check_server(connection)
            database.clock.set_by(connection)
        found = schema.schema_of(connection)
        if found == schema.SCHEMA and (identity := _identity(connection)) is not None:
            _check_here(identity)
            return
    if found is None and not create:
        raise Problem(ProblemKind.NOT_A_DESK)
    if found is not None and found > schema.SCHEMA:
        raise Problem(ProblemKind.SCHEMA_NEWER, found=found, known=schema.SCHEMA)
    if found is not None and found < schema.SCHEMA and not database.is_sqlite:
        _check_may_upgrade(database, found, beside_others)
    if found != schema.SCHEMA:
        migrate(database.writer, schema.SCHEMA, waiting=waiting)
    with explained(), database.writer.begin() as connection:
        _introduce(connection, name)
        from .team_desk import keep_rights  # only after an upgrade, or for a new desk

        keep_rights(connection)
    # Connections opened before the upgrade may still hold the old schema in their caches.
    database.reader.dispose()
    database.writer.dispose()


def _identity(connection: Connection) -> Row[tuple[str, bool]] | None:
    """Where the desk is by its own word; None where it has no identity yet."""
    asked = text("SELECT moved_to, arriving FROM desk_info")
    return connection.execute(asked).one_or_none()


def _check_here(identity: Row[tuple[str, bool]]) -> None:
    if identity.moved_to:
        raise Problem(ProblemKind.DESK_MOVED, to=identity.moved_to)
    if identity.arriving:
        raise Problem(ProblemKind.DESK_CLOSED, what="arriving")


_OTHERS = text(
    "SELECT usename, min(backend_start) AS since, count(*) AS lines FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND application_name LIKE 'deskapp%' GROUP BY usename ORDER BY usename"
)
_OWNED = text(
    "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'alembic_version'::regclass"
)


def _check_may_upgrade(database: Database, found: str, beside_others: bool) -> None:
    """Colleagues with older programs can only read afterwards, so nobody is surprised with it."""
    known = {"found": found, "known": schema.SCHEMA}
    with explained(), database.reader.connect() as connection:
        if not connection.execute(_OWNED).scalar():
            raise Problem(ProblemKind.SCHEMA_OLDER, what="desk_owner", **known)
        others = [] if beside_others else connection.execute(_OTHERS).all()
    if others:
        who = ", ".join(
            f"{one.usename} ({one.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"
            if one.since is not None
            else str(one.usename)
            for one in others
        )
        raise Problem(ProblemKind.SCHEMA_OLDER, who=who, **known)


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
