"""Tickets from the command line, as the contract names their fields (DESIGN section 6)."""

import json
import threading
from pathlib import Path

from deskapp.domain.presence import Doing
from deskapp.wiring import open_house
from tests.desk.letters import letter

from .program import Program

SHOWN = {"number", "subject", "status", "assignee", "customer", "messages", "events"}
MESSAGE = {
    *("id", "message_id", "sha256", "direction", "kind", "from", "at", "text", "attachments"),
}
OUTBOX = {"id", "ticket", "to", "state", "phase", "attempts", "not_before", "last_error"}
OUTBOX |= {"automatic", "reason"}  # beside the contract's: no hand wrote it; why, in a sentence


def test_an_import_says_what_it_did_and_does_it_once(program: Program, tmp_path: Path) -> None:
    mbox = tmp_path / "old.mbox"
    mails = [letter(f"letter {one}", message_id=f"{one}@a.example", hours=one) for one in range(3)]
    mbox.write_bytes(b"".join(b"From a@b Mon Nov  2 2026\n" + mail + b"\n" for mail in mails))
    told = program.json("import", str(mbox))
    assert {*told} >= {"messages", "new", "duplicate", "held", "tickets", "seconds"}
    assert (told["messages"], told["new"], told["duplicate"]) == (3, 3, 0)
    again = program.json("import", str(mbox))
    assert (again["new"], again["duplicate"]) == (0, 3)
    rows = program.json("ticket", "list", "--view", "closed")
    assert {row["status"] for row in rows} == {"closed"}


def test_what_is_no_mail_is_named_and_the_rest_arrives(program: Program, tmp_path: Path) -> None:
    (tmp_path / "good.eml").write_bytes(letter(message_id="g@a.example"))
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a mail")
    said = program.run(
        "import", str(tmp_path / "photo.jpg"), str(tmp_path / "good.eml"), "--json", code=3
    )
    assert (said.json["new"], said.json["held"]) == (1, 1)
    assert said.json["held_files"] == [{"path": str(tmp_path / "photo.jpg"), "reason": "not_mail"}]


def test_a_ticket_shows_every_field_of_the_contract(shop: Program) -> None:
    told = shop.json("ticket", "show", "1")
    assert {*told} >= SHOWN
    [message] = told["messages"]
    assert {*message} >= MESSAGE
    assert message["from"] == {"name": "Mai Lan", "address": "mai@customer.example"}
    assert message["message_id"] == "one@customer.example"
    assert told["customer"]["email"] == "mai@customer.example"
    assert "Where is my parcel?" in shop.run("ticket", "show", "1").out


def test_search_finds_across_chinese_scripts(shop: Program) -> None:
    [found] = shop.json("search", "订单")
    assert {*found} == {"ticket", "message", "subject", "snippet", "score"}
    assert found["ticket"] == 2
    assert "訂單" in found["snippet"]


def test_a_ticket_is_changed_noted_split_and_merged(shop: Program) -> None:
    row = shop.json(
        *("ticket", "set", "1", "--status", "open", "--assignee", "anna"), *("--tag", "parcel")
    )
    assert (row["status"], row["assignee"], row["tags"]) == ("open", "Anna", ["parcel"])
    shop.run("ticket", "note", "1", "--text-file", "-", stdin="Asked the carrier.\n")
    shop.json("ticket", "merge", "2", "1")
    told = shop.json("ticket", "show", "1")
    assert [one["direction"] for one in told["messages"]].count("in") == 2
    moved = next(one["id"] for one in told["messages"] if "退貨" in one["text"])
    assert [one["origin"] for one in told["messages"]].count(2) == 1
    assert [(one["kind"], one["from"], one["to"]) for one in told["moves"]] == [("merge", 2, 1)]
    new = shop.json("ticket", "split", "1", str(moved), "--subject", "Wrong size")
    assert (new["number"], new["subject"]) == (3, "Wrong size")
    refused = shop.run("ticket", "move", "3", str(moved), "--to", "1", code=2).err
    assert "all there is on ticket 3" in refused
    assert shop.json("ticket", "unmerge", "2")["messages"] == 0  # somebody moved it on
    linked = shop.json("ticket", "link", "1", "2", "--as", "child")
    assert [(one["role"], one["number"]) for one in linked["links"]] == [
        ("child", 2),
        ("split_off", 3),
    ]
    shop.run("ticket", "set", "2", "--status", "open")
    assert "still open: 2" in shop.run("ticket", "set", "1", "--status", "solved").err
    assert shop.json("ticket", "link", "2", "1", "--remove")["links"] == []
    assert shop.json("check")["ok"]


def test_a_reply_waits_in_the_outbox_and_can_be_given_up(shop: Program, tmp_path: Path) -> None:
    text = tmp_path / "answer.txt"
    text.write_text("It left today.\n", "utf-8")
    sent = shop.json("ticket", "reply", "1", "--text-file", str(text), "--status", "solved")
    [row] = shop.json("outbox", "list")
    assert {*row} == OUTBOX
    assert (row["id"], row["state"], row["to"]) == (
        sent["outbox"],
        "queued",
        ["mai@customer.example"],
    )
    told = shop.json("ticket", "show", "1")
    assert told["status"] == "solved"
    assert told["messages"][-1]["message_id"] == sent["message_id"]
    assert "It left today." in told["messages"][-1]["text"]
    shop.run("outbox", "cancel", str(sent["outbox"]))
    assert shop.json("outbox", "list") == []
    late = shop.run("outbox", "cancel", str(sent["outbox"]), code=1)
    assert "too late" in late.err


