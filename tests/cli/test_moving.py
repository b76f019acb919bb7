"""`deskapp move` and `upgrade`: their JSON, the settings that follow, and the way back."""

from pathlib import Path

from .program import Program


def test_a_desk_moves_its_settings_follow_and_it_comes_back(shop: Program, tmp_path: Path) -> None:
    new = str(tmp_path / "moved.db")
    tried = shop.json("move", new, "--dry-run")
    assert (tried["dry_run"], tried["tables"]["message"]["rows"]) == (True, 2)
    assert not Path(new).exists()
    moved = shop.json("move", new)
    assert (moved["desk"], moved["dry_run"]) == (new, False)
    assert moved["tables"]["message"] == tried["tables"]["message"]
    assert "has moved to" in shop.run("ticket", "list", code=1).err
    there = Program(new)
    assert there.json("check")["ok"]
    assert there.json("upgrade")["schema"] == "0001"
    assert "not empty" in there.run("move", shop.desk.removeprefix("sqlite:///"), code=1).err
    assert shop.json("move", "--undo")["moved_to"] == new
    assert shop.json("check")["ok"]
    assert shop.run("move", code=2).err
