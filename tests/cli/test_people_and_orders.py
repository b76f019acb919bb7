"""Customers, orders, agents and mailboxes from the command line."""

import json
from pathlib import Path

from .program import Program

CSV = (
    "Order,Date,Total,Currency,Email,Item,Quantity\n"
    "1001,2026-11-01,39.90,EUR,mai@customer.example,Tent,1\n"
    "1002,someday,12.00,EUR,wang@customer.example,Lamp,2\n"
)


def test_an_order_file_is_taken_in_but_for_its_faulty_rows(shop: Program, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(CSV, "utf-8")
    words = ("order", "import", str(file), "--source", "Web shop", "--json")
    dry = shop.run(*words, "--dry-run", code=3).json
    assert dry["failed"][0]["row"] == 3
    assert shop.json("order", "find", "1001") == []
    told = shop.run(*words, code=3).json
    assert (told["rows"], told["new"], told["updated"]) == (2, 1, 0)
    assert [(one["row"], one["why"]) for one in told["failed"]] == [(3, "bad_date")]
    [found] = shop.json("order", "find", "#1001")
    assert (found["number"], found["total"], found["currency"]) == ("1001", "39.90", "EUR")
    [mai] = shop.json("customer", "find", "mai@customer.example")
    assert mai["orders"] == 1


def test_wrong_columns_are_said_and_nothing_is_stored(shop: Program, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("Shelf,Colour\n4,red\n", "utf-8")
    said = shop.run("order", "import", str(file), "--source", "Web shop", code=1)
    assert "Shelf" in said.err
    assert "Nothing was imported" in said.err
    mapped = ("order", "import", str(file), "--source", "S", "--column", "number=Shelf", "--json")
    assert shop.run(*mapped).json["new"] == 1


def test_customers_are_shown_and_two_records_become_one_and_two_again(shop: Program) -> None:
    [mai] = shop.json("customer", "find", "mai")
    [wang] = shop.json("customer", "find", "王小明")
    shop.run("customer", "merge", str(mai["id"]), str(wang["id"]))
    record = shop.json("customer", "show", str(mai["id"]))
    values = {one["value"] for one in record["contacts"]}
    assert values == {"mai@customer.example", "wang@customer.example"}
    assert {one["what"] for one in record["timeline"]} == {"ticket", "mail"}
    shop.run("customer", "unmerge", str(wang["id"]))
    assert shop.json("customer", "show", str(wang["id"]))["name"] == "王小明"


def test_a_mailbox_without_tls_is_only_for_this_computer(program: Program) -> None:
    words = ("mailbox", "add", "a@shop.example", "--smtp", "mail.shop.example:465")
    said = program.run(*words, "--imap", "mail.shop.example:143", "--imap-security", "none", code=2)
    assert "without TLS" in said.err
    assert program.json("mailbox", "list") == []


def test_a_password_goes_into_the_named_file_and_nowhere_else(
    program: Program, tmp_path: Path, own_home: Path
) -> None:
    secret = "tr0ub4dor-canary"
    secrets = tmp_path / "secrets.json"
    words = ("mailbox", "add", "a@shop.example", "--imap", "127.0.0.1:1", "--smtp", "127.0.0.1:1")
    program.run(*words, "--password-stdin", stdin=f"{secret}\n", DESKAPP_SECRETS=str(secrets))
    assert secret in secrets.read_text("utf-8")
    assert secrets.stat().st_mode & 0o077 == 0
    for file in (*own_home.rglob("*"), *tmp_path.glob("desk.db*")):
        assert not file.is_file() or secret.encode() not in file.read_bytes()
    [row] = program.json("mailbox", "list")
    contract = {"id", "address", "on_server", "stored", "held", "state", "last_success"}
    assert contract <= {*row}
    assert secret not in str(row)
    tested = program.run(
        *("mailbox", "test", "a@shop.example", "--json"), code=5, DESKAPP_SECRETS=str(secrets)
    )
    assert [one["ok"] for one in tested.json["steps"]][:2] == [True, False]
    program.run("mailbox", "remove", "a@shop.example", DESKAPP_SECRETS=str(secrets))
    assert secret not in secrets.read_text("utf-8")


def test_without_a_keyring_the_password_is_not_kept_and_this_is_said(program: Program) -> None:
    words = ("mailbox", "add", "a@shop.example", "--imap", "127.0.0.1:1", "--smtp", "127.0.0.1:1")
    said = program.run(*words, "--json", DESKAPP_PASSWORD="sesame")
    assert "no keyring" in said.err
    assert json.loads(said.out)["address"] == "a@shop.example"


def test_somebody_unknown_cannot_act(program: Program) -> None:
    said = program.run("--as", "Nobody", "ticket", "list", code=1)
    assert "agent Nobody" in said.err


def test_what_is_known_of_a_customer_is_set_and_shown(shop: Program) -> None:
    [mai] = shop.json("customer", "find", "mai")
    one = str(mai["id"])
    shop.run("field", "add", "Shoe size", "--kind", "number")
    shop.run("mailbox", "country", "support@shop.example", "vn")
    shop.run("customer", "contact", "add", one, "phone", "0912 345 678", "--label", "work")
    shop.run("customer", "contact", "add", one, "handle", "https://t.me/mai_lan")
    facts = ("--vip", "--tag", "wholesale", "--company", "May Đỏ", "--call-name", "Mai")
    shop.run("customer", "set", one, *facts, "--address", "12 Lê Lợi", "--field", "shoe size=38,5")
    shop.run("customer", "consent", one, "mail", "--no", "--reason", "By phone")
    record = shop.json("customer", "show", one)
    assert (record["vip"], record["tags"], record["fields"]) == (
        True, ["wholesale"], {"Shoe size": "38.5"},
    )  # fmt: skip
    assert (record["company"], record["call_name"], record["address"]) == (
        "May Đỏ", "Mai", "12 Lê Lợi",
    )  # fmt: skip
    assert record["no_mail"]["reason"] == "By phone"
    by_kind = {contact["kind"]: contact for contact in record["contacts"]}
    assert by_kind["phone"]["key"] == "+84912345678"
    assert (by_kind["handle"]["network"], by_kind["handle"]["value"]) == ("telegram", "mai_lan")
    assert shop.json("search", "is:vip")
    assert shop.json("company", "show", "May Đỏ")["people"] == 1
    said = shop.run("customer", "set", one, "--no-vip", "--field", "Shoe size=big", code=2)
    assert "“big” is no number" in said.err
    assert shop.json("customer", "show", one)["vip"]
    number = str(by_kind["phone"]["id"])
    shop.run("customer", "contact", "change", number, "--verified")
    shop.run("customer", "contact", "remove", number)
    assert shop.json("customer", "show", one)["phone"] == ""


def test_the_language_a_customer_is_answered_in_is_chosen(shop: Program) -> None:
    [mai] = shop.json("customer", "find", "mai")
    told = shop.json("customer", "language", str(mai["id"]), "zh-Hant")
    assert told["language"] == "zh-Hant"
    assert shop.json("customer", "show", str(mai["id"]))["language"] == "zh-Hant"
