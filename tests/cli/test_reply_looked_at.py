"""``ticket reply`` looks twice as the window does, and says where a reply leaves from."""

import json
from pathlib import Path

from tests.cli.program import Program
from tests.desk.letters import letter

WORDS = ("ticket", "reply", "1", "--text-file", "-")


def test_what_looks_wrong_is_held_back_and_said_until_anyway_is_given(shop: Program) -> None:
    text = "Dear Boris,\nplease find the invoice attached."
    said = shop.run(*WORDS, stdin=text, code=1)
    assert "“Boris”" in said.err and "attached" in said.err and "--anyway" in said.err
    told = json.loads(shop.run(*WORDS, "--json", stdin=text, code=1).err)["error"]
    assert told["kind"] == "cautions"
    assert [one["kind"] for one in told["cautions"]] == ["other_name", "no_attachment"]
    assert text[told["cautions"][0]["start"] :].startswith("Boris")
    assert shop.json("outbox", "list") == []
    shop.json(*WORDS, "--anyway", stdin=text)
    assert len(shop.json("outbox", "list")) == 1


def test_a_reply_that_was_held_back_leaves_no_draft_with_its_files(
    shop: Program, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"1")
    shop.run(*WORDS, "--attach", str(tmp_path / "a.txt"), stdin="Dear Boris, hello.", code=1)
    shop.run("export", str(tmp_path / "out"))
    assert shop.json("outbox", "list") == []
    sent = shop.json(*WORDS, stdin="Hello.")
    assert shop.json("ticket", "show", "1")["messages"][-1]["id"] == sent["message"]


def test_from_and_a_reply_to_elsewhere_are_said(shop: Program, tmp_path: Path) -> None:
    shop.run(
        "mailbox", "add", "sales@shop.example", "--imap", "127.0.0.1:143", "--imap-security",
        "none", "--smtp", "127.0.0.1:25", "--smtp-security", "none", "--alias", "vip@shop.example",
    )  # fmt: skip
    (tmp_path / "more.eml").write_bytes(
        letter(
            "Pay here instead.",
            message_id="m@c.example",
            answers=("one@customer.example",),
            hours=3,
            headers={"Reply-To": "mai@evil.example"},
        )
    )
    shop.run("import", str(tmp_path / "more.eml"))
    said = shop.run(*WORDS, "--from", "vip@shop.example", stdin="Hello.")
    assert "leaves from vip@shop.example; the customer wrote to support@shop.example" in said.err
    assert "mai@evil.example" in said.err and "another domain" in said.err
    shown = shop.json("ticket", "show", "1")["messages"][-1]
    assert shown["from"]["address"] == "vip@shop.example"
    wrong = shop.run(*WORDS, "--from", "me@rival.example", stdin="Hello.", code=2)
    assert "none of this desk's addresses" in wrong.err
