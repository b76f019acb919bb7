"""A team's database with a password, from the command line: kept, found, and never written down."""

import json
from pathlib import Path

from deskapp.domain.desk_address import with_password
from tests.servers.postgres import PASSWORD, SHUT, Postgres

from .program import Program


def _written(folder: Path) -> str:
    files = [one for one in folder.rglob("*") if one.is_file()]
    return "\n".join(one.read_text(encoding="utf-8", errors="replace") for one in files)


def test_a_password_given_once_is_kept_apart_from_the_settings(
    locked_url: str, own_home: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "secrets.json"
    full = with_password(locked_url, PASSWORD)
    first = Program(full).run("init", "--json", DESKAPP_SECRETS=str(kept))
    assert first.json["desk"] == locked_url
    settings = json.loads((own_home / "settings.json").read_text(encoding="utf-8"))
    assert settings["desk_url"] == locked_url
    assert "nary" not in _written(own_home) + first.err
    assert list(json.loads(kept.read_text(encoding="utf-8")).values()) == [PASSWORD]
    for desk in ("", locked_url):  # the desk last opened, and the same one named
        Program(desk).run("ticket", "list", DESKAPP_SECRETS=str(kept))


def test_without_a_place_for_it_the_ways_of_libpq_are_named_and_work(
    locked_url: str, own_home: Path
) -> None:
    made = Program(with_password(locked_url, PASSWORD)).run("init")
    assert "PGPASSWORD" in made.err
    asked = Program(locked_url).run("ticket", "list", code=4)
    assert "asks for a password" in asked.err and "PGPASSWORD" in asked.err
    Program("").run("ticket", "list", PGPASSWORD=PASSWORD)
    assert "nary" not in _written(own_home) + made.err


def test_a_wrong_password_is_said_and_written_nowhere(locked_url: str, own_home: Path) -> None:
    said = Program(with_password(locked_url, "hunter-42")).run("ticket", "list", "--json", code=4)
    assert json.loads(said.err)["error"]["place"] == locked_url
    assert "refused" in said.err
    assert "hunter" not in said.err + said.out + _written(own_home)


def test_a_server_that_lets_nobody_in_from_here_is_told_apart_from_a_wrong_password(
    postgres: Postgres,
) -> None:
    shut = f"postgresql://minh@127.0.0.1:{postgres.port}/{SHUT}"
    told = Program(shut).run("ticket", "list", code=4).err
    assert "lets nobody in from here" in told and "pg_hba.conf" in told
