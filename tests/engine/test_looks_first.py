"""What leaves unless the customer writes first makes the running engine look, and then leaves."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from deskapp.data.database import Database
from deskapp.data.tables.replies import outbox
from deskapp.mail.waiting import Pace
from deskapp.secrets import SecretFile
from deskapp.wiring import open_house
from tests.data.mail_rows import add_outgoing
from tests.engine.running import database, engine_here, mailbox_of, secrets, url_of
from tests.servers.smtp_sink import SmtpSink

__all__ = ["database", "secrets"]

LONG = 600.0
LATER = datetime(2100, 1, 1, tzinfo=UTC)
PATIENT = Pace(look=LONG, poll=LONG, pulse=LONG, second_look=LONG)
"""It looks once, and by itself not again while the test runs."""


def test_a_due_reply_that_waits_for_the_customer_has_the_mailbox_looked_at_and_leaves(
    database: Database, smtp_sink: SmtpSink, secrets: SecretFile
) -> None:
    desk = open_house(url_of(database))
    try:
        with engine_here(desk, PATIENT) as paper:
            paper.until(news="state", state="ok")
            number = add_outgoing(database, mailbox_of(database), not_before=LATER)
            now = datetime.now(UTC)
            with database.writing() as unit:
                unit.connection.execute(
                    update(outbox)
                    .where(outbox.c.id == number)
                    .values(unless_answered=True, not_before=now, due_at=now)
                )
            paper.until(news="sent", count=1)
    finally:
        desk.close()
    with database.reading() as connection:
        assert connection.execute(select(outbox.c.state)).scalar_one() == "sent"
    assert len(smtp_sink.mails) == 1
