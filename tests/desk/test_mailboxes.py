"""Mailboxes: what may be added, how complete each is, and what is held."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from deskapp.data.database import Database
from deskapp.data.queries.blobs import put_blob
from deskapp.data.queries.leases import acquire
from deskapp.data.queries.ledger_counts import LEDGER_COUNTS
from deskapp.data.tables.mail import folder, server_mail
from deskapp.desk.context import Context
from deskapp.desk.mailboxes import Mailboxes
from deskapp.domain.hosts import is_loopback
from deskapp.domain.ids import FolderId, MailboxId
from deskapp.domain.kinds import LedgerState, Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from tests.data.mail_rows import add_folder
from tests.desk.house import NOW, opened

SETTINGS = MailboxSettings(
    address="Support@shop.example",
    name="Shop",
    imap=Server("imap.shop.example", 993, Security.TLS, ""),
    smtp=Server("smtp.shop.example", 465, Security.TLS, "sender"),
    folders=("Returns", "INBOX", "Returns"),
)


@pytest.fixture
def mailboxes(context: Context) -> Mailboxes:
    return Mailboxes(context)


def _ledger(database: Database, owner: FolderId, *states: str, uidvalidity: int = 7) -> None:
    with database.writing() as unit:
        sha256 = put_blob(unit.connection, b"Subject: x\r\n\r\nx")
        unit.connection.execute(
            update(folder).where(folder.c.id == owner).values(uidvalidity=7, on_server=6)
        )
        unit.connection.execute(
            insert(server_mail),
            [
                {
                    "folder_id": owner,
                    "uidvalidity": uidvalidity,
                    "uid": uid,
                    "state": state,
                    "sha256": sha256 if state == LedgerState.STORED else None,
                    "first_seen_at": NOW + timedelta(seconds=uid),
                    "filed_at": NOW,
                    "reason": "nesting" if state == LedgerState.HELD else "",
                }
                for uid, state in enumerate(states, start=1)
            ],
        )


def test_a_mailbox_is_kept_as_its_person_stated_it(mailboxes: Mailboxes) -> None:
    added = mailboxes.add(SETTINGS)
    row = mailboxes.get(added)
    assert row.settings.address == "Support@shop.example"
    assert row.settings.imap == replace(SETTINGS.imap, user="Support@shop.example")
    assert row.settings.smtp == SETTINGS.smtp
    assert row.settings.folders == ("Returns",)
    assert (row.state, row.lease_holder, row.on_server) == ("new", "", 0)
    assert mailboxes.by_address("SUPPORT@SHOP.EXAMPLE") == added


def test_one_address_is_one_mailbox(mailboxes: Mailboxes) -> None:
    mailboxes.add(SETTINGS)
    with pytest.raises(Problem) as refused:
        mailboxes.add(replace(SETTINGS, address="support@SHOP.example"))
    assert refused.value.kind is ProblemKind.DUPLICATE


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST"]
)
def test_a_plain_connection_is_accepted_towards_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["mail.shop.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1",
     "128.0.0.1", "0x7f000001", "2130706433", "0.0.0.0", "::ffff:10.0.0.1", "::1%eth0", ""],
)  # fmt: skip
def test_a_plain_connection_is_refused_towards_anything_else(host: str) -> None:
    assert not is_loopback(host)


def test_no_password_leaves_this_machine_unprotected(mailboxes: Mailboxes) -> None:
    for plain in (
        replace(SETTINGS, imap=replace(SETTINGS.imap, security=Security.NONE)),
        replace(SETTINGS, smtp=replace(SETTINGS.smtp, security=Security.NONE)),
    ):
        with pytest.raises(Problem) as refused:
            mailboxes.add(plain)
        assert refused.value.kind is ProblemKind.PLAIN_NOT_LOOPBACK
    here = Server("127.0.0.1", 1143, Security.NONE, "support")
    assert mailboxes.add(replace(SETTINGS, imap=here, smtp=here))


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"address": "support"}, "mail"),
        ({"imap": replace(SETTINGS.imap, host="")}, "host"),
        ({"imap": replace(SETTINGS.imap, host="imap.shop.example\r\nX: y")}, "host"),
        ({"smtp": replace(SETTINGS.smtp, port=0)}, "port"),
        ({"smtp": replace(SETTINGS.smtp, port=65536)}, "port"),
    ],
)
def test_settings_that_reach_no_server_are_refused(
    mailboxes: Mailboxes, changed: dict[str, str], what: str
) -> None:
    with pytest.raises(Problem) as refused:
        mailboxes.add(replace(SETTINGS, **changed))  # type: ignore[arg-type]
    assert (refused.value.kind, refused.value.details["what"]) == (ProblemKind.INVALID, what)
    assert mailboxes.list() == ()


def test_a_ledger_is_counted_by_folder_and_state(context: Context, mailboxes: Mailboxes) -> None:
    added = mailboxes.add(SETTINGS)
    inbox = add_folder(context.database, added)
    _ledger(context.database, inbox, "stored", "stored", "held", "vanished", "pending", "stored")
    _ledger(context.database, inbox, "stored", "held", "vanished", uidvalidity=6)
    [row] = mailboxes.list()
    [counted, returns] = row.folders
    assert (returns.on_server, returns.stored) == (None, 0)
    # An earlier epoch's "vanished" are renumbered, or gone: the server does not tell which.
    assert (counted.stored, counted.held, counted.pending, counted.vanished) == (3, 2, 2, 1)
    assert (row.on_server, row.stored, row.held) == (6, 3, 2)


def test_counting_a_long_ledger_reads_small_indexes_only(tmp_path: Path) -> None:
    with opened(str(tmp_path / "desk.db")) as context, context.database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {LEDGER_COUNTS.text}").all()
    ways = [step[3] for step in plan if step[3].split()[1] == "s"]
    assert len(ways) == 3
    for way in ways:
        assert any(word in way for word in ("COVERING", "_trouble", "_absent")), way


def test_the_engine_that_works_on_a_mailbox_is_named(
    context: Context, mailboxes: Mailboxes
) -> None:
    added = mailboxes.add(SETTINGS)
    with context.database.writing() as unit:
        assert acquire(unit.connection, f"mailbox:{added}", "engine on till-2")
    assert mailboxes.get(added).lease_holder == "engine on till-2"


def test_a_removed_mailbox_is_gone_and_comes_back_with_its_ledger(
    context: Context, mailboxes: Mailboxes
) -> None:
    added = mailboxes.add(SETTINGS)
    _ledger(context.database, add_folder(context.database, added), "stored")
    mailboxes.remove(added)
    assert mailboxes.list() == ()
    for gone in (
        lambda: mailboxes.by_address(SETTINGS.address),
        lambda: mailboxes.get(added),
        lambda: mailboxes.remove(added),
        lambda: mailboxes.update(added, SETTINGS),
    ):
        with pytest.raises(Problem) as refused:
            gone()
        assert refused.value.kind is ProblemKind.NOT_FOUND
    assert mailboxes.add(SETTINGS) == added
    assert mailboxes.get(added).stored == 1


def test_new_settings_are_tried_at_once_and_folders_follow(
    context: Context, mailboxes: Mailboxes
) -> None:
    added = mailboxes.add(SETTINGS)
    mailboxes.update(added, replace(SETTINGS, signature="Your shop", folders=("Wholesale",)))
    row = mailboxes.get(added)
    assert (row.settings.signature, row.settings.folders) == ("Your shop", ("Wholesale",))
    assert row.state == "new"
    mailboxes.update(added, replace(SETTINGS, folders=("Returns",)))
    assert mailboxes.get(added).settings.folders == ("Returns",)


def test_a_mailbox_cannot_take_the_address_of_another(mailboxes: Mailboxes) -> None:
    mailboxes.add(SETTINGS)
    second = mailboxes.add(replace(SETTINGS, address="sales@shop.example"))
    with pytest.raises(Problem) as refused:
        mailboxes.update(second, SETTINGS)
    assert refused.value.kind is ProblemKind.DUPLICATE
    assert mailboxes.get(second).settings.address == "sales@shop.example"


def _hold(context: Context, mailboxes: Mailboxes) -> tuple[MailboxId, int, int]:
    """One held mail whose bytes are here, one that only the server has."""
    added = mailboxes.add(SETTINGS)
    _ledger(context.database, add_folder(context.database, added), "held", "held")
    here, away = (mail.id for mail in mailboxes.held())
    with context.database.writing() as unit:
        sha256 = put_blob(unit.connection, b"not a mail")
        unit.connection.execute(
            update(server_mail).where(server_mail.c.id == here).values(sha256=sha256)
        )
    return added, here, away


def test_held_mails_are_listed_with_place_and_reason(
    context: Context, mailboxes: Mailboxes
) -> None:
    _, here, away = _hold(context, mailboxes)
    first, second = mailboxes.held()
    assert (first.id, first.mailbox, first.folder) == (here, "Support@shop.example", "INBOX")
    assert (first.uid, first.reason, first.has_bytes) == (1, "nesting", True)
    assert (second.id, second.has_bytes) == (away, False)
    assert mailboxes.held_raw(here) == b"not a mail"
    with pytest.raises(Problem) as refused:
        mailboxes.held_raw(away)
    assert refused.value.kind is ProblemKind.NOT_FOUND


def test_held_mails_stay_listed_when_their_mailbox_is_removed(
    context: Context, mailboxes: Mailboxes
) -> None:
    added, *_ = _hold(context, mailboxes)
    mailboxes.remove(added)
    assert len(mailboxes.held()) == 2


def test_a_held_mail_is_read_again_or_fetched_again(context: Context, mailboxes: Mailboxes) -> None:
    _, here, away = _hold(context, mailboxes)
    assert mailboxes.retry_held([here]) == 1
    assert [mail.id for mail in mailboxes.held()] == [away]
    assert mailboxes.retry_held() == 1
    with context.database.reading() as connection:
        rows = {row.id: row for row in connection.execute(server_mail.select())}
    assert (rows[here].state, rows[here].filed_at) == (LedgerState.STORED, None)
    assert (rows[away].state, rows[away].retry_at) == (LedgerState.PENDING, NOW)
    assert mailboxes.retry_held() == 0
