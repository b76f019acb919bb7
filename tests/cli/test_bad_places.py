"""Where a desk cannot be: each place has its sentence, its exit code, and loses nothing."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from .program import Program

OWN_MOUNTS = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")


def test_a_desk_that_is_not_there(tmp_path: Path) -> None:
    said = Program(str(tmp_path / "none.db")).run("ticket", "list", code=1)
    assert "There is no desk" in said.err
    assert "deskapp init" in said.err
    assert not (tmp_path / "none.db").exists()


def test_a_folder_or_another_file_in_its_place(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("This is not a database, but it is long enough to be one. " * 40, "utf-8")
    before = letter.read_bytes()
    assert "not a deskapp desk" in Program(str(letter)).run("ticket", "list", code=1).err
    assert letter.read_bytes() == before
    assert "cannot be read" in Program(str(tmp_path)).run("init", code=1).err
    inside = letter / "desk.db"
    assert "may not be written" in Program(str(inside)).run("init", code=1).err


@pytest.mark.parametrize("place", ["//server/share/desk.db", "\\\\server\\share\\desk.db"])
def test_a_network_path(place: str, tmp_path: Path) -> None:
    said = Program(place).run("init", code=1)
    assert "network folder" in said.err
    assert "PostgreSQL" in said.err


def test_a_database_server_that_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    said = Program(f"postgresql://shop:canary@127.0.0.1:{port}/desk").run("ticket", "list", code=5)
    assert "cannot be reached" in said.err
    assert "canary" not in said.err
    nobody = Program("postgresql://shop:canary@nobody.invalid/desk").run("ticket", "list", code=5)
    assert "cannot be reached" in nobody.err
    assert "canary" not in nobody.err


def _mounted(tmp_path: Path, options: str) -> tuple[Path, tuple[str, ...]]:
    """A small disk of its own, seen only by the program that ``before`` starts."""
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f'mount -t tmpfs -o {options} tmpfs "{disk}" && exec "$@"'
    before = (*OWN_MOUNTS, script, "sh")
    if shutil.which("unshare") is None or subprocess.run([*before, "true"], check=False).returncode:
        pytest.skip("this system lets nobody mount a disk of their own")
    return disk, before


def test_a_full_disk(tmp_path: Path) -> None:
    disk, before = _mounted(tmp_path, "size=64k")
    said = Program(str(disk / "desk.db"), before).run("init", code=1)
    assert "disk is full" in said.err


def test_a_backup_that_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    Program(str(desk)).run("init")
    disk, before = _mounted(tmp_path, "size=64k")
    listing = f'"$@"; code=$?; ls -A "{disk}" >&2; exit $code'
    said = Program(str(desk), (*before, "sh", "-c", listing, "sh")).run(
        "backup", str(disk / "backup.db"), code=1
    )
    assert "disk is full" in said.err
    assert "backup.db" not in said.err.splitlines()[1:]
    Program(str(desk)).run("check")


def test_a_read_only_folder(tmp_path: Path) -> None:
    disk, before = _mounted(tmp_path, "ro")
    said = Program(str(disk / "desk.db"), before).run("init", code=1)
    assert "may not be written to" in said.err
    desk = tmp_path / "desk.db"
    Program(str(desk)).run("init")
    for words in (("backup", str(disk / "backup.db")), ("export", str(disk / "out"))):
        said = Program(str(desk), before).run(*words, code=1)
        assert "may not be written to" in said.err


def test_wrong_use_is_exit_code_2(tmp_path: Path) -> None:
    program = Program(str(tmp_path / "desk.db"))
    assert "No such command" in program.run("tickets", code=2).err
    assert "show" in program.run("ticket", "show", code=2).err
    assert "Commands:" in program.run("--help").out
