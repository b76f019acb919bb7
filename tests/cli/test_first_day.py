"""Setting up and fetching with commands alone, against a real mail server."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.letters import letter
from tests.servers.dovecot import ImapAccount
from tests.servers.smtp_sink import SmtpSink

from .program import Program


@pytest.fixture
def program(program: Program) -> Program:
    """Started as a person starts it, here where all parts are joined."""
    return replace(program, started=True)


def test_init_is_done_once_and_remembered(new_desk_url: str) -> None:
    program = Program(new_desk_url, started=True)
    told = program.json("init")
    assert told["schema"] == "0001"
    assert program.json("init") == told
    assert Program("", started=True).json("ticket", "list") == []


def test_mail_is_fetched_answered_and_the_answer_arrives(
    program: Program,
    imap_account: ImapAccount,
    smtp_sink: SmtpSink,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESKAPP_SECRETS", str(tmp_path / "secrets.json"))
    imap_account.deliver(letter(message_id="one@customer.example"))
    program.run(
        *("mailbox", "add", "support@shop.example", "--user", imap_account.user),
        *("--imap", f"{imap_account.host}:{imap_account.port}", "--imap-security", "none"),
        *("--smtp", f"127.0.0.1:{smtp_sink.port}", "--smtp-security", "none"),
        "--password-stdin",
        stdin=f"{imap_account.password}\n",
    )
    program.run("mailbox", "test", "support@shop.example")
    [fetched] = program.json("engine", "--once")["mailboxes"]
    assert {*fetched} >= {"address", "on_server", "stored", "new", "held", "seconds"}
    assert (fetched["on_server"], fetched["stored"], fetched["new"]) == (1, 1, 1)
    sent = program.json("ticket", "reply", "1", "--text-file", "-", stdin="It left today.")
    assert program.json("engine", "--once")["sent"] == 1
    [arrived] = smtp_sink.mails
    assert f"<{sent['message_id']}>".encode() in arrived.content
    assert program.json("check")["ok"]


def test_a_wrong_password_is_exit_code_4(program: Program, imap_account: ImapAccount) -> None:
    program.run(
        *("mailbox", "add", "support@shop.example", "--user", imap_account.user),
        *("--imap", f"{imap_account.host}:{imap_account.port}", "--imap-security", "none"),
        *("--smtp", "127.0.0.1:1", "--smtp-security", "none"),
    )
    said = program.run("engine", "--once", code=4, DESKAPP_PASSWORD="wrong")
    assert "refused the name or the password" in said.err
    assert "wrong" not in said.out + said.err.replace("wrong password", "")
