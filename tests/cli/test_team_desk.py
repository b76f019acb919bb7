"""A team desk from the command line: set up, joined with a link and a password, left again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from deskapp.domain.desk_address import with_password
from tests.servers.postgres import JOINED, Postgres

from .program import Program

OWNER, LOGINS = "boss", ("anna.t", "minh")


@pytest.fixture
def owner(postgres: Postgres) -> Iterator[Program]:
    """The program as the owner of a new database that asks for passwords."""
    name, role = sql.Identifier(JOINED), sql.Identifier(OWNER)
    postgres.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD 'secret'").format(role))
    postgres.create(JOINED)
    postgres.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, role))
    try:
        place = f"postgresql://{OWNER}@127.0.0.1:{postgres.port}/{JOINED}"
        yield Program(with_password(place, "secret"))
    finally:
        postgres.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        groups = [
            f"deskapp_{JOINED}_{one}" for one in ("agent", "lead", "admin", "junior", "engine")
        ]
        for one in (*groups, *LOGINS, OWNER):
            postgres.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(one)))


def test_a_team_sets_up_joins_and_one_of_them_leaves(
    owner: Program, tmp_path: Path, own_home: Path
) -> None:
    owner.run("init")
    owner.run("agent", "add", "Anna Trần", "--role", "admin")
    owner.run("agent", "add", "Minh")
    early = owner.run("team-desk", "add", "Minh", "--login", "minh", code=2)
    assert "team-desk set-up" in early.err

    planned = owner.run("team-desk", "set-up", "--dry-run").out
    assert "FORCE ROW LEVEL SECURITY" in planned and "secret" not in planned
    owner.run("team-desk", "set-up")
    owner.run("team-desk", "set-up")
    assert "as they should be" in owner.run("team-desk", "check").out

    anna = owner.json("team-desk", "add", "Anna Trần", "--login", "anna.t")
    minh = owner.json("team-desk", "add", "Minh", "--login", "minh")
    assert anna["password"] not in anna["link"] and "secret" not in anna["link"]

    theirs: dict[str, Any] = {}
    for name, one in (("anna", anna), ("minh", minh)):
        kept = tmp_path / f"{name}.json"
        around: dict[str, Any] = {
            "DESKAPP_SECRETS": str(kept),
            "DESKAPP_HOME": str(tmp_path / name),
        }
        words = ("join", one["link"], "--password-stdin")
        said = Program("").run(*words, stdin=f"{one['password']}\n{name}-own-1\n", **around)
        assert "You are" in said.out and one["password"] not in said.out + said.err
        theirs[name] = around
        assert f"{name}-own-1" in kept.read_text() and one["password"] not in kept.read_text()
        again = Program("").run(*words, stdin=f"{one['password']}\n", code=4, **around)
        assert "refused" in again.err

    agents = Program("").run("agent", "list", "--json", **theirs["minh"])
    assert [row["login"] for row in agents.json] == ["anna.t", "minh"]
    other = Program("").run("--as", "Anna Trần", "agent", "list", code=1, **theirs["minh"])
    assert "act as the person you signed in as" in other.err
    refused = Program("").run("agent", "add", "Eve", code=1, **theirs["minh"])
    assert "Your role on this desk may not do this" in refused.err
    refused = Program("").run("team-desk", "set-up", code=1, **theirs["anna"])
    assert "Only the owner" in refused.err

    only = Program("").run("team-desk", "leave", "Anna Trần", code=2, **theirs["anna"])
    assert "only admin" in only.err
    counted = Program("").run("team-desk", "leave", "Minh", "--dry-run", "--json", **theirs["anna"])
    assert counted.json["was_active"]
    left = Program("").run("team-desk", "leave", "Minh", "--to", "Anna Trần", **theirs["anna"])
    assert "minh is closed" in left.out
    gone = Program("").run("ticket", "list", code=4, **theirs["minh"])
    assert "refused" in gone.err
    Program("").run("team-desk", "leave", "Minh", **theirs["anna"])

    back = owner.run("team-desk", "password", "Minh", code=1)
    assert "no login of this desk" in back.err


def test_a_link_that_is_none_and_a_line_open_to_others_are_refused(tmp_path: Path) -> None:
    for link, said in (
        ("https://shop.example", "no link to join"),
        ("deskapp-join:minh@db.example/desk?desk=1&tls=none", "without TLS"),
        ("deskapp-join:minh:pw@db.example/desk?desk=1", "no link to join"),
    ):
        refused = Program("").run("join", link, "--password-stdin", stdin="x\n", code=2)
        assert said in refused.err and "pw" not in refused.err
