"""Servers that lie, cut and inject: nothing is lost, mixed up or believed."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries.ledger_retry import retry_after
from deskapp.data.tables.mail import server_mail
from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail import folder_sync, imap_line
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FolderResult, FolderSync
from tests.data.mail_rows import add_folder, add_mailbox, new_desk
from tests.servers.scripted_imap import ScriptedImap, Send

MAILS = {uid: b"Subject: %d\r\n\r\nmail %d\r\n" % (uid, uid) for uid in (3, 5, 8, 13)}


def way(server: ScriptedImap, security: Security = Security.NONE) -> Server:
    return Server("127.0.0.1", server.port, security, "support")


@pytest.fixture
def database(desk_file: str) -> Iterator[Database]:
    with new_desk(desk_file) as opened:
        yield opened


@pytest.fixture
def folder(database: Database) -> FolderId:
    return add_folder(database, add_mailbox(database))


@pytest.fixture
def sync(database: Database, folder: FolderId, scripted_imap: ScriptedImap) -> FolderSync:
    scripted_imap.mails = dict(MAILS)
    return FolderSync(database, folder, "INBOX")


def one_round(server: ScriptedImap, sync: FolderSync) -> FolderResult | Problem:
    try:
        line = ImapConnection.open(way(server), "sesame")
    except Problem as problem:
        return problem
    try:
        return sync.run(line)
    except Problem as problem:
        return problem
    finally:
        line.drop()


def ledger(database: Database) -> dict[int, str]:
    with database.reading() as reading:
        rows = reading.execute(select(server_mail.c.uid, server_mail.c.state))
        return {row.uid: row.state for row in rows}


def test_a_mail_missing_from_one_listing_is_asked_for_before_it_counts_as_gone(
    scripted_imap: ScriptedImap, sync: FolderSync, database: Database
) -> None:
    one_round(scripted_imap, sync)
    with database.writing() as unit:
        unit.connection.execute(
            server_mail.update().values(filed_at=server_mail.c.stored_at, message_id=None)
        )

    def forgets_5(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if command != "UID SEARCH ALL":
            return False
        send(f"* SEARCH 3 8 13\r\n{tag} OK done\r\n".encode())
        return True

    scripted_imap.answers = [forgets_5]
    scripted_imap.mails[21] = b"new"
    one_round(scripted_imap, sync)
    assert ledger(database)[5] == "stored"
    del scripted_imap.mails[5]
    scripted_imap.mails[22] = b"newer"
    one_round(scripted_imap, sync)
    assert ledger(database)[5] == "vanished"


def test_a_literal_beyond_all_measure_is_not_read(
    scripted_imap: ScriptedImap, sync: FolderSync, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_line, "LARGEST_LITERAL", 1000)
    scripted_imap.mails[8] = b"x" * 2000
    broken = one_round(scripted_imap, sync)
    assert isinstance(broken, Problem)
    assert broken.kind is ProblemKind.OFFLINE


def test_a_silent_server_is_given_up_after_its_time(scripted_imap: ScriptedImap) -> None:
    scripted_imap.answers = [lambda server, tag, command, send: command.startswith("EXAMINE")]
    line = ImapConnection.open(way(scripted_imap), "sesame", answer_seconds=0.2)
    with pytest.raises(Problem) as caught:
        line.select("INBOX")
    assert caught.value.kind is ProblemKind.OFFLINE
    line.drop()


@pytest.mark.parametrize("security", [Security.NONE, Security.STARTTLS])
def test_preauth_ends_the_session_before_anything_is_said(
    scripted_imap: ScriptedImap, security: Security
) -> None:
    scripted_imap.greeting = b"* PREAUTH welcome back\r\n"
    scripted_imap.capabilities = "IMAP4rev1 STARTTLS"
    with pytest.raises(Problem) as caught:
        ImapConnection.open(way(scripted_imap, security), "sesame")
    assert caught.value.kind is ProblemKind.TLS_UNAVAILABLE
    assert not any(b"sesame" in line for line in scripted_imap.received)


def test_a_server_without_starttls_gets_no_password(scripted_imap: ScriptedImap) -> None:
    with pytest.raises(Problem) as caught:
        ImapConnection.open(way(scripted_imap, Security.STARTTLS), "sesame")
    assert caught.value.kind is ProblemKind.TLS_UNAVAILABLE
    assert not any(b"sesame" in line for line in scripted_imap.received)


def test_plain_text_is_spoken_to_this_machine_only() -> None:
    with pytest.raises(Problem) as caught:
        ImapConnection.open(Server("imap.example.org", 143, Security.NONE, "support"), "sesame")
    assert caught.value.kind is ProblemKind.PLAIN_NOT_LOOPBACK


@pytest.mark.parametrize("bad", ["a\r\nA1 DELETE INBOX", "a\nb", "a\rb", "a\0b"])
def test_no_argument_starts_a_command_of_its_own(scripted_imap: ScriptedImap, bad: str) -> None:
    line = ImapConnection.open(way(scripted_imap), "sesame")
    line.select("INBOX")
    before = len(scripted_imap.received)
    for call in (
        lambda: line.select(bad),
        lambda: line.has_message_id(bad),
        lambda: line.append(bad, b"", folder_sync._now()),
    ):
        with pytest.raises(Problem) as caught:
            call()
        assert caught.value.kind is ProblemKind.INVALID
    line.drop()
    for user, password in ((bad, "sesame"), ("support", bad)):
        with pytest.raises(Problem, match="invalid"):
            ImapConnection.open(
                Server("127.0.0.1", scripted_imap.port, Security.NONE, user), password
            )
    assert not any(b"DELETE" in told for told in scripted_imap.received[before:])


def test_a_program_introduces_itself_where_the_server_asks_for_it(
    scripted_imap: ScriptedImap,
) -> None:
    scripted_imap.capabilities = "IMAP4rev1 ID"
    line = ImapConnection.open(way(scripted_imap), "sesame")
    line.select("INBOX")
    names = [told.split()[1] for told in scripted_imap.received]
    assert names.index(b"ID") < names.index(b"EXAMINE")
    line.close()


def test_a_mail_waits_ever_longer_when_it_will_not_come() -> None:
    waits = [retry_after(tries) for tries in range(8)]
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
