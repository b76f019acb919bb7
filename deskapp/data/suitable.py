"""Whether a PostgreSQL can hold a desk: its encoding, its letters, its age, and what we may do."""

from typing import Any

from sqlalchemy import Connection, text

from deskapp.domain.problem import Problem, ProblemKind

OLDEST_SERVER = 130000
"""PostgreSQL 13: what the tests run on is 15, and older ones get no corrections any more."""

_BUILTIN_LOCALE = 170000  # from here on a server has C.UTF-8 of its own on every system

_ASKED = text(
    "SELECT lower('\u0416') = '\u0436' AS letters, pg_is_in_recovery() AS standby, "
    "current_database() AS name, current_setting('server_version_num')::int AS version, "
    "current_setting('lc_ctype', true) AS ctype, "
    "to_regclass('alembic_version') IS NOT NULL OR "
    "coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create"
)


def check_encoding(connection: Any) -> None:
    """Of a driver's new connection, from what the server has said by itself.

    Asked before anything is read: in SQL_ASCII not even text comes as text.
    """
    version = connection.info.server_version
    found = connection.info.parameter_status("server_encoding")
    if version < OLDEST_SERVER:
        shown = f"{version // 10000}"
        raise Problem(ProblemKind.UNSUITABLE_SERVER, what="server_version", found=shown)
    if found != "UTF8":
        raise _not_in("encoding", found, connection.info.dbname, version)


def check_server(connection: Connection) -> None:
    """Refuses a database whose letters are only ASCII's (locale C), one that only reads, and an
    empty one in which we may make nothing. Raises Problem UNSUITABLE_SERVER and READ_ONLY."""
    row = connection.execute(_ASKED).one()
    if not row.letters:
        raise _not_in("locale", row.ctype or "C", row.name, row.version)
    if row.standby:
        said = "the server is a standby that follows another one"
        raise Problem(ProblemKind.READ_ONLY, what="desk", said=said)
    if not row.may_create:
        raise Problem(ProblemKind.UNSUITABLE_SERVER, what="create_right", name=row.name)


def _not_in(what: str, found: str, name: str, version: int) -> Problem:
    return Problem(
        ProblemKind.UNSUITABLE_SERVER,
        what=what,
        found=found,
        name=name,
        value=createdb_line(f"{name}_utf8", version),
    )


def createdb_line(name: str, version: int) -> str:
    """What makes a database that suits; template0, because only that may be in another locale."""
    locale = "--locale=C.UTF-8"
    if version >= _BUILTIN_LOCALE:
        locale = "--locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C"
    return f"createdb --template=template0 --encoding=UTF8 {locale} {name}"
