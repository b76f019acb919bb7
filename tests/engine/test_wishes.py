"""What people ask of a running engine by way of the desk: a full look, a stop, another try."""

from collections.abc import Callable

from sqlalchemy import select, update

from deskapp.data.database import Database
from deskapp.data.queries import mailboxes_write
from deskapp.data.queries.mailboxes import mailbox_rows, missing_mails
from deskapp.data.tables.mail import mailbox, server_mail
from deskapp.data.tables.team import desk_info
from deskapp.domain.mailboxes import STOPPED, MailboxRow
from deskapp.engine.once import run_once
from tests.engine.running import (
    Running,
    database,
    engine,
    mail,
    mailbox_of,
    secrets,
    url_of,
)
from tests.servers.dovecot import ImapAccount
from tests.servers.wire import NewWire

__all__ = ["database", "secrets"]


def row_of(database: Database) -> MailboxRow:
    with database.reading() as connection:
        return mailbox_rows(connection)[0]


def hear_until(running: Running, database: Database, fits: Callable[[MailboxRow], bool]) -> None:
    """Goes on listening until the desk shows it; each piece of news is a moment to look."""
    while not fits(row_of(database)):
        running.hear(lambda _news: True)


def ask(database: Database) -> int:
    with database.writing() as unit:
        return mailboxes_write.ask_full_look(unit, mailbox_of(database))


def test_a_full_look_is_served_while_the_engine_waits_for_mail(
    database: Database, imap_account: ImapAccount
) -> None:
    imap_account.deliver(mail(1), mail(2))
    with engine(url_of(database)) as running:
        running.hear_state("ok")
        wish = ask(database)
        assert not row_of(database).looked_at_since(wish)
        hear_until(running, database, lambda row: row.looked_at_since(wish))
        row = row_of(database)
        assert (row.on_server, row.here, row.pending) == (2, 2, 0)
        with database.reading() as connection:
            assert missing_mails(connection, row.id) == ()
        assert running.end() == 0


def test_a_stop_is_heard_in_the_middle_and_going_on_brings_the_rest(
    database: Database, imap_account: ImapAccount, new_wire: NewWire
) -> None:
    imap_account.deliver(*(mail(number) for number in range(1000)))
    wire = new_wire(imap_account.port)
    with database.writing() as unit:
        unit.connection.execute(update(mailbox).values(imap_port=wire.port))
    with engine(url_of(database)) as running:
        running.hear(lambda news: news["news"] == "progress")
        wire.freeze()
        assert row_of(database).state == "ok"  # long before the round ends
        with database.writing() as unit:
            mailboxes_write.stop_import(unit, mailbox_of(database), until_start=False)
        wish = row_of(database).asked
        running.hear(lambda news: news["news"] == "wish" and news["number"] == wish)
        wire.mend()
        hear_until(running, database, lambda row: row.looked_at_since(wish))
        stopped = row_of(database)
        assert 0 < stopped.here < stopped.on_server == 1000
        with database.reading() as connection:
            [left] = missing_mails(connection, stopped.id)
        assert (left.reason, len(left.uids)) == (STOPPED, 1000 - stopped.here)
        assert left.uids[0] == 1  # the newest came first
        imap_account.deliver(mail(9000))
        hear_until(running, database, lambda row: row.here == stopped.here + 1)
        with database.writing() as unit:
            mailboxes_write.resume_import(unit, mailbox_of(database))
        hear_until(running, database, lambda row: row.here == 1001)
        assert running.end() == 0


def test_a_new_version_of_the_program_reads_held_mail_again(
    database: Database, imap_account: ImapAccount
) -> None:
    def attempts() -> int:
        with database.reading() as connection:
            found: int = connection.execute(select(server_mail.c.attempts)).scalar_one()
        return found

    imap_account.deliver(b"")
    run_once(url_of(database))
    run_once(url_of(database))
    assert attempts() == 1
    with database.writing() as unit:
        unit.connection.execute(update(desk_info).values(read_with="0.0.1"))
    run_once(url_of(database))
    assert attempts() == 2
    assert row_of(database).held == 1
