"""How far back an import reaches, and how it is stopped: what is left is named, and new mail comes.

The oracle is the server's own list of UIDs.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries import mailboxes_write
from deskapp.data.queries.ledger_counts import folder_counts
from deskapp.data.tables.mail import server_mail
from deskapp.domain.ids import FolderId, MailboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import FolderCount, Server
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FolderSync
from deskapp.mail.wishes import Wishes
from tests.data.mail_rows import add_folder, add_mailbox, new_desk
from tests.servers.dovecot import ImapAccount

NOW = datetime.now(UTC)
MONTH, QUARTER = NOW - timedelta(days=30), NOW - timedelta(days=90)


def mail(number: int) -> bytes:
    return f"Message-ID: <m{number}@example.org>\r\nSubject: {number}\r\n\r\nx\r\n".encode()


@dataclass
class Pulled:
    """One folder of a real server, pulled the way a mailbox's thread does it."""

    account: ImapAccount
    database: Database
    mailbox: MailboxId
    folder: FolderId
    wishes: Wishes = field(default_factory=Wishes)

    def pull(self, since: datetime | None = None, stop_after: int | None = None) -> None:
        def progress(done: int, _total: int) -> None:
            if stop_after is not None and done >= stop_after and self.wishes.stopped is None:
                self.stop()

        server = Server("127.0.0.1", self.account.port, Security.NONE, self.account.user)
        sync = FolderSync(
            self.database,
            self.folder,
            "INBOX",
            since=since,
            progress=progress,
            wishes=self.wishes,
        )
        with closing(ImapConnection.open(server, self.account.password)) as line:
            sync.run(line)

    def stop(self) -> None:
        with self.database.writing() as unit:
            mailboxes_write.stop_import(unit, self.mailbox, until_start=False)
        self.wishes.asked += 1
        self.wishes.stopped = self.wishes.asked

    def go_on(self) -> None:
        with self.database.writing() as unit:
            mailboxes_write.resume_import(unit, self.mailbox)
        self.wishes.asked += 1
        self.wishes.stopped = None

    def uids(self, state: str) -> set[int]:
        with self.database.reading() as reading:
            found = reading.execute(
                select(server_mail.c.uid).where(
                    server_mail.c.folder_id == self.folder, server_mail.c.state == state
                )
            )
            return set(found.scalars())

    def count(self) -> FolderCount:
        with self.database.reading() as reading:
            [(count,)] = folder_counts(reading).values()
        return count


@pytest.fixture
def pulled(imap_account: ImapAccount, desk_url: str) -> Iterator[Pulled]:
    with new_desk(desk_url) as database:
        mailbox = add_mailbox(database)
        yield Pulled(imap_account, database, mailbox, add_folder(database, mailbox))


def test_what_is_older_than_was_asked_for_is_named_and_counted_apart(pulled: Pulled) -> None:
    pulled.account.deliver(mail(1), received=NOW - timedelta(days=200))
    pulled.account.deliver(mail(2), received=NOW - timedelta(days=60))
    pulled.account.deliver(mail(3), received=NOW - timedelta(days=3))
    pulled.pull(MONTH)
    count = pulled.count()
    assert (pulled.uids("stored"), pulled.uids("not_asked")) == ({3}, {1, 2})
    assert (count.on_server, count.stored, count.pending, count.not_asked) == (3, 1, 0, 2)


def test_mail_that_comes_later_is_fetched_whatever_its_date(pulled: Pulled) -> None:
    pulled.account.deliver(mail(1), received=NOW - timedelta(days=200))
    pulled.pull(MONTH)
    # Moved into the inbox by somebody: new here, and years old by the server's date.
    pulled.account.deliver(mail(2), received=NOW - timedelta(days=800))
    pulled.pull(MONTH)
    assert (pulled.uids("stored"), pulled.uids("not_asked")) == ({2}, {1})


def test_a_wider_reach_fetches_what_was_left_and_all_means_all(pulled: Pulled) -> None:
    for number, days in enumerate((400, 60, 3), start=1):
        pulled.account.deliver(mail(number), received=NOW - timedelta(days=days))
    pulled.pull(MONTH)
    pulled.pull(QUARTER)
    assert (pulled.uids("stored"), pulled.uids("not_asked")) == ({2, 3}, {1})
    pulled.pull(None)
    assert pulled.uids("stored") == set(pulled.account.uids()) == {1, 2, 3}
    assert pulled.count().not_asked == 0


