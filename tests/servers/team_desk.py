"""A team desk: an owner who is no superuser, and a login for each role."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count

import psycopg
import pytest
from psycopg import sql

from deskapp.data.team_desk import set_up
from deskapp.desk import Desk
from deskapp.domain.identity import ROLES
from deskapp.wiring import open_house

from .postgres import Postgres

_numbers = count(1)


@dataclass
class TeamDesk:
    """``logins`` by role, ``agents`` their ids; "engine" has a login and no agent."""

    postgres: Postgres
    database: str
    owner: str
    logins: dict[str, str] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)

    def url(self, role: str = "owner") -> str:
        """The desk's address as somebody of this role."""
        login = self.owner if role == "owner" else self.logins[role]
        return f"postgresql://{login}@127.0.0.1:{self.postgres.port}/{self.database}"

    @contextmanager
    def opened(self, role: str = "owner") -> Iterator[Desk]:
        """The desk as somebody of this role works on it."""
        with closing(open_house(self.url(role))) as desk:
            yield desk

    def raw(self, role: str = "owner") -> psycopg.Connection:
        """psql, so to speak: a bare connection as somebody of this role, each statement alone."""
        return psycopg.connect(self.url(role), autocommit=True)

    def superuser(self) -> psycopg.Connection:
        """The server's administrator on this desk, whom nothing binds."""
        return _asking(self.postgres, self.database)


@contextmanager
def make_team_desk(postgres: Postgres) -> Iterator[TeamDesk]:
    """A new desk, set up by its owner, with one person of each role and an engine's login."""
    number = next(_numbers)
    owner = f"keeper_{number}"
    postgres.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(sql.Identifier(owner)))
    made: list[str] = []
    try:
        with postgres.fresh() as address:
            name = address.rpartition("/")[2]
            words = sql.SQL("ALTER DATABASE {} OWNER TO {}")
            postgres.execute(words.format(sql.Identifier(name), sql.Identifier(owner)))
            desk = TeamDesk(postgres, name, owner)
            _fill(desk, number, made)
            yield desk
    finally:
        with _asking(postgres, "postgres") as connection:
            found = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE %s OR rolname LIKE %s",
                (f"deskapp_desk_{name.rpartition('_')[2]}_%", f"person_{number}_%"),
            ).fetchall()
        for role in [*(row[0] for row in found), owner]:
            postgres.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def _asking(postgres: Postgres, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host="127.0.0.1", port=postgres.port, user="deskapp", dbname=database, autocommit=True
    )


def _fill(desk: TeamDesk, number: int, made: list[str]) -> None:
    with closing(open_house(desk.url(), create=True, name="Lotus")) as owners:
        set_up(owners.database)
        for role in (*ROLES, "engine"):
            login = desk.logins[role] = f"person_{number}_{role}"
            with owners.database.writer.begin() as connection:
                if role == "engine":
                    connection.exec_driver_sql(
                        "SELECT desk_engine_add(%s, %s, NULL)", (login, VERIFIER)
                    )
                    continue
            desk.agents[role] = owners.agents.add(role.capitalize(), role=role)
            with owners.database.writer.begin() as connection:
                connection.exec_driver_sql(
                    "SELECT desk_staff_add(%s, %s, %s, NULL)", (desk.agents[role], login, VERIFIER)
                )


# Of no password anybody knows: the test server lets people in without one.
VERIFIER = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$" + "A" * 43 + "=:" + "B" * 43 + "="


@pytest.fixture(scope="module")
def team_desk(postgres: Postgres) -> Iterator[TeamDesk]:
    """One team desk for the tests of a file."""
    with make_team_desk(postgres) as desk:
        yield desk
