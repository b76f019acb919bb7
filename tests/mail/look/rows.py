"""A folder of the ledger and its mails, as these stories look at them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from deskapp.data.database import Database
from deskapp.data.tables.mail import folder as folder_table
from deskapp.data.tables.mail import server_mail

MAILS = 60


def mail(number: int) -> bytes:
    return b"Subject: %d\r\nMessage-ID: <m%d@example.org>\r\n\r\nmail %d\r\n" % ((number,) * 3)


def states(database: Database) -> dict[int, str]:
    with database.reading() as reading:
        rows = reading.execute(server_mail.select().order_by(server_mail.c.uid))
        return {row.uid: row.state for row in rows}


def check_age(database: Database, age: timedelta) -> None:
    with database.writing() as unit:
        at = datetime.now(UTC) - age
        unit.connection.execute(update(folder_table).values(last_full_check_at=at))
