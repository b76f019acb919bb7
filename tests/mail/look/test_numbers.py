"""No number that a server tells can make a look miss a mail for long."""

from datetime import UTC, datetime

import pytest

from deskapp.data.database import Database
from deskapp.data.queries.folders import folder_mark
from deskapp.data.tables.mail import server_mail
from deskapp.domain.ids import FolderId
from deskapp.mail import folder_sync
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FULL_CHECK, FolderSync
from tests.mail.lies import to
from tests.servers.scripted_imap import ScriptedImap, Send

from .rows import check_age, mail, states


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
