"""``parse``: one line of JSON per file, every field of the contract (DESIGN section 6)."""

from pathlib import Path

import pytest

from tests.desk.letters import letter

from .program import Program

FIELDS = [
    *("file", "message_id", "in_reply_to", "references", "date", "from", "reply_to", "to", "cc"),
    *("subject", "text", "reply_text", "html", "attachments", "kind", "language", "bounce"),
    "defects",
]


@pytest.fixture
def nowhere(tmp_path: Path) -> Program:
    """The program with no desk at all."""
    return Program(str(tmp_path / "none.db"))


def test_a_letter_is_told_field_by_field(nowhere: Program, tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(
        letter(
            "Hello\n\nOn Mon, 2 Nov 2026 at 10:00, Anna wrote:\n> Good day\n",
            message_id="a@b.example",
            answers=("x@b.example", "y@b.example"),
            file=("list.bin", b"123"),
        )
    )
    [told] = nowhere.run("parse", str(file)).lines
    assert list(told) == FIELDS
    assert told["file"] == str(file)
    assert (told["message_id"], told["in_reply_to"]) == ("a@b.example", "y@b.example")
    assert told["references"] == ["x@b.example", "y@b.example"]
    assert told["date"] == "2026-11-02T09:00:00+00:00"
    assert told["from"] == {"name": "Mai Lan", "address": "mai@customer.example"}
    assert told["reply_text"].strip() == "Hello"
    assert told["bounce"] is None
    [attached] = told["attachments"]
    assert list(attached) == [
        *("filename", "content_type", "size", "inline", "content_id", "sha256")
    ]
    assert not Path(nowhere.desk).exists()


def test_each_file_has_its_line_and_what_cannot_be_read_is_said(
    nowhere: Program, tmp_path: Path
) -> None:
    good, empty = tmp_path / "good.eml", tmp_path / "empty.eml"
    good.write_bytes(letter(message_id="a@b.example"))
    empty.write_bytes(b"")
    said = nowhere.run("parse", str(good), str(empty), str(tmp_path / "gone.eml"), code=3)
    first, second, third = said.lines
    assert first["message_id"] == "a@b.example"
    assert second["error"]["reason"] == "empty"
    assert third["error"]["kind"] == "file_unreadable"


def test_a_sender_is_verified_by_the_named_server_alone(nowhere: Program, tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    found = "dkim=pass header.d=bank.example"
    file.write_text(
        f"Authentication-Results: mx.lotus.example; {found}\n"
        "From: ceo@bank.example\nSubject: Hello\n\nHello\n"
    )
    names = {"mx.lotus.example": "passed", "mx.other.example": "unknown"}
    for name, verdict in names.items():
        told = nowhere.json("parse", str(file), "--authserv-id", name)
        assert told["sender_verdict"] == verdict
    assert "sender_verdict" not in nowhere.json("parse", str(file))
