"""A person's export and erasure by command."""

import json
import zipfile
from pathlib import Path

from deskapp import paths
from deskapp.wiring import open_house

from .program import Program


def _mai(shop: Program) -> str:
    [row] = shop.json("customer", "find", "mai")
    return str(row["id"])


def test_all_about_a_customer_goes_into_one_zip(shop: Program, tmp_path: Path) -> None:
    file = tmp_path / "mai.zip"
    told = shop.json("customer", "export", _mai(shop), str(file))
    assert (told["messages"], told["originals"]) == (1, 1)
    with zipfile.ZipFile(file) as archive:
        assert {"index.html", "manifest.json", "data/message.json"} <= {*archive.namelist()}
        assert "mai@customer.example" in archive.read("index.html").decode()
    assert "is there already" in shop.run("customer", "export", "1", str(file), code=1).err


def test_erasing_is_shown_first_and_done_when_it_is_asked_for(shop: Program) -> None:
    one = _mai(shop)
    told = shop.json("customer", "erase", one)
    assert (told["counts"]["messages"], told["forbidden"]) == (1, False)
    assert shop.json("customer", "find", "mai")
    shop.run("customer", "hold", one, "--reason", "A court asked")
    assert "A court asked" in shop.run("customer", "erase", one, code=1).out
    assert "settled first" in shop.run("customer", "erase", one, "--yes", code=1).err
    shop.run("customer", "hold", one, "--lift")
    proof = shop.json("customer", "erase", one, "--yes")
    assert proof["mode"] == "erase"
    assert proof["cleaned_at"]
    assert shop.json("customer", "find", "mai") == []
    assert [sheet["id"] for sheet in shop.json("customer", "erased")] == [proof["id"]]
    assert "mai" not in json.dumps(proof)
    assert shop.json("check")["ok"]


def test_unsaved_text_about_erased_tickets_is_deleted_on_this_computer(own_home: Path) -> None:
    folder = own_home / "unsaved" / "1-a"
    folder.mkdir(parents=True)
    for number, desk in ((7, "ours"), (8, "ours"), (9, "another")):
        told = {"owner": f"{desk}/1", "place": [7 if number == 9 else number, "reply"]}
        (folder / f"{number}-reply.json").write_text(json.dumps(told))
    (folder / "odd.json").write_text("{")
    assert paths.forget_unsaved(paths.unsaved(), "ours", (7,)) == 1
    assert sorted(one.name for one in folder.iterdir()) == [
        "8-reply.json",
        "9-reply.json",
        "odd.json",
    ]


def test_duplicates_are_listed_merged_field_by_field_and_made_two_again(shop: Program) -> None:
    [mai] = shop.json("customer", "find", "mai")
    desk = open_house(shop.desk)
    try:
        other = desk.customers.create("Mai Thị Lan", "mai+shop@customer.example")
    finally:
        desk.close()
    [pair] = shop.json("customer", "duplicates")
    assert [one["by"] for one in pair["reasons"]] == ["mail"]
    ids = (str(mai["id"]), str(other))
    assert "no field" in shop.run("customer", "merge", *ids, "--take", "shoe=B", code=2).err
    told = shop.json("customer", "merge", *ids, "--take", "name=B")
    assert told["name"] == "Mai Thị Lan"
    assert shop.json("customer", "unmerge", str(other))["name"] == "Mai Thị Lan"
    assert shop.json("customer", "duplicates") == []


def test_a_file_of_customers_is_tried_out_taken_in_and_written_out(
    program: Program, tmp_path: Path
) -> None:
    file, left, out = tmp_path / "in.csv", tmp_path / "left.csv", tmp_path / "out.csv"
    file.write_text("Wer;Email\nMai Lan;mai@b.example\n=Bad;nope\n", "utf-8")
    words = ("customer", "import", str(file), "--column", "name=Wer", "--column", "email=Email")
    tried = json.loads(program.run(*words, "--dry-run", "--json", code=3).out)
    assert (tried["new"], [one["row"] for one in tried["failed"]]) == (1, [3])
    assert program.json("customer", "find", "mai") == []
    said = program.run(*words, "--save-mapping", "Shop", "--failed", str(left), code=3)
    assert "1 new" in said.out
    assert '"\'=Bad","nope","3"' in left.read_text("utf-8-sig")
    again = ("customer", "import", str(file), "--mapping", "Shop", "--json")
    assert json.loads(program.run(*again, code=3).out)["unchanged"] == 1
    assert program.json("customer", "export-all", str(out))["customers"] == 1
    assert "Mai Lan" in out.read_text("utf-8-sig")
