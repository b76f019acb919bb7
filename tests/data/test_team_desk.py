"""A desk is made a team desk by its owner, and its rights hold against bare SQL."""

from contextlib import closing

import psycopg
import pytest
from psycopg import errors

from deskapp.data.database import Database
from deskapp.data.rights import RIGHTS
from deskapp.data.tables import metadata
from deskapp.data.team_desk import differences, set_up
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.postgres import Postgres
from tests.servers.team_desk import TeamDesk

INDEXES = {"search_vector", "search_vector_customer", "search_vector_order", "alembic_version"}


def test_somebody_decided_about_every_table() -> None:
    assert set(RIGHTS) == {table.name for table in metadata.sorted_tables} | INDEXES


def test_set_up_again_changes_nothing(team_desk: TeamDesk) -> None:
    asked = (
        "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies "
        "ORDER BY 1, 2",
        "SELECT relname, relacl::text, relforcerowsecurity FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
    )
    with team_desk.raw() as psql, closing(Database(team_desk.url())) as database:
        before = [psql.execute(one).fetchall() for one in asked]
        set_up(database)
        assert [psql.execute(one).fetchall() for one in asked] == before
        assert all(row[2] for row in before[1])


def test_only_the_owner_sets_up(team_desk: TeamDesk) -> None:
    with closing(Database(team_desk.url("admin"))) as database, pytest.raises(Problem) as refused:
        set_up(database)
    assert refused.value.kind is ProblemKind.NOT_ALLOWED


def test_the_groups_of_another_desk_are_not_taken(
    team_desk: TeamDesk, desk_on_postgres: str
) -> None:
    with closing(Database(desk_on_postgres)) as database, pytest.raises(Problem) as refused:
        set_up(database, f"deskapp_{team_desk.database}")
    assert refused.value.kind is ProblemKind.DUPLICATE


def test_a_login_of_one_desk_is_nobody_on_another(
    team_desk: TeamDesk, postgres: Postgres, desk_on_postgres: str
) -> None:
    """Roles are the whole server's; rights are not."""
    address = desk_on_postgres.replace("deskapp@", f"{team_desk.logins['admin']}@")
    with (
        psycopg.connect(address.replace("+psycopg", "")) as psql,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        psql.execute("SELECT 1 FROM ticket")


@pytest.mark.parametrize(
    "trick",
    [
        "SET ROLE {owner}",
        "SET SESSION AUTHORIZATION {owner}",
        "SET row_security = off; SELECT 1 FROM saved_view",
        "CREATE TABLE public.agent2 (id int)",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE agent (id bigint, login text, role text, active boolean)",
        "CREATE OR REPLACE FUNCTION public.desk_role() RETURNS text LANGUAGE sql "
        "AS $$SELECT 'owner'$$",
        "ALTER TABLE ticket DISABLE ROW LEVEL SECURITY",
        "DROP POLICY desk_owner ON ticket",
        "TRUNCATE draft",
        "ALTER ROLE {me} CREATEROLE",
        "ALTER ROLE {me} BYPASSRLS",
        "GRANT {groups}_admin TO {me}",
        "SELECT desk_staff_add(1, 'intruder', '{verifier}', NULL)",
        "SELECT desk_login_end('{owner}')",
        "SELECT desk_made_login('{owner}')",
        "COPY agent (name) FROM STDIN",
        "UPDATE agent SET role = 'admin'",
        "UPDATE agent SET login = '{me}'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
@pytest.mark.parametrize("role", ["junior", "agent"])
def test_no_trick_goes_past_the_rights(team_desk: TeamDesk, role: str, trick: str) -> None:
    words = {"owner": team_desk.owner, "me": team_desk.logins[role]}
    words |= {"groups": f"deskapp_{team_desk.database}", "verifier": "x"}
    with (
        team_desk.raw(role) as psql,
        pytest.raises((errors.InsufficientPrivilege, errors.FeatureNotSupported)),
    ):
        psql.execute(trick.format(**words).encode())


def test_the_last_admin_stays_one_in_bare_sql_too(team_desk: TeamDesk) -> None:
    for change in ("active = false", "role = 'agent'"):
        with team_desk.raw("admin") as psql, pytest.raises(errors.InsufficientPrivilege):
            psql.execute("SET deskapp.schema = '9999'")
            psql.execute(f"UPDATE agent SET {change} WHERE role = 'admin'".encode())


def test_what_was_granted_past_the_matrix_is_told_and_taken_away(team_desk: TeamDesk) -> None:
    with team_desk.superuser() as psql, closing(Database(team_desk.url())) as database:
        psql.execute(f"GRANT ALL ON outbox TO {team_desk.logins['junior']}".encode())
        psql.execute("ALTER TABLE ticket NO FORCE ROW LEVEL SECURITY")
        psql.execute("ALTER TABLE event DISABLE TRIGGER audit_insert")
        told = " ".join(differences(database))
        assert all(one in told for one in ("outbox", "table ticket", "trigger event audit_insert"))
        psql.execute("ALTER TABLE event ENABLE ALWAYS TRIGGER audit_insert")
        set_up(database)
        assert differences(database) == []
