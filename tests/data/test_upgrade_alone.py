"""One program upgrades a desk; another waits and says so, and no half of it stays."""

import errno
import threading
from contextlib import closing
from math import ceil
from pathlib import Path
from types import SimpleNamespace

import pytest

from deskapp.cli.errors import sentence
from deskapp.data import migrating
from deskapp.data.backup_file import proven
from deskapp.data.database import Database
from deskapp.data.migrating import migrate
from deskapp.data.schema import schema_of
from deskapp.data.upgrade import open_desk
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from tests.data.later import NEWEST, program_of


def _schema(url: str) -> str | None:
    with closing(Database(url)) as database, database.reader.connect() as connection:
        return schema_of(connection)


def test_of_two_upgrades_one_waits_and_finds_it_done(desk_url: str) -> None:
    with closing(Database(desk_url)) as first:
        open_desk(first, create=True)
    inside, waited = threading.Event(), threading.Event()

    def hold(connection: object) -> None:
        inside.set()
        assert waited.wait(30)  # the other has said that it waits

    def upgrade_slowly() -> None:
        with closing(Database(desk_url)) as database:
            migrate(database.writer, NEWEST, then=hold)

    with program_of(NEWEST), closing(Database(desk_url)) as second:
        slow = threading.Thread(target=upgrade_slowly)
        slow.start()
        assert inside.wait(30)
        migrate(second.writer, NEWEST, waiting=waited.set)
        slow.join()
    assert waited.is_set()
    assert _schema(desk_url) == NEWEST


def test_an_upgrade_asks_for_its_room_before_it_begins(
    desk_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Database(desk_file)) as first:
        open_desk(first, create=True)
    size = (tmp_path / "desk.db").stat().st_size
    room = size * (1 + 1 + 2)  # the copy, the first migration, and what the second one says
    with program_of(NEWEST), closing(Database(desk_file)) as newer:
        for free, fits in ((room - 1, False), (room, True)):
            usage = SimpleNamespace(free=free)
            monkeypatch.setattr(migrating.shutil, "disk_usage", lambda _path, one=usage: one)
            if fits:
                open_desk(newer)
                continue
            with pytest.raises(Problem) as told:
                open_desk(newer)
            assert (told.value.kind, told.value.details["what"]) == ("disk_full", "upgrade")
            assert told.value.details["needed"] == ceil(room / 1e6)
            assert _schema(desk_file) == "0001"
            assert [one.name for one in tmp_path.glob("desk.db*before*")] == []
            assert "needs" in sentence(told.value) and "MB" in explain(told.value).happened
    assert _schema(desk_file) == NEWEST


def test_a_disk_that_is_full_at_the_copy_leaves_the_desk_as_it_was(
    desk_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Database(desk_file)) as first:
        open_desk(first, create=True)

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with program_of(NEWEST), closing(Database(desk_file)) as newer:
        with monkeypatch.context() as patched:
            patched.setattr(migrating, "flush", full)
            with pytest.raises(Problem) as told:
                open_desk(newer)
        assert told.value.kind is ProblemKind.DISK_FULL
        assert _schema(desk_file) == "0001"
        assert not list(tmp_path.glob("*.before-*"))
        open_desk(newer)
    assert _schema(desk_file) == NEWEST
    assert proven(tmp_path / f"desk.db.before-{NEWEST}")
