"""On a team desk the sign-in says who acts; on any other desk a face does."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from deskapp.data.migrations.first.rights import groups_function
from deskapp.data.schema import SCHEMA
from deskapp.desk import Desk
from deskapp.domain.identity import Identity
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.wiring import open_house


@pytest.fixture
def desk(desk_url: str) -> Iterator[Desk]:
    with closing(open_house(desk_url, create=True)) as made:
        yield made


def test_on_a_desk_of_one_login_everybody_says_who_they_are(desk: Desk) -> None:
    linh, olga = desk.agents.add("Linh"), desk.agents.add("Olga", role="lead")
    assert (desk.signed_in.team_desk, desk.signed_in.role) == (False, "owner")
    for one in (linh, olga, None):
        desk.agent = one
        assert desk.agent == one


@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
class TestTeamDesk:
    def test_a_login_acts_as_its_agent_and_as_nobody_else(self, desk: Desk) -> None:
        linh, olga = desk.agents.add("Linh", role="junior"), desk.agents.add("Olga")
        with _signing_in(desk, "test_linh", linh) as theirs:
            assert theirs.signed_in == Identity(True, "junior", linh, "test_linh")
            with pytest.raises(Problem) as refused:
                theirs.agent = olga
            assert refused.value.kind is ProblemKind.NOT_ALLOWED
            assert theirs.agent == linh

    def test_the_settings_do_not_choose_another(self, desk: Desk) -> None:
        linh = desk.agents.add("Linh")
        desk.agents.add("Olga")
        with _signing_in(desk, "test_linh", linh, agent_name="Olga") as theirs:
            assert theirs.agent == linh

    def test_who_has_left_is_told_so(self, desk: Desk) -> None:
        linh = desk.agents.add("Linh")
        desk.agents.edit(linh, active=False)
        with pytest.raises(Problem) as refused, _signing_in(desk, "test_linh", linh):
            pass
        assert refused.value.details == {"what": "no_agent", "login": "test_linh"}

    def test_another_role_taken_on_does_not_change_who_one_is(self, desk: Desk) -> None:
        linh = desk.agents.add("Linh")
        with _signing_in(desk, "test_linh", linh) as theirs:
            with theirs.database.writer.connect() as connection:
                connection.exec_driver_sql("SET ROLE pg_read_all_data")
                found = connection.exec_driver_sql("SELECT desk_role(), desk_agent()").one()
            assert tuple(found) == ("agent", linh)


@contextmanager
def _signing_in(desk: Desk, login: str, agent: int, agent_name: str = "") -> Iterator[Desk]:
    """The desk as ``login``, who may read and is ``agent``; the role goes afterwards."""
    name = sql.Identifier(login)
    owner = desk.database.url
    with psycopg.connect(
        host=owner.host, port=owner.port, user=owner.username, dbname=owner.database,
        autocommit=True,
    ) as connection:  # fmt: skip
        connection.execute(f"SET deskapp.schema = '{SCHEMA}'".encode())
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN IN ROLE pg_read_all_data").format(name))
        try:
            connection.execute(groups_function("public", "test_desk").encode())
            connection.execute("UPDATE agent SET login = %s WHERE id = %s", (login, agent))
            address = make_url(desk.database.address).set(username=login)
            theirs = open_house(address.render_as_string(), agent_name=agent_name)
            with closing(theirs):
                yield theirs
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(name))
