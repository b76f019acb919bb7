"""The commands about a whole desk, by each sign-in of a team desk: done, or refused in a sentence.

Whoever is refused leaves nothing behind: no file, no row.
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deskapp.shops.people import read_people
from tests.desk.letters import letter
from tests.servers.postgres import Postgres
from tests.servers.team_desk import TeamDesk, make_team_desk

from .program import Program, Said

OWNERS, AUDIT, ROLE = "Only the owner", "for leads and admins", "Your role on this desk may not"
ADMINS, JOINS = "Only an admin", "A junior merges, splits and moves nothing"

# Words (FILE is a new one for each), who is let do it, who is refused, and in which words: the
# nearest on both sides of each border.
COMMANDS: tuple[tuple[str, str, str, str], ...] = (
    ("check --quick", "agent engine owner", "", ""),
    ("export FILE", "junior lead engine owner", "", ""),
    ("backup FILE", "owner", "agent junior admin engine", OWNERS),
    ("restore COPY", "", "agent admin engine", OWNERS),
    ("restore COPY", "", "owner", "already holds a desk"),
    ("move FILE --dry-run", "owner", "junior admin", OWNERS),
    ("upgrade", "junior owner", "", ""),
    ("order import ORDERS --source Web", "agent junior", "", ""),
    ("order import ORDERS --source New", "", "lead junior", ROLE),
    ("audit verify", "lead owner", "agent engine", AUDIT),
    ("audit export FILE", "admin", "junior", AUDIT),
    ("audit head", "lead", "agent", AUDIT),
    ("ticket merge 1 1", "", "junior", JOINS),
    ("ticket split 1 1", "", "junior", JOINS),
    ("customer merge 1 1", "", "junior", JOINS),
    ("customer unmerge 1", "", "junior", JOINS),
    ("customer import PEOPLE", "agent", "junior", "A junior takes in no file"),
    ("team-desk check", "owner", "admin", OWNERS),
    ("team-desk password Junior", "", "junior lead", ROLE),
    ("team-desk add-engine tower", "", "lead", ROLE),
    ("team-desk leave Junior --dry-run", "admin owner", "lead", ADMINS),
)


@pytest.fixture
def desk(postgres: Postgres) -> Iterator[TeamDesk]:
    with make_team_desk(postgres) as made:
        yield made


def _rows(desk: TeamDesk) -> dict[str, int]:
    """How many rows are in each table; who is at work comes and goes."""
    with desk.superuser() as psql:
        names = psql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            str(name): _count(psql, str(name))
            for (name,) in names.fetchall()
            if name not in ("presence", "change")
        }


def _count(psql: psycopg.Connection, name: str) -> int:
    [count] = psql.execute(f'SELECT count(*) FROM "{name}"'.encode()).fetchall()[0]
    return int(count)


def test_each_command_works_or_is_refused_in_words_and_leaves_nothing(
    desk: TeamDesk, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    orders = tmp_path / "orders.csv"
    orders.write_text("Order,Date,Total,Currency\n1001,2026-11-01,39.90,EUR\n", "utf-8")
    people = tmp_path / "people.csv"
    people.write_text("Name,Mail\nMai,mai@file.example\n", "utf-8")
    Program(desk.url()).run("backup", str(copy))
    Program(desk.url("admin")).run("order", "import", str(orders), "--source", "Web")
    with desk.opened("agent") as agents:
        agents.intake.import_mails([letter(message_id="one@c.example")])
        agents.people_files.take(read_people(people).people, people.name)
    before = _rows(desk)
    for words, may, may_not, told in COMMANDS:
        for role in (*may.split(), *may_not.split()):
            new = tmp_path / f"{words} {role}"
            files = {"FILE": new, "COPY": copy, "ORDERS": orders, "PEOPLE": people}
            put = [str(files.get(one, one)) for one in words.split()]
            done = role in may.split()
            said = Program(desk.url(role)).run(*put, code=0 if done else _code(told))
            assert done or told in said.err, (words, role, said.err)
            left = [one.name for one in tmp_path.glob(f"{new.name}*")]
            assert bool(left) is (done and words.endswith("FILE")), left
            _tells_of_a_part(put[0], role, said)
    assert _rows(desk) == before


def _code(told: str) -> int:
    return 2 if told == ADMINS else 1


def _tells_of_a_part(command: str, role: str, said: Said) -> None:
    if command == "check":
        assert ("audit was not looked at" in said.err) is (role in ("agent", "engine"))
    if command == "export":
        assert ("only your colleagues see" in said.err) is (role != "owner")


def test_only_the_owner_takes_a_move_back_and_restores_the_team_at_work(
    desk: TeamDesk, tmp_path: Path
) -> None:
    copy, there = tmp_path / "copy.db", tmp_path / "there.db"
    with desk.opened("lead") as leads:
        leads.teams.add("Returns")
    owner, junior = Program(desk.url()), Program(desk.url("junior"))
    owner.run("backup", str(copy))
    owner.run("move", str(there))
    assert OWNERS in Program(desk.url("admin")).run("move", "--undo", code=1).err
    assert str(there) in junior.run("ticket", "list", code=1).err
    owner.run("move", "--undo")
    before = _rows(desk)
    assert OWNERS in Program(desk.url("lead")).run("restore", str(copy), code=1).err
    assert _rows(desk) == before

    told = owner.run("restore", str(copy)).err
    assert "4 people had a sign-in" in told and "team-desk password" in told
    assert "as they should be" in owner.run("team-desk", "check").out
    assert "refused" in junior.run("team", "list", code=4).err
    owner.run("team-desk", "password", "Junior")
    assert "Returns" in junior.run("team", "list").out
