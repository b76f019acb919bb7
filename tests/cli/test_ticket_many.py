"""Several tickets by one command, one undo for all of them, and handing a ticket over."""

from datetime import datetime, timedelta
from pathlib import Path

from .program import Program


def test_several_tickets_are_one_act_and_one_undo(shop: Program) -> None:
    told = shop.json("ticket", "set", "1", "2", "--tag", "late", "--status", "open")
    assert told == {"tickets": 2, "changed": 2, "dry_run": False}
    assert shop.json("ticket", "set", "--matching", "tag:late", "--dry-run")["tickets"] == 2
    found = shop.json("ticket", "set", "--matching", "退货 status:open", "--status", "solved")
    assert (found["tickets"], found["changed"]) == (1, 1)
    assert "1 tickets changed" in shop.run("ticket", "set", "--view", "all_open", "--tag", "x").out
    assert shop.json("ticket", "undo")["restored"] == 1
    assert shop.json("ticket", "undo")["kind"] == "edit"
    assert shop.json("ticket", "undo")["restored"] == 2
    assert shop.json("ticket", "show", "1")["tags"] == []
    assert "nothing of yours" in shop.run("ticket", "undo", code=1).err
    typo = shop.run("ticket", "set", "--matching", "status:opne", "--tag", "x", code=2)
    assert "no operator" in typo.err
    assert "--matching" in shop.run("ticket", "set", "--tag", "x", code=2).err


def test_a_ticket_is_handed_over_to_a_team_and_to_a_department(shop: Program) -> None:
    shop.run("team", "add", "Kho")
    words = ("--needed", "Count the shelf", "--tried", "Asked the shop", "--by", "2026-12-01")
    told = shop.json("ticket", "hand-over", "1", "--team", "kho", *words)
    shown = shop.json("ticket", "show", "1")
    assert (told["team"], shown["team"], shown["due_at"][:10]) == ("Kho", "Kho", "2026-12-01")
    assert shown["messages"][-1]["id"] == told["note"]
    assert "Count the shelf" in shown["messages"][-1]["text"]
    address = ("--to", "money@partner.example")
    sent = shop.json("ticket", "hand-over", "2", *address, "--name", "Billing", "--needed", "Pay")
    assert shop.json("outbox", "list")[0]["id"] == sent["outbox"]
    assert shop.json("ticket", "show", "2")["waits_for"] == "third_party"
    again = shop.json("ticket", "hand-over", "2", "--to", "billing", "--needed", "Pay soon")
    assert again["to"] == "money@partner.example"
    both = shop.run("ticket", "hand-over", "1", *address, "--team", "Kho", "--needed", "x", code=2)
    assert "--team or --to" in both.err


def test_the_next_working_day_is_the_desks(shop: Program, tmp_path: Path) -> None:
    days = tmp_path / "days.txt"
    tomorrow = datetime.now().astimezone().date() + timedelta(days=1)
    days.write_text(f"{tomorrow} Tết\n", encoding="utf-8")
    told = shop.json("working-days", "--week", "1234567", "--text-file", str(days))
    assert (told["week"], told["days"][0]["name"]) == ("1234567", "Tết")
    shop.run("ticket", "set", "1", "--status", "open")
    snoozed = shop.json("ticket", "set", "1", "--snooze", "working_day")["snoozed"]
    local = datetime.fromisoformat(snoozed.removesuffix(" or reply")).astimezone()
    assert local.date() == tomorrow + timedelta(days=1)
    assert "Monday is 1" in shop.run("working-days", "--week", "8", code=2).err
