"""A folder that is looked at, over a real line and over a scripted one."""

from collections.abc import Iterator

import pytest

from deskapp.data.database import Database
from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FolderSync
from tests.data.mail_rows import add_folder, add_mailbox, new_desk
from tests.servers.dovecot import ImapAccount
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.wire import NewWire, Wire

from .rows import mail


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
