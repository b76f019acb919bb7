"""A postman with one mailbox, as these stories handle it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables.replies import outbox, outbox_recipient
from deskapp.data.tables.tickets import event
from deskapp.domain.ids import MailboxId
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem
from deskapp.mail.postman import Postman
from tests.data.mail_rows import NOW, add_mailbox

RAW = b"Subject: hello\r\n\r\nfirst\r\n.leading dot\r\n..two\r\nlast\r\n"


class House:
    """A postman with one mailbox, a clock the test sets, and what it told."""

    def __init__(self, database: Database, server: Server, password: str | None) -> None:
        self.database = database
        self.server = server
        self.password = password
        self.at = NOW
        self.told: list[Problem | None] = []
        self.mailbox: MailboxId = add_mailbox(database, smtp=server)
        self.postman = Postman(
            database,
            "test",
            lambda mailbox: (self.server, self.password),
            lambda: self.at,
            lambda mailbox, problem: self.told.append(problem),
        )

    def send(self, after: timedelta = timedelta()) -> int:
        self.at += after
        return self.postman.send_due([self.mailbox])

    def row(self) -> tuple[str, str, int, datetime, str]:
        with self.database.reading() as connection:
            found = connection.execute(select(outbox)).one()
        return found.state, found.phase, found.attempts, found.not_before, found.last_error

    def state(self) -> str:
        return self.row()[0]

    def recipients(self) -> dict[str, str]:
        with self.database.reading() as connection:
            rows = connection.execute(select(outbox_recipient.c.address, outbox_recipient.c.state))
            return {row.address: row.state for row in rows}

    def events(self) -> list[str]:
        with self.database.reading() as connection:
            return list(connection.execute(select(event.c.kind).order_by(event.c.id)).scalars())
