"""A poll costs little, and no number a server tells can make it miss a mail for long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from deskapp.data.database import Database
from deskapp.data.queries.folders import folder_mark
from deskapp.data.tables.mail import folder as folder_table
from deskapp.data.tables.mail import server_mail
from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.mail import folder_look, folder_sync
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FULL_CHECK, FolderSync
from tests.data.mail_rows import add_folder, add_mailbox, new_desk
from tests.servers.dovecot import ImapAccount
from tests.servers.scripted_imap import ScriptedImap, Send
from tests.servers.wire import NewWire, Wire

from .lies import to

MAILS = 60


def mail(number: int) -> bytes:
    return b"Subject: %d\r\nMessage-ID: <m%d@example.org>\r\n\r\nmail %d\r\n" % ((number,) * 3)


@pytest.fixture
def database(desk_file: str) -> Iterator[Database]:
    with new_desk(desk_file) as opened:
        yield opened


@pytest.fixture
def folder(database: Database) -> FolderId:
    return add_folder(database, add_mailbox(database))


@pytest.fixture
def sync(database: Database, folder: FolderId) -> FolderSync:
    return FolderSync(database, folder, "INBOX")


@pytest.fixture
def wire(imap_account: ImapAccount, new_wire: NewWire) -> Wire:
    return new_wire(imap_account.port)


@pytest.fixture
def line(imap_account: ImapAccount, wire: Wire) -> Iterator[ImapConnection]:
    server = Server("127.0.0.1", wire.port, Security.NONE, imap_account.user)
    opened = ImapConnection.open(server, imap_account.password)
    yield opened
    opened.close()


@pytest.fixture
def scripted_line(scripted_imap: ScriptedImap) -> Iterator[ImapConnection]:
    scripted_imap.mails = {uid: mail(uid) for uid in range(1, 11)}
    server = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
    opened = ImapConnection.open(server, "sesame")
    yield opened
    opened.drop()


def states(database: Database) -> dict[int, str]:
    with database.reading() as reading:
        rows = reading.execute(server_mail.select().order_by(server_mail.c.uid))
        return {row.uid: row.state for row in rows}


def check_age(database: Database, age: timedelta) -> None:
    with database.writing() as unit:
        at = datetime.now(UTC) - age
        unit.connection.execute(update(folder_table).values(last_full_check_at=at))


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


def told(**numbers: int) -> object:
    """An answer to EXAMINE with numbers of our choosing, whatever the folder holds."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not command.startswith("EXAMINE"):
            return False
        send(b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n" % numbers["exists"])
        send(b"* OK [UIDNEXT %d] x\r\n" % numbers["uidnext"])
        send(b"* OK [HIGHESTMODSEQ %d] x\r\n" % numbers.get("modseq", 5))
        send(f"{tag} OK done\r\n".encode())
        return True

    return answer


@pytest.mark.parametrize(
    "lie",
    [
        {"exists": 11, "uidnext": 11},  # UIDNEXT stands still
        {"exists": 11, "uidnext": 3},  # and goes back
        {"exists": 10, "uidnext": 12},  # EXISTS stands still
        {"exists": 0, "uidnext": 12},
        {"exists": 500, "uidnext": 900},
    ],
)
def test_numbers_that_do_not_add_up_are_followed_by_the_whole_list(
    scripted_imap: ScriptedImap,
    scripted_line: ImapConnection,
    sync: FolderSync,
    database: Database,
    lie: dict[str, int],
) -> None:
    sync.run(scripted_line)
    scripted_imap.mails[11] = mail(11)
    scripted_imap.answers = [told(**lie)]  # type: ignore[list-item]
    assert sync.run(scripted_line).new == 1
    assert set(states(database)) == set(scripted_imap.mails)


@pytest.mark.parametrize("why", ["a day has passed", "an engine starts", "the clock went back"])
def test_a_server_that_lies_in_all_its_numbers_delays_a_mail_until_the_next_full_check(
    scripted_imap: ScriptedImap,
    scripted_line: ImapConnection,
    sync: FolderSync,
    database: Database,
    folder: FolderId,
    why: str,
) -> None:
    scripted_imap.answers = [told(exists=10, uidnext=11)]  # type: ignore[list-item]
    sync.run(scripted_line)
    scripted_imap.mails[4000] = mail(4000)
    assert sync.run(scripted_line).new == 0
    if why == "an engine starts":
        sync = FolderSync(database, folder, "INBOX", thorough=True)
    else:
        check_age(database, FULL_CHECK * (1 if why == "a day has passed" else -1))
    asked_at = datetime.now(UTC)
    assert sync.run(scripted_line).new == 1
    with database.reading() as reading:
        checked = folder_mark(reading, folder).last_full_check_at
    assert checked is not None
    assert checked >= asked_at


def test_a_mail_that_no_listing_names_is_asked_for_by_name_before_it_counts_as_gone(
    scripted_imap: ScriptedImap, scripted_line: ImapConnection, sync: FolderSync, database: Database
) -> None:
    sync.run(scripted_line)
    with database.writing() as unit:
        unit.connection.execute(server_mail.update().values(filed_at=datetime.now(UTC)))
    sync.thorough = True
    nine = b" ".join(b"%d" % uid for uid in range(1, 10))
    replies = b"".join(b"* %d FETCH (UID %d)\r\n" % (uid, uid) for uid in range(1, 10))
    scripted_imap.answers = [
        to("UID SEARCH ALL", b"* SEARCH " + nine + b"\r\n"),
        to("UID FETCH 1:* ", replies),
    ]
    assert sync.run(scripted_line).on_server == 10
    assert set(states(database).values()) == {"stored"}


@pytest.mark.parametrize("numbers", [{"exists": 10, "uidnext": 11}, {"exists": 10, "uidnext": 12}])
def test_a_server_whose_numbers_stand_still_delays_a_mail_by_minutes(
    scripted_imap: ScriptedImap,
    scripted_line: ImapConnection,
    sync: FolderSync,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    numbers: dict[str, int],
) -> None:
    scripted_imap.answers = [told(**numbers)]  # type: ignore[list-item]
    sync.run(scripted_line)
    assert sync.run(scripted_line).new == 0
    scripted_imap.mails[11] = mail(11)
    monkeypatch.setattr(folder_sync, "NEWEST_CHECK", 0.0)
    assert sync.run(scripted_line).new == 1
    assert set(states(database)) == set(scripted_imap.mails)
    scripted_imap.received.clear()
    assert sync.run(scripted_line).new == 0
    assert not scripted_imap.commands("UID FETCH")


def test_a_mail_that_search_forgot_while_others_came_is_here_within_minutes(
    scripted_imap: ScriptedImap,
    scripted_line: ImapConnection,
    sync: FolderSync,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two came and one left: with one of the two forgotten, the sum is right all the same."""
    sync.run(scripted_line)
    del scripted_imap.mails[4]
    scripted_imap.mails |= {11: mail(11), 12: mail(12)}
    scripted_imap.answers = [to("UID SEARCH UID 11", b"* SEARCH 12\r\n")]
    sync.run(scripted_line)
    assert 11 not in states(database)
    scripted_imap.answers = []
    monkeypatch.setattr(folder_sync, "NEWEST_CHECK", 0.0)
    sync.run(scripted_line)
    assert set(states(database)) >= set(scripted_imap.mails)


def test_a_server_that_counts_too_many_is_asked_twice_once_and_then_believed(
    scripted_imap: ScriptedImap, scripted_line: ImapConnection, sync: FolderSync, database: Database
) -> None:
    scripted_imap.answers = [told(exists=12, uidnext=11)]  # type: ignore[list-item]
    sync.run(scripted_line)
    assert len(scripted_imap.commands("UID FETCH 1:")) > 0
    scripted_imap.received.clear()
    assert sync.run(scripted_line).new == 0
    assert not scripted_imap.commands("UID FETCH")
    scripted_imap.mails[11] = mail(11)
    scripted_imap.answers = [told(exists=13, uidnext=12)]  # type: ignore[list-item]
    assert sync.run(scripted_line).new == 1
    assert set(states(database)) == set(scripted_imap.mails)


@pytest.fixture
def emptied(
    imap_account: ImapAccount,
    line: ImapConnection,
    sync: FolderSync,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> set[int]:
    """Pulled and filed, then 21 of 60 mails left and two came; those left."""
    monkeypatch.setattr(folder_look, "_LARGE", 1)
    imap_account.deliver(*map(mail, range(MAILS)))
    sync.run(line)
    with database.writing() as unit:
        unit.connection.execute(server_mail.update().values(filed_at=datetime.now(UTC)))
    left = {*range(1, 41, 2), 60}
    imap_account.remove(left)
    imap_account.deliver(mail(100), mail(101))
    return left


def vanished(database: Database) -> set[int]:
    return {uid for uid, state in states(database).items() if state == "vanished"}


def test_a_large_folder_is_asked_which_mails_left_and_not_which_stayed(
    line: ImapConnection, sync: FolderSync, database: Database, emptied: set[int]
) -> None:
    line.list_uids = None  # type: ignore[assignment,method-assign]  # a full list would fail
    result = sync.run(line)
    assert (result.new, result.on_server) == (2, MAILS - len(emptied) + 2)
    assert vanished(database) == emptied
    assert sync.run(line).new == 0


@pytest.mark.parametrize("told", [[], [(1, 4_294_967_295)], [(1, 20)], [(2, 42)], [(40, 60)], None])
def test_a_server_that_lies_about_what_left_is_asked_for_the_whole_list(
    line: ImapConnection,
    sync: FolderSync,
    database: Database,
    emptied: set[int],
    told: list[tuple[int, int]] | None,
) -> None:
    line.vanished = lambda modseq, behind: told  # type: ignore[method-assign]
    assert sync.run(line).on_server == MAILS - len(emptied) + 2
    assert vanished(database) == emptied
