"""``ticket forward`` asks a third party, and ``ticket show`` tells it apart."""

from pathlib import Path

from .program import Program


def test_a_forward_is_a_side_thread_of_its_ticket(shop: Program, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("Where is it?", encoding="utf-8")
    to = ("--to", "desk@carrier.example")
    told = shop.json("ticket", "forward", "1", *to, "--text-file", str(words))
    ticket = shop.json("ticket", "show", "1")
    [first, sent] = ticket["messages"]
    assert (sent["id"], sent["message_id"]) == (told["message"], told["message_id"])
    assert sent["side_thread"] == {"id": sent["id"], "with": ["desk@carrier.example"]}
    assert first["side_thread"] is None and ticket["status"] == "closed"
    assert "Where is it?" in sent["text"] and "Where is my parcel?" in sent["text"]
    assert "not seen by the customer" in shop.run("ticket", "show", "1").out


def test_a_forward_to_the_customer_says_why_not(shop: Program) -> None:
    said = shop.run("ticket", "forward", "1", "--to", "mai@customer.example", code=2)
    assert "the ticket's customer" in said.err and len(_messages(shop)) == 1


def _messages(shop: Program) -> list[object]:
    found: list[object] = shop.json("ticket", "show", "1")["messages"]
    return found
