"""The ledger: every UID is here, waited for, or said to be gone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from deskapp.data.database import Database
from deskapp.data.queries import ledger, ledger_retry
from deskapp.data.queries.blobs import get_blob, get_blobs, pack, put_blobs
from deskapp.data.queries.folders import folder_mark, note_check
from deskapp.data.queries.ledger import FetchedMail
from deskapp.data.queries.ledger_counts import folder_counts
from deskapp.data.tables.mail import blob, server_mail
from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.problem import Problem
from tests.data.mail_rows import NOW, add_folder, add_mailbox, new_desk

EPOCH = 77


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


@pytest.fixture
def inbox(database: Database) -> FolderId:
    folder = add_folder(database, add_mailbox(database))
    with database.writing() as unit:
        ledger.begin_epoch(unit, folder, EPOCH)
    return folder


def mails(*uids: int, text: str = "mail") -> list[FetchedMail]:
    return [FetchedMail(uid, pack(f"{text} {uid}".encode()), NOW) for uid in uids]


def store(database: Database, inbox: FolderId, *uids: int, epoch: int = EPOCH) -> None:
    with database.writing() as unit:
        ledger.store_batch(unit, inbox, epoch, mails(*uids), NOW)


def known(database: Database, inbox: FolderId, epoch: int = EPOCH) -> ledger.KnownUids:
    with database.reading() as connection:
        return ledger.known_uids(connection, inbox, epoch, NOW)


def file_all(database: Database) -> None:
    with database.writing() as unit:
        unit.connection.execute(update(server_mail).values(filed_at=NOW))


def test_bytes_come_back_as_they_went_in_and_lie_there_once(database: Database) -> None:
    with database.writing() as unit:
        names = put_blobs(unit.connection, [b"one", b"", b"one"])
    with database.reading() as connection:
        assert get_blobs(connection, names) == {names[0]: b"one", names[1]: b""}
        assert len(connection.execute(select(blob.c.sha256)).all()) == 2
        with pytest.raises(Problem, match="not_found"):
            get_blob(connection, "0" * 64)


def test_what_is_stored_is_known_and_storing_it_again_changes_nothing(
    database: Database, inbox: FolderId
) -> None:
    store(database, inbox, 1, 2, 4_000_000_000)
    with database.writing() as unit:
        ledger.store_batch(unit, inbox, EPOCH, mails(2, 3, text="other"), NOW)
    assert known(database, inbox).here == {1, 2, 3, 4_000_000_000}
    with database.reading() as connection:
        second = select(server_mail.c.sha256).where(server_mail.c.uid == 2)
        assert connection.execute(second).scalar() == pack(b"mail 2").sha256


def test_a_mail_that_did_not_come_waits_longer_each_time_and_then_is_due(
    database: Database, inbox: FolderId
) -> None:
    for _ in range(2):
        with database.writing() as unit:
            ledger_retry.put_off(unit, inbox, EPOCH, {8, 9}, NOW, "missing")
    assert known(database, inbox).waiting == {8, 9}
    with database.reading() as connection:
        later = ledger.known_uids(connection, inbox, EPOCH, NOW + timedelta(minutes=5))
        assert later.due == {8, 9}
    store(database, inbox, 8)
    assert known(database, inbox).here == {8}


def test_vanished_mail_keeps_its_bytes_and_returns_without_a_new_fetch(
    database: Database, inbox: FolderId
) -> None:
    store(database, inbox, 1, 2)
    file_all(database)
    with database.writing() as unit:
        ledger.mark_vanished(unit, inbox, EPOCH, {1})
    assert known(database, inbox).returned == {1}
    with database.writing() as unit:
        ledger.mark_returned(unit, inbox, EPOCH, {1})
    assert known(database, inbox).here == {1, 2}


def test_a_mail_nobody_has_filed_yet_does_not_vanish(database: Database, inbox: FolderId) -> None:
    store(database, inbox, 1)
    with database.writing() as unit:
        ledger.mark_vanished(unit, inbox, EPOCH, {1})
    assert known(database, inbox).here == {1}


def test_a_new_epoch_links_the_same_bytes_to_the_same_message(
    database: Database, inbox: FolderId
) -> None:
    store(database, inbox, 1, 2)
    file_all(database)
    with database.writing() as unit:
        assert ledger.begin_epoch(unit, inbox, EPOCH + 1)
        again = [FetchedMail(901, pack(b"mail 1"), NOW), FetchedMail(902, pack(b"new"), NOW)]
        ledger.store_batch(unit, inbox, EPOCH + 1, again, NOW)
        assert not ledger.begin_epoch(unit, inbox, EPOCH + 1)
    with database.reading() as connection:
        rows = connection.execute(
            select(server_mail.c.uid, server_mail.c.state, server_mail.c.filed_at)
        ).all()
    assert {uid: (state, filed is not None) for uid, state, filed in rows} == {
        1: ("vanished", True),
        2: ("vanished", True),
        901: ("stored", True),
        902: ("stored", False),
    }
    assert known(database, inbox, EPOCH + 1).here == {901, 902}


def test_many_uids_come_back_whole(database: Database, inbox: FolderId) -> None:
    one = pack(b"the same")
    with database.writing() as unit:
        ledger.store_batch(
            unit, inbox, EPOCH, [FetchedMail(uid, one, NOW) for uid in range(1, 20_001)], NOW
        )
    assert len(known(database, inbox).here) == 20_000


def test_the_counts_say_what_is_here_held_and_gone(database: Database, inbox: FolderId) -> None:
    store(database, inbox, 1, 2, 3)
    file_all(database)
    with database.writing() as unit:
        ledger.mark_vanished(unit, inbox, EPOCH, {1})
        ledger_retry.put_off(unit, inbox, EPOCH, {4}, NOW, "nil", state=LedgerState.HELD)
        ledger_retry.put_off(unit, inbox, EPOCH, {5}, NOW, "missing")
        note_check(unit, inbox, exists=5, at=NOW)
    with database.reading() as connection:
        [(count,)] = folder_counts(connection).values()
        assert folder_mark(connection, inbox).last_full_check_at == NOW
    assert (count.on_server, count.stored, count.held, count.pending, count.vanished) == (
        5,
        2,
        1,
        2,
        1,
    )
