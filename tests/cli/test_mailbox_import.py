"""How much of a mailbox is here: asked for, stopped, audited and told by commands alone."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from deskapp.data.tables.mail import mailbox
from deskapp.wiring import open_house
from tests.servers.dovecot import ImapAccount

from .program import Program

SUPPORT = "support@shop.example"
NOW = datetime.now(UTC)


def mail(number: int) -> bytes:
    return (
        f"From: c{number}@customer.example\r\nTo: {SUPPORT}\r\nSubject: question {number}\r\n"
        f"Message-ID: <q{number}@customer.example>\r\n\r\nWhere is my order?\r\n"
    ).encode()


def add(program: Program, account: ImapAccount, since: str, code: int = 0) -> None:
    program.run(
        *("mailbox", "add", SUPPORT, "--user", account.user, "--since", since),
        *("--imap", f"{account.host}:{account.port}", "--imap-security", "none"),
        *("--smtp", "127.0.0.1:1", "--smtp-security", "none", "--password-stdin"),
        stdin=f"{account.password}\n",
        code=code,
    )


@pytest.fixture
def account(
    imap_account: ImapAccount, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ImapAccount:
    monkeypatch.setenv("DESKAPP_SECRETS", str(tmp_path / "secrets.json"))
    imap_account.deliver(mail(1), received=NOW - timedelta(days=300))
    imap_account.deliver(mail(2), received=NOW - timedelta(days=2))
    return imap_account


def test_an_audit_says_that_every_mail_is_here_and_what_was_not_asked_for(
    program: Program, account: ImapAccount
) -> None:
    add(program, account, "30d")
    told = program.json("mailbox", "audit", SUPPORT)
    assert told["complete"] and told["missing"] == []
    assert told["sentence"].startswith("1 of 1: every mail on the server is here. 1 more")
    assert (told["on_server"], told["stored"], told["not_asked"]) == (2, 1, 1)
    inbox = next(folder for folder in told["folders"] if folder["name"] == "INBOX")
    assert (inbox["on_server"], inbox["stored"], inbox["not_asked"]) == (2, 1, 1)
    assert inbox["last_full_check"]
    program.run("mailbox", "reach", SUPPORT, "all")
    said = program.run("mailbox", "audit", SUPPORT).out
    assert "2 of 2: every mail on the server is here." in said
    tickets = program.json("ticket", "list", "--view", "all")
    assert {ticket["status"] for ticket in tickets} == {"new", "closed"}
    [row] = program.json("mailbox", "list")
    assert {*row} >= {"id", "address", "on_server", "stored", "held", "state", "last_success"}
    assert (row["lease"], row["state_text"]) == (None, "nobody fetches it now")


def test_a_stopped_import_is_told_in_words_and_goes_on_by_itself_at_the_next_start(
    program: Program, account: ImapAccount
) -> None:
    add(program, account, "all")
    program.run("mailbox", "stop", SUPPORT)
    told = program.json("mailbox", "audit", SUPPORT, code=3)
    [missing] = told["missing"]
    assert (missing["reason"], missing["count"], missing["uids"]) == ("stopped", 2, [1, 2])
    assert "import stopped by you" in told["state_text"]
    assert not program.json("mailbox", "resume", SUPPORT)["stopped"]
    program.run("mailbox", "stop", SUPPORT, "--until-start")
    assert program.json("engine", "--once")["mailboxes"][0]["new"] == 2
    assert not program.json("mailbox", "list")[0]["stopped"]


def test_a_held_mail_is_listed_by_check_and_by_an_audit(
    program: Program, account: ImapAccount
) -> None:
    account.deliver(b"")
    add(program, account, "all")
    told = program.json("mailbox", "audit", SUPPORT, code=3)
    [missing] = told["missing"]
    assert (missing["state"], missing["reason"], missing["stored"]) == ("held", "empty", True)
    assert "3 of 3: every mail on the server is here; 1 of them cannot be read" in told["sentence"]
    checked = program.json("check")
    assert checked["ok"] and [one["reason"] for one in checked["held"]] == ["empty"]
    assert checked["mailboxes"][0]["stored"] == 2
    said = program.run("check").out
    assert f"{SUPPORT}, INBOX, UID 3: held, empty" in said
    assert "3 of 3 here, compared with the server" in said


def test_a_named_folder_that_is_not_on_the_server_is_not_called_complete(
    program: Program, account: ImapAccount
) -> None:
    add(program, account, "all")
    with closing(open_house(program.desk)) as desk:
        [row] = desk.mailboxes.list()
        desk.mailboxes.update(row.id, replace(row.settings, folders=("Returns",)))
    told = program.json("mailbox", "audit", SUPPORT, code=3)
    assert told["sentence"] == (
        "2 of 2: every mail in the other folders is here. Could not be looked at: Returns."
    )
    assert not told["complete"]
    names = [folder["name"] for folder in told["folders"]]
    assert names[0] == "INBOX" and names[-1] == "Returns"
    said = program.run("check").out
    assert f"{SUPPORT}: folder missing (Returns) since" in said
    assert "All is well." not in said


def test_all_is_well_only_with_every_mailbox_compared_and_in_reach(
    program: Program, account: ImapAccount
) -> None:
    assert "All is well." in program.run("check").out
    add(program, account, "all")
    said = program.run("check").out
    assert f"{SUPPORT}: not compared with its server yet." in said
    assert "All is well." not in said
    program.run("engine", "--once")
    assert "All is well." in program.run("check").out
    with closing(open_house(program.desk)) as desk, desk.database.writing() as unit:
        unit.connection.execute(update(mailbox).values(imap_port=1))
    program.run("engine", "--once", code=5)
    said = program.run("check").out
    assert f"{SUPPORT}: offline since" in said and "2 of 2 here, compared" in said
    assert "All is well." not in said
