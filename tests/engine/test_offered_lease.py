"""A program that the mail server does not let in keeps the mailbox from nobody else."""

from contextlib import closing

from deskapp.data.database import Database
from deskapp.desk import Desk
from deskapp.mail.waiting import Pace
from deskapp.secrets import SecretFile
from deskapp.wiring import open_house
from tests.engine.running import ADDRESS, database, engine_here, mail, secrets, url_of
from tests.servers.dovecot import ImapAccount

__all__ = ["database", "secrets"]

QUICK = Pace(lease=0.1, second_look=0.1)


def test_who_has_the_right_password_takes_over_from_who_has_an_old_one(
    database: Database, imap_account: ImapAccount, secrets: SecretFile
) -> None:
    imap_account.deliver(mail(1))
    secrets.set(ADDRESS, "imap", "the old one")
    with (
        open_desk(database) as first,
        open_desk(database) as second,
        engine_here(first, QUICK) as old,
    ):
        old.until(news="state", state="sign_in_refused")
        secrets.set(ADDRESS, "imap", imap_account.password)
        with engine_here(second, QUICK) as new:
            new.until(news="filed", tickets=1)


def open_desk(database: Database) -> closing[Desk]:
    return closing(open_house(url_of(database)))
