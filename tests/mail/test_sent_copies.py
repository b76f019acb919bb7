"""The copy in Sent: looked for by its Message-ID, put there once, also when killed half-way."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from deskapp.data.database import Database
from deskapp.data.tables.replies import outbox
from deskapp.domain.ids import MailboxId, OutboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.mail import sent_copies
from deskapp.mail.connection import ImapConnection
from deskapp.mail.providers import files_sent_itself
from deskapp.mail.sent_copies import GRACE, settle_copies
from tests.data.mail_rows import NOW, add_mailbox, add_outgoing, new_desk
from tests.servers.dovecot import ImapAccount

RAW = b"Message-ID: <r1@shop.example>\r\nSubject: hello\r\n\r\nGood day.\r\n"
SECOND = timedelta(seconds=1)


class Killed(BaseException):
    """As if the process were gone: nothing catches it."""


class House:
    """A reply that has left, and the account whose Sent folder wants it."""

    def __init__(self, database: Database, account: ImapAccount, state: str = "sent") -> None:
        self.database, self.account = database, account
        account.add_folder("Sent")
        self.box: MailboxId = add_mailbox(database)
        self.reply: OutboxId = add_outgoing(
            database, self.box, raw=RAW, message_id="r1@shop.example"
        )
        with database.writing() as unit:
            sent_at = NOW if state == "sent" else None
            unit.connection.execute(update(outbox).values(state=state, sent_at=sent_at))

    def settle(self, after: timedelta = GRACE + SECOND) -> int:
        server = Server("127.0.0.1", self.account.port, Security.NONE, self.account.user)
        with closing(ImapConnection.open(server, self.account.password)) as line:
            return settle_copies(line, self.database, self.box, "Sent", NOW + after)

    def row(self) -> tuple[str, str]:
        with self.database.reading() as connection:
            return tuple(connection.execute(select(outbox.c.state, outbox.c.sent_copy)).one())


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


def test_a_copy_is_put_into_sent_once_and_after_the_servers_grace(
    database: Database, imap_account: ImapAccount
) -> None:
    house = House(database, imap_account)
    assert house.settle(after=SECOND) == 0
    assert imap_account.mails("Sent") == []
    assert (house.settle(), house.settle()) == (1, 0)
    assert imap_account.mails("Sent") == [RAW]
    assert house.row() == ("sent", "appended")


def test_a_copy_that_the_server_filed_itself_is_left_alone(
    database: Database, imap_account: ImapAccount
) -> None:
    house = House(database, imap_account)
    imap_account.deliver(RAW, folder="Sent")
    house.settle()
    assert len(imap_account.mails("Sent")) == 1
    assert house.row() == ("sent", "server")


@pytest.mark.parametrize("when", ["before it was put there", "right after"])
@pytest.mark.parametrize("desk_url", ["sqlite"], indirect=True)
def test_a_kill_between_makes_no_second_copy_and_loses_none(
    database: Database, imap_account: ImapAccount, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    house = House(database, imap_account)
    real = ImapConnection.append

    def killed(line: ImapConnection, *known: object) -> None:
        if when == "right after":
            real(line, *known)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(sent_copies.ImapConnection, "append", killed)
        house.settle()
    assert house.row() == ("sent", "appending")
    assert house.settle() == 1
    assert imap_account.mails("Sent") == [RAW]
    assert house.row() == ("sent", "appended")


def test_an_uncertain_reply_is_sent_when_it_lies_in_sent_and_never_put_there(
    database: Database, imap_account: ImapAccount
) -> None:
    house = House(database, imap_account, state="uncertain")
    assert house.settle() == 0
    assert (house.row()[0], imap_account.mails("Sent")) == ("uncertain", [])
    imap_account.deliver(RAW, folder="Sent")
    assert house.settle() == 1
    assert house.row() == ("sent", "server")


def test_providers_that_file_what_they_send_get_no_copy_from_us() -> None:
    themselves = {"smtp.gmail.com", "smtp.office365.com"}
    others = {"smtp.mail.ru", "smtp.yandex.ru", "smtp.qq.com", "smtp.163.com", "mail.shop.example"}
    assert {one for one in themselves | others if files_sent_itself(one)} == themselves
