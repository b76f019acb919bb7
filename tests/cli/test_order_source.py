"""Order sources from the command line: added, tested, read, asked, changed, removed."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.cli.source_facts import gap_words
from deskapp.domain.orders import Gap, Shortfall
from tests.servers.web import Reply, WebServer, serving
from tests.servers.woocommerce import WooShop
from tests.shops.test_woocommerce import shop_order

from .program import Program

KEYS = "ck_good\ncs_good\n"


@pytest.fixture
def shop() -> WooShop:
    return WooShop([shop_order(number) for number in range(1, 4)])


@pytest.fixture
def web(shop: WooShop) -> Iterator[WebServer]:
    with serving(shop.answer) as served:
        yield served


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("DESKAPP_SECRETS", str(tmp_path / "secrets.json"))
    made = Program(str(tmp_path / "desk.db"))
    made.run("init")
    return made


def _add(desk: Program, web: WebServer, secret: str = KEYS) -> None:
    desk.run(
        "order", "source", "add", "Hats", "--kind", "woocommerce", "--own-network",
        "--address", f"http://127.0.0.1:{web.port}", "--password-stdin", stdin=secret,
    )  # fmt: skip


def test_a_shop_is_added_tested_read_found_and_removed(
    desk: Program, shop: WooShop, web: WebServer, tmp_path: Path
) -> None:
    _add(desk, web)
    [listed] = desk.json("order", "source", "list")
    assert (listed["name"], listed["state"], listed["kind"]) == ("Hats", "new", "woocommerce")
    assert "cs_good" not in str(listed)
    assert b"cs_good" not in Path(desk.desk).read_bytes()
    tested = desk.json("order", "source", "test", "hats")
    assert (tested["currency"], tested["missing"]) == ("VND", [])
    [read] = desk.json("order", "source", "refresh", "Hats")
    assert (read["new"], read["state"]) == (3, "ok")
    [again] = desk.json("order", "source", "refresh")
    assert (again["new"], again["updated"]) == (0, 0)
    [found] = desk.json("order", "find", "SO-2")
    assert (found["source"], found["number"]) == ("Hats", "SO-2")
    removed = desk.json("order", "source", "remove", "Hats")
    assert removed == {"name": "Hats", "removed": True, "orders_left": 3}
    assert "cs_good" not in (tmp_path / "secrets.json").read_text()
    assert len(desk.json("order", "find", "SO-2")) == 1
    assert desk.json("order", "source", "remove", "Hats", "--delete-orders")["orders_left"] == 0
    assert desk.json("order", "source", "list") == []


def test_the_shops_are_asked_for_what_the_desk_does_not_have_yet(
    desk: Program, shop: WooShop, web: WebServer
) -> None:
    _add(desk, web)
    assert desk.json("order", "find", "lan3@customer.example") == []
    [found] = desk.json("order", "find", "lan3@customer.example", "--ask-shops")
    assert found["number"] == "SO-3"
    shop.next = [Reply(503, b"<html>Back soon</html>", {"Content-Type": "text/html"})]
    said = desk.run("order", "find", "SO-3", "--ask-shops", code=3)
    assert "SO-3" in said.out
    assert "maintenance" in said.err


def test_a_refused_key_is_said_and_mended(desk: Program, web: WebServer) -> None:
    _add(desk, web, "ck_good\ncs_wrong\n")
    for words in (("test", "Hats"), ("refresh",)):
        said = desk.run("order", "source", *words, code=4)
        assert "refused the key" in said.err
        assert "cs_wrong" not in said.out + said.err
    [listed] = desk.json("order", "source", "list")
    assert (listed["state"], listed["orders"]) == ("sign_in_refused", 0)
    desk.run("order", "source", "set", "Hats", "--password-stdin", stdin=KEYS)
    assert desk.json("order", "source", "refresh")[0]["new"] == 3


def test_settings_are_changed_one_by_one_and_checked(desk: Program, web: WebServer) -> None:
    _add(desk, web)
    changed = desk.json(
        "order", "source", "set", "Hats", "--name", "Mũ", "--every", "30", "--off",
        "--number-pattern", r"SO-\d{1,6}",
    )  # fmt: skip
    assert (changed["name"], changed["every"], changed["state"]) == ("Mũ", 30, "off")
    assert changed["number_pattern"] == r"SO-\d{1,6}"
    assert desk.json("order", "source", "refresh") == []
    for wrong in (("--number-pattern", "(a+)+"), ("--every", "0"), ("--public-only",)):
        said = desk.run("order", "source", "set", "Mũ", *wrong, code=2)
        assert "Nothing was changed" in said.err or "https" in said.err
    assert "no order source" in desk.run("order", "source", "test", "Nowhere", code=1).err


def test_a_watched_folder_names_its_bad_file_and_reads_the_others(
    desk: Program, tmp_path: Path
) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "a.csv").write_text("Order number,Email\n77,a@b.example\n", encoding="utf-8")
    (exports / "b.csv").write_text("<html></html>", encoding="utf-8")
    desk.run("order", "source", "add", "Exports", "--kind", "folder", "--address", str(exports))
    assert desk.json("order", "source", "refresh")[0]["new"] == 1
    [listed] = desk.json("order", "source", "list")
    assert [one["names"] for one in listed["shortfalls"]] == [["b.csv", "file_unreadable:html"]]
    once = desk.json("engine", "--once")
    assert [one["state"] for one in once["order_sources"]] == ["ok"]


def test_a_query_of_the_shops_own_database_is_read(desk: Program, tmp_path: Path) -> None:
    place = tmp_path / "shop.db"
    with sqlite3.connect(place) as shop:
        shop.execute("CREATE TABLE sale (number TEXT, email TEXT, total TEXT)")
        shop.execute("INSERT INTO sale VALUES ('B-1', 'a@b.example', '10.00')")
    shop.close()
    query = tmp_path / "orders.sql"
    query.write_text('SELECT number AS "order number", email, total FROM sale', encoding="utf-8")
    desk.run(
        "order", "source", "add", "Base", "--kind", "sql", "--query-file", str(query),
        "--currency", "EUR", "--password-stdin", stdin=f"sqlite:///{place}\n",
    )  # fmt: skip
    assert desk.json("order", "source", "refresh")[0]["new"] == 1
    assert str(place) not in str(desk.json("order", "source", "list"))


def test_every_gap_has_its_sentence() -> None:
    for gap in Gap:
        said = gap_words(Shortfall(gap, ("one", "two")))
        assert said.endswith(".")
        assert "{" not in said
