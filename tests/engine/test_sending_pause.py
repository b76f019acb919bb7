"""A refused sign-in at the sending server: one try, until somebody changes something."""

from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries.folders import note_state
from deskapp.data.tables.replies import outbox
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.secrets import SecretFile
from tests.data.mail_rows import NOW, add_mailbox, add_outgoing
from tests.engine.running import database, engine, mailbox_of, secrets, url_of
from tests.servers.dovecot import ImapAccount
from tests.servers.smtp_sink import NewSink

__all__ = ["database", "secrets"]

OTHER = "sales@shop.example"


def test_noting_the_state_of_mailboxes_is_no_reason_to_try_the_password_again(
    database: Database, imap_account: ImapAccount, new_smtp_sink: NewSink, secrets: SecretFile
) -> None:
    sink = new_smtp_sink(login=("support", "sesame"))
    imap = Server(imap_account.host, imap_account.port, Security.NONE, imap_account.user)
    smtp = Server(sink.host, sink.port, Security.NONE, "support")
    box = add_mailbox(database, OTHER, imap, smtp)
    secrets.set(OTHER, "imap", imap_account.password)
    secrets.set(OTHER, "smtp", "wrong")
    add_outgoing(database, box)
    with engine(url_of(database)) as running:
        running.hear_state("sign_in_refused")
        with database.writing() as unit:  # as another engine does for a mailbox of its own
            note_state(unit, mailbox_of(database), "offline", "", NOW, success=False)
        for _ in range(2):  # the postman has looked again since, and had the oldest first
            add_outgoing(database, mailbox_of(database))
            running.hear(lambda news: news["news"] == "sent")
        with database.reading() as connection:
            row = connection.execute(select(outbox).where(outbox.c.mailbox_id == box)).one()
        assert (row.state, row.fault, row.attempts) == ("queued", "sign_in", 0)
        assert sink.sessions == 1
        running.say(do="secret", mailbox=box, smtp="sesame")
        running.hear(lambda news: news["news"] == "sent")
    assert len(sink.mails) == 1
