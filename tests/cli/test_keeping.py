"""Export, check, backup and restore as commands."""

from pathlib import Path

import pytest
from sqlalchemy import update

from deskapp.data.database import Database
from deskapp.data.tables.tickets import ticket

from .program import Program


def test_what_was_backed_up_comes_back(shop: Program, tmp_path: Path) -> None:
    told = shop.json("backup", str(tmp_path / "backup.db"))
    assert told["rows"]["message"] == 2
    new = Program(str(tmp_path / "new.db"))
    restored = new.json("restore", str(tmp_path / "backup.db"))
    assert (restored["kept"], restored["unsettled"]) == (None, 0)
    checked = new.json("check")
    assert (checked["ok"], checked["problems"]) == (True, [])
    assert [row["ticket"] for row in new.json("search", "订单")] == [2]
    again = shop.run("backup", str(tmp_path / "backup.db"), code=1)
    assert "left as it is" in again.err


def test_an_export_names_its_files_as_the_contract_does(shop: Program, tmp_path: Path) -> None:
    told = shop.json("export", str(tmp_path / "out"))
    assert (told["tickets"], told["messages"], told["mails"]) == (2, 2, 2)
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert names >= {"tickets.jsonl", "messages.jsonl", "customers.jsonl", "orders.jsonl", "eml"}
    assert len(list((tmp_path / "out" / "eml").glob("*.eml"))) == 2


def test_check_says_what_is_wrong_and_exits_1(shop: Program) -> None:
    database = Database(shop.desk)
    with database.writing() as unit:
        unit.connection.execute(update(ticket).values(message_count=9))
    database.close()
    told = shop.json("check", code=1)
    assert not told["ok"]
    assert told["problems"] == [{"kind": "ticket_sums", "count": 2, "example": "ticket 1"}]
    assert "disagree: 2" in shop.run("check", code=1).out


@pytest.mark.timeout(180)
def test_the_self_test_opens_everything(tmp_path: Path) -> None:
    said = Program("", started=True).json("self-test", QT_QPA_PLATFORM="offscreen")
    assert said["ok"], said
    assert [step["step"] for step in said["steps"]] == ["desk", "resources", "keyring", "windows"]
