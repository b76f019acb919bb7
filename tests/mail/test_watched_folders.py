"""No folder is left out for what a server says, or does not say, of its folders."""

from collections.abc import Iterator
from threading import Event

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries.ledger_counts import folder_counts
from deskapp.data.tables.mail import folder, server_mail
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import FolderCount, MailboxSettings, Server
from deskapp.mail import pull as pull_module
from deskapp.mail.imap_session import ListedFolder
from deskapp.mail.pull import MailboxPull
from deskapp.mail.watched import WatchedFolder, watched_folders
from tests.data.mail_rows import add_mailbox, new_desk
from tests.servers.scripted_imap import ScriptedImap

from .lies import to

INBOX = b'* LIST () "/" INBOX\r\n'
SENT = b'* LIST (\\Sent) "/" Sent\r\n'


def listed(*names: str) -> list[ListedFolder]:
    return [ListedFolder(name, frozenset()) for name in names]


def test_inbox_is_watched_whatever_a_server_calls_it_and_once() -> None:
    wrong = [ListedFolder("INBOX", frozenset({"\\all", "\\important"}))]
    assert watched_folders(wrong, ["Inbox", "INBOX"]) == [WatchedFolder("INBOX", "inbox")]


def test_what_was_sent_before_stays_watched_while_it_is_there() -> None:
    marked = [*listed("INBOX", "Sent"), ListedFolder("Sent Items", frozenset({"\\sent"}))]
    found = watched_folders(marked, [], ["Sent", "Gone"])
    assert [(one.name, one.role) for one in found[1:]] == [("Sent Items", "sent"), ("Sent", "sent")]


@pytest.fixture
def database(desk_file: str) -> Iterator[Database]:
    with new_desk(desk_file) as opened:
        yield opened


@pytest.fixture
def mailbox(database: Database) -> MailboxId:
    return add_mailbox(database)


@pytest.fixture
def pull(
    database: Database, mailbox: MailboxId, scripted_imap: ScriptedImap
) -> Iterator[MailboxPull]:
    scripted_imap.mails = {1: b"Subject: 1\r\n\r\n1"}
    made = new_pull(database, mailbox, scripted_imap)
    yield made
    made.drop()


def new_pull(database: Database, mailbox: MailboxId, server: ScriptedImap) -> MailboxPull:
    way = Server("127.0.0.1", server.port, Security.NONE, "support")
    settings = MailboxSettings("support@shop.example", "", way, way)
    return MailboxPull(database, mailbox, settings, Event())


def stored(database: Database, name: str) -> set[int]:
    question = select(server_mail.c.uid).join(folder, folder.c.id == server_mail.c.folder_id)
    with database.reading() as reading:
        return set(reading.execute(question.where(folder.c.name == name)).scalars())


def count(database: Database, name: str) -> FolderCount:
    with database.reading() as reading:
        [counts] = folder_counts(reading).values()
    return next(one for one in counts if one.name == name)


def test_a_sent_folder_made_by_the_first_answer_is_watched_soon(
    database: Database,
    scripted_imap: ScriptedImap,
    pull: MailboxPull,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pull_module, "LOOK_ROUND", 0.0)
    pull.round("sesame")
    scripted_imap.listing = INBOX + SENT
    scripted_imap.others = {"Sent": {4: b"Subject: ours\r\n\r\n4"}}
    pull.round("sesame")
    assert stored(database, "Sent") == {4}
    assert scripted_imap.sessions == 1


def test_a_sent_folder_that_is_known_is_pulled_where_listing_is_refused(
    database: Database, mailbox: MailboxId, scripted_imap: ScriptedImap, pull: MailboxPull
) -> None:
    scripted_imap.listing = INBOX + SENT
    scripted_imap.others = {"Sent": {4: b"Subject: ours\r\n\r\n4"}}
    pull.round("sesame")
    pull.drop()
    scripted_imap.others["Sent"][5] = b"Subject: ours too\r\n\r\n5"
    scripted_imap.answers = [to("LIST", b"", end="NO not now")]
    again = new_pull(database, mailbox, scripted_imap)
    assert again.round("sesame").refused is not None
    again.drop()
    assert stored(database, "Sent") == {4, 5}
    assert count(database, "Sent").on_server == 2


def test_a_folder_left_out_of_one_listing_is_counted_right_when_it_is_back(
    database: Database, scripted_imap: ScriptedImap, pull: MailboxPull
) -> None:
    scripted_imap.listing = INBOX + SENT
    scripted_imap.others = {"Sent": {4: b"Subject: ours\r\n\r\n4"}}
    pull.round("sesame")
    for wish, listing in enumerate((INBOX, INBOX + SENT), start=1):
        scripted_imap.listing = listing
        pull.wishes.asked = wish
        pull.round("sesame")
        sent = count(database, "Sent")
        assert (sent.on_server, sent.stored) == (wish - 1, 1)
