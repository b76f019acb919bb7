"""A new desk and the program on it, on each database."""

from pathlib import Path

import pytest

from .program import Program


@pytest.fixture
def program(desk_url: str) -> Program:
    """The program on a desk that has just been made."""
    made = Program(desk_url)
    made.run("init")
    return made


@pytest.fixture
def shop(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The same with an agent who acts, a mailbox nobody fetches, and two letters."""
    from tests.desk.letters import letter

    monkeypatch.setenv("DESKAPP_AGENT", "Anna")
    program.run("agent", "add", "Anna", DESKAPP_AGENT="")
    program.run(
        *("mailbox", "add", "support@shop.example"),
        *("--imap", "127.0.0.1:1", "--imap-security", "none"),
        *("--smtp", "127.0.0.1:1", "--smtp-security", "none"),
    )
    (tmp_path / "one.eml").write_bytes(letter(message_id="one@customer.example"))
    (tmp_path / "two.eml").write_bytes(
        letter(
            "我想退貨。訂單 2001",
            subject="退貨",
            sender="王小明 <wang@customer.example>",
            message_id="two@customer.example",
            hours=2,
        )
    )
    program.run("import", str(tmp_path / "one.eml"), str(tmp_path / "two.eml"))
    return program
