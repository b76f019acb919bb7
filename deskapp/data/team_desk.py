"""A PostgreSQL desk made ready for a team: group roles, rights, and logins of its people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from deskapp.domain.problem import Problem, ProblemKind

from .database import Database
from .faults import explained
from .migrations.first.rights import groups_function, sign_in_functions
from .rights_sql import groups, rights_statements
from .staff_sql import staff_statements

_LONGEST_PREFIX = 40
_MARK = "deskapp group of "


@dataclass(frozen=True, slots=True)
class Standing:
    """How a desk stands as a team desk; ``groups`` is "" before set-up."""

    groups: str
    owner: str
    database: str
    i_own: bool
    may_make_roles: bool


def standing(connection: Connection) -> Standing:
    """Raises Problem(INVALID, what="team_desk") on SQLite: its file has no roles."""
    if connection.dialect.name != "postgresql":
        raise Problem(ProblemKind.INVALID, what="team_desk", value="SQLite")
    found = connection.execute(
        text(
            "SELECT desk_groups() AS groups, o.rolname AS owner, current_database() AS database, "
            "o.rolname = current_user AS i_own, o.rolsuper OR o.rolcreaterole AS may_make_roles "
            "FROM pg_class t JOIN pg_roles o ON o.oid = t.relowner "
            "WHERE t.oid = to_regclass('agent')"
        )
    ).one()
    return Standing(*found)


def refuse_others(connection: Connection) -> None:
    """Of a team desk its people see what they may: only its owner sees, and takes, all of it.

    Raises Problem(NOT_ALLOWED, what="owner_only"); everybody may on any other desk.
    """
    if connection.dialect.name == "postgresql":
        here = standing(connection)
        if here.groups and not here.i_own:
            raise Problem(ProblemKind.NOT_ALLOWED, what="owner_only", login=here.owner)


def set_up(database: Database, prefix: str = "", *, dry: bool = False) -> list[str]:
    """Makes the desk a team desk, or brings its rights up to date; the statements, in order.

    All in one transaction; run again whenever one likes. ``dry`` executes nothing. Raises Problem
    INVALID (what "team_desk", "groups"), NOT_ALLOWED (what "owner_only", "make_roles") or
    DUPLICATE (what="groups": they are another desk's).
    """
    with explained(), database.writer.begin() as connection:
        here = standing(connection)
        if not here.i_own:
            raise Problem(ProblemKind.NOT_ALLOWED, what="owner_only", login=here.owner)
        if not here.may_make_roles:
            raise Problem(ProblemKind.NOT_ALLOWED, what="make_roles", login=here.owner)
        wanted = prefix or here.groups or _prefix_for(here.database)
        if not re.fullmatch(rf"[a-z][a-z0-9_]{{0,{_LONGEST_PREFIX - 1}}}", wanted):
            raise Problem(ProblemKind.INVALID, what="groups", value=wanted)
        if here.groups and wanted != here.groups:
            raise Problem(ProblemKind.DUPLICATE, what="groups", value=here.groups)
        statements = list(_statements(connection, here, wanted))
        if not dry:
            for statement in statements:
                connection.exec_driver_sql(statement.replace("%", "%%"))
    return statements


def keep_rights(connection: Connection) -> None:
    """After a migration: new tables get their rights, on a desk that was set up."""
    if connection.dialect.name == "postgresql" and (here := standing(connection)).groups:
        for statement in _statements(connection, here, here.groups):
            connection.exec_driver_sql(statement.replace("%", "%%"))


def _prefix_for(database: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", database.casefold()).strip("_")
    return f"deskapp_{plain}"[:_LONGEST_PREFIX]


def _statements(connection: Connection, here: Standing, prefix: str) -> Iterator[str]:
    schema = str(connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one())
    owner, name = (
        str(connection.execute(text("SELECT quote_ident(:one)"), {"one": one}).scalar_one())
        for one in (here.owner, here.database)
    )
    yield from _group_statements(connection, here, prefix)
    named = ", ".join(groups(prefix).values())
    yield f"REVOKE ALL ON DATABASE {name} FROM PUBLIC, {named}"
    yield f"GRANT CONNECT ON DATABASE {name} TO {named}"
    # Of later migrations: nobody may run or read what is new before it is decided who may.
    yield f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    yield groups_function(schema, prefix)
    yield from sign_in_functions(schema)
    tables = connection.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    )
    policies = connection.execute(
        text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema()")
    )
    there = [(row.tablename, row.policyname) for row in policies]
    yield from rights_statements(schema, prefix, owner, tables.scalars(), there)
    yield from staff_statements(schema, prefix)


def _group_statements(connection: Connection, here: Standing, prefix: str) -> Iterator[str]:
    """Roles are the whole server's: those of another desk are told, never taken."""
    mark = _MARK + prefix
    for group in groups(prefix).values():
        found = connection.execute(
            text(
                "SELECT coalesce(shobj_description(oid, 'pg_authid'), '') FROM pg_roles "
                "WHERE rolname = :group"
            ),
            {"group": group},
        ).scalar()
        if found is None:
            yield f"CREATE ROLE {group} NOLOGIN"
            yield f"COMMENT ON ROLE {group} IS '{mark}'"
        elif found != mark or not here.groups:
            raise Problem(ProblemKind.DUPLICATE, what="groups", value=group)


_ASKED = (
    "SELECT 'policy ' || tablename || ' ' || policyname || ' ' || roles::text || ' ' || cmd || ' ' "
    "|| coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies "
    "WHERE schemaname = current_schema()",
    "SELECT 'table ' || relname || ' rows ' || relrowsecurity || ' forced ' || relforcerowsecurity "
    "|| ' ' || coalesce((SELECT string_agg(a::text, ' ' ORDER BY a::text) "
    "FROM unnest(relacl) a), '') FROM pg_class WHERE relkind IN ('r', 'S') "
    "AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
    "SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || "
    "(SELECT string_agg(x::text, ' ' ORDER BY x::text) FROM unnest(attacl) x) FROM pg_attribute "
    "JOIN pg_class c ON c.oid = attrelid WHERE attacl IS NOT NULL AND c.relnamespace = "
    "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
    "SELECT 'function ' || oid::regprocedure || ' ' || md5(prosrc) || ' ' || prosecdef || ' ' || "
    "coalesce(proconfig::text, '') || ' ' || "
    "coalesce((SELECT string_agg(x::text, ' ' ORDER BY x::text) FROM unnest(proacl) x), '') "
    "FROM pg_proc WHERE pronamespace = "
    "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
    "SELECT 'schema ' || nspname || ' ' || (SELECT string_agg(x::text, ' ' ORDER BY x::text) "
    "FROM unnest(nspacl) x) FROM pg_namespace WHERE nspname = current_schema()",
    "SELECT 'database ' || (SELECT string_agg(x::text, ' ' ORDER BY x::text) FROM unnest(datacl) x)"
    " FROM pg_database WHERE datname = current_database()",
    "SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND "
    "c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
)


# What set-up does not undo: a trigger that somebody switched off, who is in a group without being
# an agent of that role (or a machine's login), and a person's login with power over the server.
_ODD = (
    "SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname || ' is off' FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = tgrelid WHERE tgenabled IN ('D', 'R') AND c.relnamespace = "
    "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
    "SELECT 'member ' || p.rolname || ' of ' || g.rolname FROM pg_auth_members m "
    "JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles p ON p.oid = m.member "
    "WHERE shobj_description(g.oid, 'pg_authid') = :mark AND p.rolname <> current_user "
    "AND NOT EXISTS (SELECT FROM agent a WHERE a.login = p.rolname AND a.active "
    "AND g.rolname = desk_groups() || '_' || a.role) AND NOT ("
    "g.rolname = desk_groups() || '_engine' AND desk_made_login(p.rolname) "
    "AND NOT EXISTS (SELECT FROM agent a WHERE a.login = p.rolname))",
    "SELECT 'power of ' || p.rolname FROM agent a JOIN pg_roles p ON p.rolname = a.login WHERE "
    "p.rolsuper OR p.rolcreaterole OR p.rolcreatedb OR p.rolreplication OR p.rolbypassrls "
    "OR pg_has_role(p.oid, current_user, 'MEMBER')",
)


def differences(database: Database) -> list[str]:
    """What stands in the database and should not ("+"), or should and does not ("-"): set-up is
    run in a transaction that is taken back, and what it changed is told."""
    with explained(), database.writer.connect() as connection, connection.begin() as work:
        here = standing(connection)
        if not here.groups:
            raise Problem(ProblemKind.INVALID, what="not_set_up", value=here.database)
        if not here.i_own:
            raise Problem(ProblemKind.NOT_ALLOWED, what="owner_only", login=here.owner)
        before = _stands(connection)
        for statement in list(_statements(connection, here, here.groups)):
            connection.exec_driver_sql(statement.replace("%", "%%"))
        after, odd = _stands(connection), _odd(connection, here.groups)
        work.rollback()
    too_much, missing = before - after | odd, after - before
    return sorted([*(f"+ {one}" for one in too_much), *(f"- {one}" for one in missing)])


def _stands(connection: Connection) -> set[str]:
    return {str(one) for asked in _ASKED for one in connection.execute(text(asked)).scalars()}


def _odd(connection: Connection, prefix: str) -> set[str]:
    mark = {"mark": _MARK + prefix}
    return {
        str(one)
        for asked in _ODD
        for one in connection.execute(text(asked), mark if ":mark" in asked else {}).scalars()
    }