def test_a_narrower_reach_takes_nothing_away_that_is_here(pulled: Pulled) -> None:
    pulled.account.deliver(mail(1), received=NOW - timedelta(days=200))
    pulled.pull(None)
    pulled.pull(MONTH)
    assert pulled.uids("stored") == {1}
    assert pulled.count().not_asked == 0


def test_a_new_uidvalidity_chooses_anew_and_counts_nothing_twice(pulled: Pulled) -> None:
    pulled.account.deliver(mail(1), received=NOW - timedelta(days=200))
    pulled.account.deliver(mail(2), received=NOW - timedelta(days=3))
    pulled.pull(MONTH)
    pulled.account.renew_uidvalidity()
    pulled.pull(MONTH)
    count = pulled.count()
    assert (count.on_server, count.stored + count.not_asked, count.pending) == (2, 2, 0)
    assert len(pulled.uids("not_asked")) == count.not_asked


def test_what_was_not_asked_for_and_is_deleted_is_missed_by_nobody(pulled: Pulled) -> None:
    pulled.account.deliver(mail(1), received=NOW - timedelta(days=200))
    pulled.account.deliver(mail(2), received=NOW - timedelta(days=3))
    pulled.pull(MONTH)
    pulled.account.remove([1])
    pulled.pull(MONTH)
    count = pulled.count()
    assert (count.on_server, count.stored, count.not_asked, count.vanished) == (1, 1, 0, 0)


def test_a_stopped_import_keeps_its_place_lets_new_mail_in_and_goes_on(pulled: Pulled) -> None:
    pulled.account.deliver(*(mail(number) for number in range(450)))
    pulled.pull(stop_after=1)
    first = pulled.uids("stored")
    assert first == set(range(251, 451))  # the newest
    count = pulled.count()
    assert (count.on_server, count.stored, count.pending) == (450, 200, 250)
    pulled.account.deliver(mail(900))
    pulled.pull()
    assert pulled.uids("stored") == first | {451}
    pulled.go_on()
    pulled.pull()
    assert pulled.uids("stored") == set(pulled.account.uids())
    assert pulled.count().pending == 0


def test_a_stopped_import_in_a_folder_numbered_anew_fetches_what_was_here_and_new_mail(
    pulled: Pulled,
) -> None:
    pulled.account.deliver(*(mail(number) for number in range(450)))
    pulled.pull(stop_after=1)
    pulled.account.renew_uidvalidity()
    pulled.account.deliver(mail(900))
    pulled.pull()
    newest = set(sorted(pulled.account.uids())[-201:])
    with pulled.database.reading() as reading:
        rows = reading.execute(select(server_mail)).all()
    now = max(row.uidvalidity for row in rows)
    assert {row.uid for row in rows if row.uidvalidity == now and row.sha256} == newest
    count = pulled.count()
    assert (count.on_server, count.stored, count.pending) == (451, 201, 250)
    pulled.go_on()
    pulled.pull()
    assert (pulled.count().stored, pulled.count().pending) == (451, 0)


def test_a_complete_import_that_was_stopped_and_is_numbered_anew_is_here_again(
    pulled: Pulled,
) -> None:
    pulled.account.deliver(*(mail(number) for number in range(30)))
    pulled.pull()
    pulled.stop()
    pulled.pull()
    pulled.account.renew_uidvalidity()
    pulled.pull()
    assert (pulled.count().stored, pulled.count().pending) == (30, 0)


def test_an_import_stopped_before_it_began_waits_and_still_lets_new_mail_in(
    pulled: Pulled,
) -> None:
    pulled.account.deliver(*(mail(number) for number in range(30)))
    pulled.stop()
    pulled.pull()
    assert (pulled.uids("stored"), pulled.count().pending) == (set(), 30)
    pulled.account.deliver(mail(900))
    pulled.pull()
    assert pulled.uids("stored") == {31}


def test_a_wish_for_a_full_look_is_served_on_a_quiet_folder(pulled: Pulled) -> None:
    pulled.account.deliver(mail(1))
    pulled.pull()
    with pulled.database.writing() as unit:
        wish = mailboxes_write.ask_full_look(unit, pulled.mailbox)
    before = pulled.count()
    assert (before.answered or 0) < wish
    pulled.wishes.asked = wish
    pulled.pull()
    after = pulled.count()
    assert after.answered == wish
    assert after.last_full_check_at is not None and before.last_full_check_at is not None
    assert after.last_full_check_at > before.last_full_check_at
