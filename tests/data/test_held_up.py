"""A desk that others hold up, make at the same time, or that is damaged in one place."""

import threading
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from deskapp.data import connect
from deskapp.data.database import Database
from deskapp.data.queries.blobs import pack
from deskapp.data.queries.desk_info import desk_secret
from deskapp.data.queries.filing_queue import next_unfiled
from deskapp.data.queries.ledger import FetchedMail, begin_epoch, store_batch
from deskapp.data.tables.mail import blob, mailbox
from deskapp.data.tables.team import counter
from deskapp.data.upgrade import open_desk
from deskapp.domain.arrivals import Arrived
from deskapp.domain.problem import Problem, ProblemKind
from tests.data.mail_rows import NOW, add_folder, add_mailbox, new_desk


def _make(url: str) -> bytes:
    database = Database(url)
    open_desk(database, create=True)
    with database.reading() as connection:
        secret = desk_secret(connection)
    database.close()
    return secret


def test_a_desk_made_by_programs_at_once_is_one_desk(new_desk_url: str) -> None:
    with ProcessPoolExecutor(3, get_context("spawn")) as pool:
        secrets = set(pool.map(_make, [new_desk_url] * 3))
    assert len(secrets) == 1


def test_a_desk_whose_making_was_cut_short_is_finished_at_the_next_start(desk_url: str) -> None:
    with new_desk(desk_url) as database:
        with database.writer.begin() as connection:  # as a kill between tables and identity left it
            connection.execute(text("DELETE FROM desk_info"))
        open_desk(database)
        with database.reading() as connection:
            assert len(desk_secret(connection)) == 32


def test_what_a_fault_says_carries_no_letter_of_the_rows(desk_url: str) -> None:
    with new_desk(desk_url) as database:
        row = {"name": "mai@customer.example", "value": 1}
        with pytest.raises(IntegrityError) as fault, database.writing() as unit:
            unit.connection.execute(insert(counter), [{**row, "name": "x"}, row])
            unit.connection.execute(insert(counter), {**row, "name": "x", "value": 4711})
        assert "4711" not in str(fault.value)


def test_a_writer_that_fell_asleep_holds_nobody_up_for_ever(
    desk_on_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "_LOCK_MS", 200)
    with new_desk(desk_on_postgres) as database:
        with database.writing() as unit:
            unit.connection.execute(insert(counter), {"name": "x", "value": 1})
        asleep = Database(desk_on_postgres)
        raised = update(counter).values(value=2)
        with asleep.writing() as unit:
            unit.connection.execute(raised)
            with pytest.raises(Problem) as busy, database.writing() as other:
                other.connection.execute(raised)
            idle = text("SHOW idle_in_transaction_session_timeout")
            assert unit.connection.execute(idle).scalar() not in ("0", None)
        asleep.close()
        assert busy.value.kind is ProblemKind.DATABASE_BUSY


def test_who_slept_in_the_middle_of_a_write_is_told_that_nothing_was_written(
    desk_on_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "_IDLE_MS", 50)
    with (
        new_desk(desk_on_postgres) as database,
        pytest.raises(Problem) as late,
        database.writing() as unit,
    ):
        unit.connection.execute(insert(counter), {"name": "x", "value": 1})
        threading.Event().wait(0.3)
        unit.connection.execute(update(counter).values(value=2))
    assert late.value.kind is ProblemKind.DATABASE_UNREACHABLE
    assert late.value.details["what"] == "not_written"


def test_a_mail_whose_bytes_were_damaged_does_not_hold_up_the_ones_behind_it(
    desk_url: str,
) -> None:
    with new_desk(desk_url) as database:
        folder = add_folder(database, add_mailbox(database))
        raws = [b"Subject: one\r\n\r\n1", b"Subject: two\r\n\r\n2"]
        with database.writing() as unit:
            begin_epoch(unit, folder, 7)
            fetched = [FetchedMail(uid, pack(raw), NOW) for uid, raw in enumerate(raws, 1)]
            store_batch(unit, folder, 7, fetched, NOW)
            first = blob.c.sha256 == pack(raws[0]).sha256
            unit.connection.execute(update(blob).where(first).values(bytes=b"rot"))
        with database.reading() as connection:
            waiting = next_unfiled(connection, 10)
        assert [one.raw for one in waiting] == [b"", raws[1]]
        assert [Arrived.read(one, "empty").reason for one in waiting] == ["damaged", "empty"]


def test_instants_before_1970_are_read_as_they_were_written(desk_url: str) -> None:
    moon = datetime(1969, 7, 20, 20, 17, 40, 125_000, tzinfo=UTC)
    with new_desk(desk_url) as database:
        add_mailbox(database)
        with database.writing() as unit:
            unit.connection.execute(update(mailbox).values(created_at=moon))
        with database.reading() as connection:
            assert connection.execute(select(mailbox.c.created_at)).scalar() == moon
