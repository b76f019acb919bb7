"""E16: roles x tables x verbs in raw SQL are exactly the matrix that docs/team.md tells people."""

from collections.abc import Callable
from contextlib import ExitStack

import psycopg
import pytest

from tests.servers.team_desk import TeamDesk

from . import rights_cells as cells
from . import rights_rows as rows

Tell = Callable[[str], None]


@pytest.fixture(scope="module")
def filled(team_desk: TeamDesk) -> TeamDesk:
    with team_desk.superuser() as psql:
        rows.fill(psql, team_desk)
    return team_desk


def _found(desk: TeamDesk) -> tuple[set[cells.Cell], int]:
    """What every login may do, and how many cells were asked."""
    with desk.superuser() as psql:
        columns = cells.all_columns(psql)
    found: set[cells.Cell] = set()
    for role in cells.ROLES:
        with desk.raw(role) as psql:
            found.update(cells.tried(psql, role, columns))
    return found, sum(4 + len(names) for names in columns.values()) * len(cells.ROLES)


def _wanted(desk: TeamDesk) -> set[cells.Cell]:
    with desk.superuser() as psql:
        return cells.allowed(cells.written(), cells.all_columns(psql))


def _stories(desk: TeamDesk) -> list[str]:
    """The stories that end otherwise than they should."""
    wrong: list[str] = []
    for role, me in {**desk.agents, "engine": 0}.items():
        other = next(one for one in desk.agents.values() if one != me)
        with desk.raw(role) as psql:
            psql.execute("SET deskapp.schema = '9999'")
            for story in rows.STORIES:
                end = rows.ends(psql, story, me, other)
                if role in story.ends and end != story.ends[role]:
                    wrong.append(f"{role}, {story.name}: {end}, not {story.ends[role]}")
    return wrong


def test_every_cell_is_as_the_page_says(filled: TeamDesk, tell: Tell) -> None:
    with filled.superuser() as psql:
        assert set(cells.all_columns(psql)) == set(cells.written())
    found, asked = _found(filled)
    wanted = _wanted(filled)
    tell(f"{asked} cells asked, {len(found)} allowed, {len(found ^ wanted)} otherwise")
    assert sorted(found - wanted) == []
    assert sorted(wanted - found) == []
    assert asked >= 500


def test_every_row_is_whose_it_should_be(filled: TeamDesk, tell: Tell) -> None:
    tell(f"{sum(len(one.ends) for one in rows.STORIES)} stories of rows")
    assert _stories(filled) == []


@pytest.mark.parametrize(
    ("sabotage", "cell"),
    [
        ("GRANT DELETE ON event TO {groups}_agent", True),
        ("GRANT UPDATE (role) ON agent TO {groups}_junior", True),
        ("REVOKE INSERT ON ticket FROM {groups}_engine", True),
        ("GRANT {groups}_admin TO {agent}", True),
        ("ALTER TABLE saved_view DISABLE ROW LEVEL SECURITY", False),
        ("CREATE POLICY more ON message FOR INSERT TO {groups}_junior WITH CHECK (true)", False),
        ("DROP POLICY desk_own_update ON saved_view", False),
        ("ALTER TABLE draft DISABLE TRIGGER desk_draft_stays", False),
        ("ALTER TABLE message DISABLE TRIGGER desk_message_stays", False),
        ("ALTER TABLE agent DISABLE TRIGGER desk_agent_stays", False),
        ("ALTER TABLE order_act DISABLE TRIGGER desk_act_stays", False),
    ],
)
def test_what_is_loosened_is_seen(filled: TeamDesk, sabotage: str, cell: bool) -> None:
    words = {"groups": f"deskapp_{filled.database}", "agent": filled.logins["agent"]}
    with ExitStack() as mending:
        psql = mending.enter_context(filled.superuser())
        mending.callback(_mended, filled, psql, words)
        psql.execute(sabotage.format(**words).encode())
        if cell:
            assert _found(filled)[0] != _wanted(filled)
        else:
            assert _stories(filled)


@pytest.mark.parametrize(
    ("sabotage", "mending"),
    [
        ("ALTER TABLE ticket NO FORCE ROW LEVEL SECURITY", ""),
        ("ALTER TABLE ticket DISABLE ROW LEVEL SECURITY", ""),
        ("GRANT UPDATE (role) ON agent TO {agent}", ""),
        ("GRANT CREATE ON SCHEMA public TO {agent}", ""),
        ("GRANT TEMPORARY ON DATABASE {database} TO PUBLIC", ""),
        ("ALTER FUNCTION desk_role() RESET ALL", ""),
        ("ALTER FUNCTION desk_agent() SECURITY INVOKER", ""),
        ("GRANT {groups}_admin TO {agent}", "REVOKE {groups}_admin FROM {agent}"),
        ("ALTER ROLE {agent} CREATEROLE", "ALTER ROLE {agent} NOCREATEROLE"),
        (
            "ALTER TABLE event DISABLE TRIGGER audit_insert",
            "ALTER TABLE event ENABLE ALWAYS TRIGGER audit_insert",
        ),
    ],
)
def test_the_owner_is_told_what_was_loosened(filled: TeamDesk, sabotage: str, mending: str) -> None:
    groups = f"deskapp_{filled.database}"
    words = {"groups": groups, "agent": filled.logins["agent"], "database": filled.database}
    with filled.superuser() as psql, filled.opened() as owners:
        psql.execute(sabotage.format(**words).encode())
        told = owners.staff.differences()
        if mending:
            psql.execute(mending.format(**words).encode())
        owners.staff.set_up()
        assert owners.staff.differences() == []
    assert told


def _mended(desk: TeamDesk, psql: psycopg.Connection, words: dict[str, str]) -> None:
    psql.execute("DROP POLICY IF EXISTS more ON message")
    psql.execute("REVOKE {groups}_admin FROM {agent}".format(**words).encode())
    with desk.opened() as owners:
        owners.staff.set_up()
        assert owners.staff.differences() == []
