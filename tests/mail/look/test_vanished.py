"""A large folder is asked which mails left, and its answer is not taken on trust."""

from datetime import UTC, datetime

import pytest

from deskapp.data.database import Database
from deskapp.data.tables.mail import server_mail
from deskapp.mail import folder_look
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FolderSync
from tests.servers.dovecot import ImapAccount

from .rows import MAILS, mail, states


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
