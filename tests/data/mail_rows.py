"""Rows that tests of ledger, outbox and postman stand on, written straight into the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import Table, insert

from deskapp.data.database import Database, Unit
from deskapp.data.queries.blobs import put_blob
from deskapp.data.queries.folders import ensure_folder
from deskapp.data.tables.mail import mailbox
from deskapp.data.tables.replies import outbox, outbox_recipient
from deskapp.data.tables.tickets import message, ticket
from deskapp.data.upgrade import open_desk
from deskapp.domain.ids import FolderId, MailboxId, OutboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NOWHERE = Server("127.0.0.1", 1, Security.NONE, "support@shop.example")

_numbers = count(1)


@contextmanager
def new_desk(url: str) -> Iterator[Database]:
    """An empty desk, closed afterwards."""
    database = Database(url)
    try:
        open_desk(database, create=True)
        yield database
    finally:
        database.close()


def _row(unit: Unit, table: Table, **values: object) -> int:
    made: int = unit.connection.execute(
        insert(table).values(**values).returning(table.c.id)
    ).scalar_one()
    return made


def add_mailbox(
    database: Database,
    address: str = "support@shop.example",
    imap: Server = NOWHERE,
    smtp: Server = NOWHERE,
) -> MailboxId:
    """A mailbox with its servers."""
    with database.writing() as unit:
        return MailboxId(
            _row(
                unit,
                mailbox,
                address=address,
                address_key=address.casefold(),
                imap_host=imap.host,
                imap_port=imap.port,
                imap_security=imap.security,
                imap_user=imap.user,
                smtp_host=smtp.host,
                smtp_port=smtp.port,
                smtp_security=smtp.security,
                smtp_user=smtp.user,
                created_at=NOW,
            )
        )


def add_folder(database: Database, mailbox_id: MailboxId, name: str = "INBOX") -> FolderId:
    """A folder of it."""
    with database.writing() as unit:
        return ensure_folder(unit.connection, mailbox_id, name, "inbox")


def add_outgoing(
    database: Database,
    mailbox_id: MailboxId,
    *recipients: str,
    raw: bytes = b"Subject: hello\r\n\r\nGood day.\r\n",
    not_before: datetime = NOW,
    message_id: str = "",
) -> OutboxId:
    """A queued reply on a ticket of its own."""
    number = next(_numbers)
    with database.writing() as unit:
        ticket_id = _row(
            unit,
            ticket,
            number=number,
            subject="hello",
            status="open",
            created_at=NOW,
            updated_at=NOW,
        )
        message_id = message_id or f"reply-{number}@shop.example"
        sha256 = put_blob(unit.connection, raw)
        message_row = _row(
            unit,
            message,
            ticket_id=ticket_id,
            direction="out",
            kind="human",
            message_id=message_id,
            at=NOW,
            created_at=NOW,
            sha256=sha256,
        )
        made = _row(
            unit,
            outbox,
            message_id=message_id,
            message_row_id=message_row,
            ticket_id=ticket_id,
            mailbox_id=mailbox_id,
            sha256=sha256,
            envelope_from="support@shop.example",
            state="queued",
            phase="none",
            not_before=not_before,
            due_at=not_before,
            created_at=NOW,
        )
        for address in recipients or ("customer@example.org",):
            _row(unit, outbox_recipient, outbox_id=made, address=address)
    return OutboxId(made)
