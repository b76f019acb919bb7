"""A database that asks for a password: what opens it, and what is said when nothing does."""

from pathlib import Path

import pytest

from deskapp.data.connect import desk_url
from deskapp.data.database import Database
from deskapp.data.upgrade import open_desk
from deskapp.domain.desk_address import with_password
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.postgres import PASSWORD


def _open(address: str) -> None:
    database = Database(address)
    try:
        open_desk(database, create=True)
    finally:
        database.close()


def test_a_missing_and_a_wrong_password_are_told_apart(locked_url: str) -> None:
    with pytest.raises(Problem) as missing:
        _open(locked_url)
    assert (missing.value.kind, missing.value.details["what"]) == (ProblemKind.NO_SECRET, "desk")
    with pytest.raises(Problem) as refused:
        _open(with_password(locked_url, "hunter-42"))
    assert refused.value.kind is ProblemKind.SIGN_IN_REFUSED
    assert refused.value.details["what"] == "desk"
    assert "hunter" not in str(refused.value)


def test_a_password_as_people_type_it_opens_the_desk(locked_url: str) -> None:
    _open(locked_url.replace("anna@", f"anna:{PASSWORD}@".replace("%", "%25")))
    _open(with_password(locked_url, PASSWORD))


def test_another_process_gets_the_address_whole(locked_url: str) -> None:
    database = Database(with_password(locked_url, PASSWORD))
    try:
        _open(database.address)
    finally:
        database.close()


@pytest.mark.parametrize("way", ["PGPASSWORD", "PGPASSFILE"])
def test_what_libpq_finds_by_itself_still_works(
    locked_url: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "pgpass"
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    kept.write_text(f"127.0.0.1:*:*:anna:{escaped}\n", encoding="utf-8")
    kept.chmod(0o600)
    monkeypatch.setenv(way, PASSWORD if way == "PGPASSWORD" else str(kept))
    _open(locked_url)


@pytest.mark.parametrize(
    "address", ["postgresql://anna:canary@h:port/d", "postgresql://anna:p@canary:x@h:port/d"]
)
def test_an_address_that_cannot_be_read_is_said_without_its_password(address: str) -> None:
    with pytest.raises(Problem) as refused:
        desk_url(address)
    assert refused.value.kind is ProblemKind.INVALID
    assert refused.value.details["value"] == "postgresql://anna@h:port/d"
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
