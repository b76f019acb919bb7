"""A poll costs little, and what left or did not come is noticed."""

from datetime import UTC, datetime, timedelta

from deskapp.data.database import Database
from deskapp.data.tables.mail import server_mail
from deskapp.domain.ids import FolderId
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FolderSync
from tests.servers.dovecot import ImapAccount
from tests.servers.scripted_imap import ScriptedImap, Send
from tests.servers.wire import Wire

from .rows import MAILS, mail, states


def test_a_quiet_folder_costs_one_exchange_however_many_mails_it_has(
    imap_account: ImapAccount,
    line: ImapConnection,
    wire: Wire,
    sync: FolderSync,
    database: Database,
    folder: FolderId,
) -> None:
    imap_account.deliver(*map(mail, range(MAILS)))
    sync.run(line)
    imap_account.remove(range(2, MAILS, 2))  # every second UID: the whole list would be long
    sync.run(line)
    before = wire.sent, wire.received
    for again in (sync, FolderSync(database, folder, "INBOX")):  # this engine, and one started anew
        assert again.run(line).on_server == MAILS // 2 + 1
    newest_too = 60, 200  # the new one knows not when the newest were asked for
    assert wire.sent - before[0] < 2 * 40 + newest_too[0]
    assert wire.received - before[1] < 2 * 500 + newest_too[1]


def test_ten_new_mails_are_asked_for_alone_and_counted(
    imap_account: ImapAccount, line: ImapConnection, sync: FolderSync, database: Database
) -> None:
    imap_account.deliver(*map(mail, range(MAILS)))
    sync.run(line)
    imap_account.deliver(*map(mail, range(100, 110)))
    asked: list[tuple[int, int]] = []
    between = line.uids_between
    line.uids_between = lambda *window: asked.append(window) or between(*window)  # type: ignore
    line.list_uids = None  # type: ignore[assignment,method-assign]  # a full list would fail
    result = sync.run(line)
    assert (result.new, result.on_server) == (10, MAILS + 10)
    assert asked == [(MAILS + 1, MAILS + 11)]
    assert set(states(database)) == set(imap_account.uids())


def test_a_mail_that_left_while_others_came_is_noticed(
    imap_account: ImapAccount, line: ImapConnection, sync: FolderSync, database: Database
) -> None:
    imap_account.deliver(*map(mail, range(5)))
    sync.run(line)
    with database.writing() as unit:
        unit.connection.execute(server_mail.update().values(filed_at=datetime.now(UTC)))
    imap_account.deliver(mail(10), mail(11))
    imap_account.remove([2])
    result = sync.run(line)
    assert (result.new, result.on_server) == (2, 6)
    assert [uid for uid, state in states(database).items() if state == "vanished"] == [2]


def test_a_mail_that_did_not_come_is_asked_for_again_in_a_brief_look(
    scripted_imap: ScriptedImap, scripted_line: ImapConnection, sync: FolderSync, database: Database
) -> None:
    def withholds_7(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if "BODY" not in command:
            return False
        for uid in sorted(server._asked(command.upper()) - {7}):
            send(server.fetched(uid))
        send(f"{tag} OK done\r\n".encode())
        return True

    scripted_imap.answers = [withholds_7]
    sync.run(scripted_line)
    assert states(database)[7] == "pending"
    scripted_imap.answers = []
    assert sync.run(scripted_line).new == 0  # its time has not come
    with database.writing() as unit:
        unit.connection.execute(server_mail.update().values(retry_at=None))
    scripted_imap.received.clear()
    assert sync.run(scripted_line).new == 1
    assert not any(b"SEARCH ALL" in told for told in scripted_imap.received)
    assert set(states(database).values()) == {"stored"}


def test_a_wait_that_a_wrong_clock_began_is_over(
    scripted_imap: ScriptedImap, scripted_line: ImapConnection, sync: FolderSync, database: Database
) -> None:
    scripted_imap.answers = [lambda server, tag, command, send: _refuse(tag, command, send)]
    sync.run(scripted_line)
    scripted_imap.answers = []
    with database.writing() as unit:
        in_years = datetime.now(UTC) + timedelta(days=900)
        unit.connection.execute(server_mail.update().values(retry_at=in_years))
    assert sync.run(scripted_line).new == 10


def _refuse(tag: str, command: str, send: Send) -> bool:
    if "BODY" in command:
        send(f"{tag} OK nothing\r\n".encode())
    return "BODY" in command
