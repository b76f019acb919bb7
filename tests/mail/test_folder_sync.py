"""A folder brought here from a real server: everything once, and nothing believed too early."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries.ledger_counts import folder_counts
from deskapp.data.tables.mail import server_mail
from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail import connection as connections
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FolderSync
from tests.data.mail_rows import add_folder, add_mailbox, new_desk
from tests.servers.dovecot import ImapAccount


def mail(number: int, size: int = 200) -> bytes:
    return (
        f"From: c{number}@example.org\r\nSubject: order {number}\r\n"
        f"Message-ID: <m{number}@example.org>\r\n\r\n{'x' * size}\r\n"
    ).encode()


def stored(database: Database, folder: FolderId) -> dict[int, tuple[str, str | None]]:
    with database.reading() as reading:
        rows = reading.execute(
            select(server_mail.c.uid, server_mail.c.state, server_mail.c.sha256).where(
                server_mail.c.folder_id == folder
            )
        )
        return {row.uid: (row.state, row.sha256) for row in rows}


def hashes(mails: list[bytes]) -> list[str]:
    return sorted(hashlib.sha256(one).hexdigest() for one in mails)


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


@pytest.fixture
def folder(database: Database) -> FolderId:
    return add_folder(database, add_mailbox(database))


def new_line(imap_account: ImapAccount) -> ImapConnection:
    server = Server("127.0.0.1", imap_account.port, Security.NONE, imap_account.user)
    return ImapConnection.open(server, imap_account.password)


@pytest.fixture
def line(imap_account: ImapAccount) -> Iterator[ImapConnection]:
    opened = new_line(imap_account)
    yield opened
    opened.close()


def test_every_mail_arrives_byte_for_byte_and_the_server_is_left_as_it_was(
    imap_account: ImapAccount, line: ImapConnection, database: Database, folder: FolderId
) -> None:
    mails = [mail(number) for number in range(450)] + [mail(900, 3_000_000), b"no header at all"]
    imap_account.deliver(*mails)
    before = imap_account.flags()
    told: list[tuple[int, int]] = []
    sync = FolderSync(database, folder, "INBOX", progress=lambda *seen: told.append(seen))
    result = sync.run(line)
    assert (result.on_server, result.new, result.left_out) == (452, 452, 0)
    here = stored(database, folder)
    assert sorted(sha or "" for _, sha in here.values()) == hashes(imap_account.mails())
    assert set(here) == set(imap_account.uids())
    assert told[-1] == (452, 452)
    assert imap_account.flags() == before


def test_a_second_look_fetches_what_is_new_and_sees_what_is_gone(
    imap_account: ImapAccount, line: ImapConnection, database: Database, folder: FolderId
) -> None:
    imap_account.deliver(*(mail(number) for number in range(10)))
    sync = FolderSync(database, folder, "INBOX")
    sync.run(line)
    with database.writing() as unit:
        unit.connection.execute(
            server_mail.update().values(filed_at=datetime(2026, 11, 21, tzinfo=UTC))
        )
    assert sync.run(line).new == 0
    imap_account.remove([2, 5])
    imap_account.deliver(mail(77))
    assert sync.run(line).new == 1
    here = stored(database, folder)
    assert {uid for uid, (state, _) in here.items() if state == "vanished"} == {2, 5}
    assert len(here) == 11


def test_a_new_uidvalidity_keeps_everything_and_files_nothing_twice(
    imap_account: ImapAccount, line: ImapConnection, database: Database, folder: FolderId
) -> None:
    imap_account.deliver(*(mail(number) for number in range(30)))
    sync = FolderSync(database, folder, "INBOX")
    sync.run(line)
    filed = datetime(2026, 11, 21, tzinfo=UTC)
    with database.writing() as unit:
        unit.connection.execute(server_mail.update().values(filed_at=filed))
    imap_account.renew_uidvalidity()
    imap_account.deliver(mail(99))
    with closing(new_line(imap_account)) as again:
        assert sync.run(again).new == 31
    with database.reading() as reading:
        rows = reading.execute(
            select(server_mail.c.state, server_mail.c.filed_at.is_not(None).label("filed"))
        ).all()
        [(count,)] = folder_counts(reading).values()
    assert [tuple(row) for row in rows].count(("vanished", True)) == 30
    assert [tuple(row) for row in rows].count(("stored", True)) == 30
    assert [tuple(row) for row in rows].count(("stored", False)) == 1
    assert (count.on_server, count.stored, count.vanished) == (31, 31, 0)


def test_stopped_between_batches_it_goes_on_where_it_was(
    imap_account: ImapAccount, line: ImapConnection, database: Database, folder: FolderId
) -> None:
    imap_account.deliver(*(mail(number) for number in range(500)))
    stop = Event()
    sync = FolderSync(database, folder, "INBOX", stop=stop, progress=lambda *_: stop.set())
    first = sync.run(line)
    assert first.stopped
    assert first.new == len(stored(database, folder)) < 500
    stop.clear()
    second = FolderSync(database, folder, "INBOX").run(line)
    assert first.new + second.new == 500
    assert min(uid for uid in imap_account.uids()) in stored(database, folder)


def test_a_huge_folder_is_listed_in_windows_of_uids(
    imap_account: ImapAccount, line: ImapConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap_account.deliver(*(mail(number) for number in range(40)))
    imap_account.remove(range(5, 20))
    monkeypatch.setattr(connections, "_WINDOW", 7)
    monkeypatch.setattr(ImapConnection, "can", lambda self, capability: False)
    line.select("INBOX")
    assert line.list_uids() == set(imap_account.uids())
    assert line.still_there([1, 6, 40, 999]) == {1, 40}


def test_a_folder_that_is_not_there_is_named(line: ImapConnection) -> None:
    with pytest.raises(Problem) as caught:
        line.select("Archiv/Ünknown")
    assert caught.value.kind is ProblemKind.FOLDER_MISSING


def test_idle_hears_of_new_mail(imap_account: ImapAccount, line: ImapConnection) -> None:
    line.select("INBOX")
    line.idle()
    assert not line.hears(0.05)
    imap_account.deliver(mail(1))
    assert any(line.hears(1.0) for _ in range(10))
    assert line.done()
    assert line.select("INBOX").exists == 1


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_protected_lines_are_verified(
    imap_account: ImapAccount, trusted_authority: object, security: Security
) -> None:
    port = imap_account.tls_port if security is Security.TLS else imap_account.port
    server = Server("localhost", port, security, imap_account.user)
    ImapConnection.open(server, imap_account.password).close()


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_nobody_vouches_for_ends_it(
    imap_account: ImapAccount, security: Security
) -> None:
    port = imap_account.tls_port if security is Security.TLS else imap_account.port
    server = Server("localhost", port, security, imap_account.user)
    with pytest.raises(Problem) as caught:
        ImapConnection.open(server, imap_account.password)
    assert caught.value.kind is ProblemKind.TLS_UNTRUSTED


def test_a_wrong_password_is_told_in_the_servers_words(imap_account: ImapAccount) -> None:
    server = Server("127.0.0.1", imap_account.port, Security.NONE, imap_account.user)
    with pytest.raises(Problem) as caught:
        ImapConnection.open(server, "wrong")
    assert caught.value.kind is ProblemKind.SIGN_IN_REFUSED
    assert "AUTHENTICATIONFAILED" in str(caught.value.details["said"])
