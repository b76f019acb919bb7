"""The exam of rights is looked at itself: whatever policy, trigger or grant is loosened or taken
away, one at a time, a story or a cell ends otherwise.

Each is done and asked in one transaction that is taken back: SET SESSION AUTHORIZATION makes the
server's administrator into each person in turn.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from deskapp.data.rights_sql import groups
from tests.servers.team_desk import TeamDesk

from . import rights_cells as cells
from . import rights_rows as rows

Tell = Callable[[str], None]

# Loosened alone they let nothing through: the trigger desk_approval_stays says the same, so they
# are asked once more with that switched off.
HELD_TWICE = (
    "ALTER POLICY desk_own_insert ON approval WITH CHECK (true)",
    "ALTER POLICY desk_own_waiting_update ON approval USING (true) WITH CHECK (true)",
)
NO_TRIGGER = "ALTER TABLE approval DISABLE TRIGGER desk_approval_stays"
ASKED = {
    "SELECT": "SELECT * FROM {} LIMIT 1",
    "INSERT": "INSERT INTO {} DEFAULT VALUES",
    "DELETE": "DELETE FROM {}",
}


@pytest.fixture(scope="module")
def filled(team_desk: TeamDesk) -> TeamDesk:
    with team_desk.superuser() as psql:
        rows.fill(psql, team_desk)
    return team_desk


@contextmanager
def _as(psql: psycopg.Connection, login: str) -> Iterator[None]:
    psql.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(login)))
    try:
        yield
    finally:
        psql.execute("RESET SESSION AUTHORIZATION")


def _otherwise(
    psql: psycopg.Connection, desk: TeamDesk, table: str
) -> Iterator[tuple[str, str, str]]:
    """Stories about this table that end otherwise than they should: role, story, end."""
    about = [one for one in rows.STORIES if table in one.statement]
    for role, me in {**desk.agents, "engine": 0}.items():
        other = next(one for one in desk.agents.values() if one != me)
        with _as(psql, desk.logins[role]):
            for story in about:
                if role not in story.ends:
                    continue
                end = rows.ends(psql, story, me, other)
                if end != story.ends[role]:
                    yield role, story.name, end


def _policies(psql: psycopg.Connection) -> list[tuple[str, str, str]]:
    """Table, name and verb of those that depend on the row."""
    asked = (
        "SELECT tablename, policyname, cmd FROM pg_policies WHERE schemaname = 'public' "
        "AND policyname LIKE 'desk\\_%%' AND policyname <> 'desk_owner' "
        "AND coalesce(qual, with_check) <> 'true' ORDER BY 1, 2"
    )
    return [(row[0], row[1], row[2]) for row in psql.execute(asked.encode()).fetchall()]


def _opened(table: str, name: str, verb: str) -> str:
    using = {"INSERT": "", "SELECT": "USING (true)", "DELETE": "USING (true)"}
    both = "USING (true) WITH CHECK (true)"
    clauses = using.get(verb, both) or "WITH CHECK (true)"
    return f"ALTER POLICY {name} ON {table} {clauses}"


@pytest.mark.timeout(0)
def test_each_policy_and_trigger_that_is_loosened_or_gone_is_seen(
    filled: TeamDesk, tell: Tell
) -> None:
    with filled.superuser() as psql:
        found = _policies(psql)
        triggers = psql.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE tgname LIKE 'desk\\_%' AND NOT tgisinternal ORDER BY 1, 2"
        ).fetchall()
    sabotages = [
        *((table, _opened(table, name, verb)) for table, name, verb in found),
        *((table, f"DROP POLICY {name} ON {table}") for table, name, _verb in found),
        *((table, f"ALTER TABLE {table} DISABLE TRIGGER {name}") for table, name in triggers),
    ]
    with filled.superuser() as psql:
        psql.execute("SET deskapp.schema = '9999'")
        unseen = [one for table, one in sabotages if not _tried(psql, filled, table, one)]
    unseen = [one for one in unseen if one not in HELD_TWICE]
    tell(f"{len(sabotages)} policies and triggers loosened or gone, {len(unseen)} unseen")
    assert not unseen, "\n".join(unseen)


def _tried(psql: psycopg.Connection, desk: TeamDesk, table: str, statement: str) -> bool:
    with psql.transaction(force_rollback=True):
        psql.execute(statement.encode())
        return next(_otherwise(psql, desk, table), None) is not None


@pytest.mark.timeout(0)
def test_what_a_policy_and_a_trigger_hold_together_falls_only_with_both(
    filled: TeamDesk, tell: Tell
) -> None:
    with filled.superuser() as psql:
        psql.execute("SET deskapp.schema = '9999'")
        for statement in HELD_TWICE:
            with psql.transaction(force_rollback=True):
                psql.execute(NO_TRIGGER.encode())
                held = set(_otherwise(psql, filled, "approval"))
                psql.execute(statement.encode())
                more = set(_otherwise(psql, filled, "approval")) - held
            tell(f"{len(more)} stories more end otherwise once the trigger is off as well")
            assert more, statement


@pytest.mark.timeout(0)
def test_each_column_that_may_be_changed_too_much_or_too_little_is_seen(
    filled: TeamDesk, tell: Tell
) -> None:
    """For each role, table and column: let change it, or keep from it."""
    with filled.superuser() as psql:
        columns = cells.all_columns(psql)
    wanted = cells.allowed(cells.written(), columns)
    named = groups(f"deskapp_{filled.database}")
    tried, unseen = 0, []
    with filled.superuser() as psql:
        psql.execute("SET deskapp.schema = '9999'")
        for role in cells.ROLES:
            for table, names in columns.items():
                of_table = all((role, table, "UPDATE", one) in wanted for one in names)
                for name in names[:1] if of_table else names:
                    allowed = (role, table, "UPDATE", name) in wanted
                    column = "" if of_table else f' ("{name}")'
                    words = ("REVOKE", "FROM") if allowed else ("GRANT", "TO")
                    verb = f"{words[0]} UPDATE{column} ON {table} {words[1]} {named[role]}"
                    asked = f'UPDATE {table} SET "{name}" = DEFAULT'
                    tried += 1
                    if _may(psql, filled, role, asked, verb) is allowed:
                        unseen.append(verb)
    tell(f"{tried} columns more or less, {len(unseen)} unseen")
    assert not unseen, "\n".join(unseen)


@pytest.mark.timeout(0)
def test_each_grant_too_much_or_too_little_is_seen(filled: TeamDesk, tell: Tell) -> None:
    """For each role and table: one verb more than the page allows, and one less."""
    with filled.superuser() as psql:
        columns = cells.all_columns(psql)
    wanted = cells.allowed(cells.written(), columns)
    named = groups(f"deskapp_{filled.database}")
    tried, unseen = 0, []
    with filled.superuser() as psql:
        psql.execute("SET deskapp.schema = '9999'")
        for role in cells.ROLES:
            for table in columns:
                for verb in ("SELECT", "INSERT", "DELETE"):
                    allowed = (role, table, verb, "") in wanted
                    words = ("REVOKE", "FROM") if allowed else ("GRANT", "TO")
                    statement = f"{words[0]} {verb} ON {table} {words[1]} {named[role]}"
                    tried += 1
                    if _may(psql, filled, role, ASKED[verb].format(table), statement) is allowed:
                        unseen.append(statement)
    tell(f"{tried} grants more or less, {len(unseen)} unseen")
    assert not unseen, "\n".join(unseen)


def _may(psql: psycopg.Connection, desk: TeamDesk, role: str, asked: str, sabotage: str) -> bool:
    """Whether the role's rights let ``asked`` through after the sabotage."""
    with psql.transaction(force_rollback=True):
        psql.execute(sabotage.encode())
        with _as(psql, desk.logins[role]):
            return cells.may(psql, asked.encode())
