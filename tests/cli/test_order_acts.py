"""Acts in a shop from the command line, through the real room of the shop to a stand-in's books."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.web import WebServer, serving
from tests.servers.woocommerce_acts import WritableWoo, order_row

from .program import Program


@pytest.fixture
def shop() -> WritableWoo:
    return WritableWoo([order_row(101), order_row(102)])


@pytest.fixture
def web(shop: WritableWoo) -> Iterator[WebServer]:
    with serving(shop.answer) as served:
        yield served


@pytest.fixture
def desk(tmp_path: Path, web: WebServer, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("DESKAPP_SECRETS", str(tmp_path / "secrets.json"))
    made = Program(str(tmp_path / "desk.db"))
    made.run("init")
    made.run("agent", "add", "Tuan", "--role", "admin")
    made.run("agent", "add", "Anna")
    made.run(
        "order", "source", "add", "Hats", "--kind", "woocommerce", "--own-network",
        "--address", f"http://127.0.0.1:{web.port}", "--password-stdin", stdin="ck_good\ncs_good\n",
    )  # fmt: skip
    made.run("order", "source", "refresh", "Hats")
    return made


def _act(desk: Program, who: str, *words: str, code: int = 0) -> dict[str, object]:
    told = desk.run("--as", who, "order", "act", *words, "--json", code=code).json
    assert isinstance(told, dict)
    return told


def test_a_refund_is_off_then_limited_then_typed_then_once_in_the_shops_books(
    desk: Program, shop: WritableWoo
) -> None:
    number = str(desk.json("order", "find", "101")[0]["number"])
    off = desk.run("--as", "Anna", "order", "act", "refund", number, "--amount", "5", code=2)
    assert "has not switched it on" in off.err
    not_admin = desk.run("--as", "Anna", "order", "act", "allow", "Hats", "refund", code=2)
    assert "Only an admin" in not_admin.err
    desk.run("--as", "Tuan", "order", "act", "allow", "Hats", "refund")
    wanted = _act(desk, "Anna", "refund", number, "--amount", "5", "--reason", "Late")
    one = str(wanted["id"])
    assert (wanted["state"], shop.done) == ("wanted", [])
    none = desk.run("--as", "Anna", "order", "act", "confirm", one, "--type", "5", code=2)
    assert "no limit is set" in none.err
    desk.run("--as", "Tuan", "order", "act", "limit", "agent", "EUR", "50", "10")
    wrong = desk.run("--as", "Anna", "order", "act", "confirm", one, "--type", "6", code=2)
    assert "neither the order's number nor the amount" in wrong.err
    assert _act(desk, "Anna", "confirm", one, "--type", "5")["state"] == "done"
    assert len([what for what, _ in shop.done if what == "refund"]) == 1
    big = str(_act(desk, "Anna", "refund", number, "--amount", "11")["id"])
    assert _act(desk, "Anna", "confirm", big, "--type", "11")["state"] == "waiting"
    own = desk.run("--as", "Anna", "order", "act", "approve", big, code=2)
    assert "cannot approve it too" in own.err
    desk.run("--as", "Tuan", "order", "act", "limit", "admin", "EUR", "500", "0")
    assert _act(desk, "Tuan", "approve", big)["state"] == "done"
    audit = desk.json("order", "act", "audit")
    assert audit["broken"] == []
    steps = [line["step"] for line in reversed(audit["lines"]) if line["act_id"] == int(big)]
    assert steps == ["wanted", "waiting", "approved", "sending", "done"]


def test_what_a_leaver_asked_for_still_waits_and_their_wish_is_nobodys_to_confirm(
    desk: Program, shop: WritableWoo
) -> None:
    number = str(desk.json("order", "find", "101")[0]["number"])
    desk.run("--as", "Tuan", "order", "act", "allow", "Hats", "refund")
    for role, most in (("agent", "50"), ("admin", "500")):
        desk.run("--as", "Tuan", "order", "act", "limit", role, "EUR", most, "0")
    asked = str(_act(desk, "Anna", "refund", number, "--amount", "5")["id"])
    assert _act(desk, "Anna", "confirm", asked, "--type", "5")["state"] == "waiting"
    other = str(desk.json("order", "find", "102")[0]["number"])
    wish = str(_act(desk, "Anna", "refund", other, "--amount", "6")["id"])
    desk.run("--as", "Tuan", "team-desk", "leave", "Anna", "--to", "Tuan")
    gone = desk.run("--as", "Anna", "order", "act", "confirm", wish, "--type", "6", code=2)
    assert "nobody at work" in gone.err
    assert _act(desk, "Tuan", "approve", asked)["state"] == "done"
    [left] = desk.json("order", "act", "list")
    assert (left["id"], left["state"]) == (int(wish), "wanted")
    assert _act(desk, "Tuan", "take-back", wish)["state"] == "not_done"
    assert len([what for what, _ in shop.done if what == "refund"]) == 1