def test_a_reply_given_twice_under_one_id_leaves_once(shop: Program) -> None:
    act = "0d5b5a0e-7c53-4a53-9f0a-3a1d1f0c9a11"
    words = ("ticket", "reply", "1", "--text-file", "-", "--act", act)
    first = shop.json(*words, stdin="It left today.")
    assert shop.json(*words, stdin="It left today.") == first
    assert len(shop.json("outbox", "list")) == 1


def test_a_reply_stands_back_for_what_the_customer_wrote_meanwhile(
    shop: Program, tmp_path: Path
) -> None:
    seen = shop.json("ticket", "show", "1")["messages"][-1]["id"]
    (tmp_path / "more.eml").write_bytes(
        letter("Found it!", message_id="m@c.example", answers=("one@customer.example",), hours=3)
    )
    shop.run("import", str(tmp_path / "more.eml"))
    words = ("ticket", "reply", "1", "--text-file", "-", "--seen", str(seen))
    said = shop.run(*words, stdin="Sorry!", code=1)
    assert "newer message" in said.err
    assert shop.json("outbox", "list") == []


def test_what_a_canned_reply_does_is_done_by_the_command_too_and_status_wins(
    shop: Program, tmp_path: Path
) -> None:
    (tmp_path / "late.en.md").write_text(
        "---\nname: Late\nlanguage: en\nstatus: on_hold\n"
        "add_tags: late\nsnooze: tomorrow\n---\nSoon!\n",
        "utf-8",
    )
    shop.run("canned", "import", str(tmp_path))
    told = shop.json("ticket", "reply", "1", "--canned", "late")
    assert (told["did"]["status"], told["did"]["tags_added"]) == ("on_hold", ["late"])
    assert told["did"]["snooze"]
    ticket = shop.json("ticket", "show", "1")
    assert (ticket["status"], ticket["tags"]) == ("on_hold", ["late"])
    again = shop.json("ticket", "reply", "1", "--canned", "late", "--status", "closed")
    assert again["did"] == {"status": "closed"}
    assert shop.json("ticket", "show", "1")["status"] == "closed"


def test_a_placeholder_without_a_value_stops_the_reply_at_its_place(
    shop: Program, tmp_path: Path
) -> None:
    text = tmp_path / "canned.txt"
    text.write_text("Hello {{ customer.first_name }},\norder {{ order.number }} left.\n", "utf-8")
    shop.run("canned", "add", "Left", "--text-file", str(text))
    rendered = shop.json("canned", "render", "Left", "--ticket", "1")
    assert "Mai" in rendered["text"] or "Lan" in rendered["text"]
    said = shop.run("ticket", "reply", "1", "--canned", "left", "--json", code=1)
    told = json.loads(said.err)["error"]
    assert (told["kind"], told["name"]) == ("unresolved_placeholder", "order.number")
    assert (told["line"], told["column"]) == (2, 7)
    assert shop.json("outbox", "list") == []
    text.write_text("Hello, {{ customer.name }}!", "utf-8")
    shop.run("canned", "add", "Left", "--text-file", str(text))
    shop.run("ticket", "reply", "1", "--canned", "left", "--text-file", "-", stdin="Bye.")
    body = shop.json("ticket", "show", "1")["messages"][-1]["text"]
    assert body.index("Mai Lan!") < body.index("Bye.")


def test_a_call_is_written_down_with_its_facts(shop: Program) -> None:
    shop.json(
        *("ticket", "note", "1", "--text", "She waits.", "--channel", "call"),
        *("--contact", "0912 345 678", "--minutes", "7"),
        *("--outcome", "Resend", "--follow-up", "2026-12-01"),
    )
    told = shop.json("ticket", "show", "1")["messages"][-1]["entry"]
    assert told == {
        "channel": "call",
        "heard": "in",
        "contact": "0912 345 678",
        "minutes": 7,
        "outcome": "Resend",
        "follow_up": "2026-12-01",
    }


def test_who_has_the_desk_and_a_ticket_open_is_told(shop: Program) -> None:
    desk, there = open_house(shop.desk, agent_name="Anna"), threading.Event()
    assert shop.json("agent", "present") == []
    desk.presence.stands(1, desk.tickets.by_number(1), Doing.WRITING)
    with desk.presence.kept(lambda _room: there.set()):
        assert there.wait(60)
        [told] = shop.json("ticket", "show", "1")["present"]
        assert (told["agent"], told["doing"]) == ("Anna", "writing")
        assert "Anna (writing)" in shop.run("ticket", "show", "1").out
        assert [one["name"] for one in shop.json("agent", "present")] == ["Anna"]
    assert shop.json("ticket", "show", "1")["present"] == []
    desk.close()
