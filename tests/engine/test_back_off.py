"""A server that asks to be left alone is left alone: by this engine, by a round, after a start."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from deskapp.cli.mailbox_facts import state_words
from deskapp.data.database import Database
from deskapp.data.queries.mailboxes import lease_name, mailbox_rows
from deskapp.data.tables.mail import mailbox
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxRow, Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.engine.leases import Leases
from deskapp.engine.news import News
from deskapp.engine.once import run_once
from deskapp.engine.passwords import passwords_for
from deskapp.engine.worker import MailboxWorker, Surroundings
from deskapp.secrets import SecretFile
from deskapp.ui.mailbox_words import state
from deskapp.wiring import open_house
from tests.data.mail_rows import add_mailbox, new_desk
from tests.engine.running import ADDRESS, engine, mail, secrets, url_of
from tests.servers.scripted_imap import ScriptedImap, Send

__all__ = ["secrets"]


def throttles(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not command.startswith("LOGIN"):
        return False
    send(
        f"{tag} BAD Request is throttled. Suggested Backoff Time: 299997 milliseconds\r\n".encode()
    )
    return True


def alerts(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not command.startswith("LOGIN"):
        return False
    send(f"{tag} OK [ALERT] Your password ends on Friday\r\n".encode())
    return True


@pytest.fixture
def database(
    desk_file: str, scripted_imap: ScriptedImap, secrets: SecretFile
) -> Iterator[Database]:
    scripted_imap.mails = {1: mail(1)}
    secrets.set(ADDRESS, "imap", "sesame")
    with new_desk(desk_file) as opened:
        add_mailbox(
            opened, ADDRESS, Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
        )
        yield opened


def the_mailbox(database: Database) -> MailboxRow:
    with database.reading() as reading:
        [row] = mailbox_rows(reading)
    return row


def test_a_throttling_server_is_asked_once_until_its_time_is_over(
    database: Database, scripted_imap: ScriptedImap
) -> None:
    scripted_imap.answers = [throttles]
    with engine(url_of(database)) as running:
        refused = running.hear_state("server_refused")
        assert "Backoff" in str(refused["detail"])
        running.say(do="sync_now")
        assert running.end() == 0
    left = the_mailbox(database).retry_at
    assert left is not None
    assert timedelta(minutes=4) < left - datetime.now(UTC) < timedelta(minutes=5)
    scripted_imap.answers = []
    report = run_once(url_of(database)).mailboxes[0]
    assert report.problem is not None
    assert "Backoff" in str(report.problem.details["said"])
    assert len(scripted_imap.commands("LOGIN")) == 1
    with database.writing() as unit:
        unit.connection.execute(mailbox.update().values(retry_at=datetime.now(UTC)))
    assert run_once(url_of(database)).mailboxes[0].new == 1


def test_an_alert_of_a_server_that_works_reaches_a_person(
    database: Database, scripted_imap: ScriptedImap
) -> None:
    scripted_imap.answers = [alerts]
    with engine(url_of(database)) as running:
        told = running.hear_state("ok")
        assert told["detail"] == "Your password ends on Friday"
    row = the_mailbox(database)
    assert "The server says: Your password ends on Friday" in state(row, datetime.now(UTC))
    assert "the server says: Your password ends on Friday" in state_words(row)


def test_an_alert_of_a_single_round_reaches_a_person_too(
    database: Database, scripted_imap: ScriptedImap
) -> None:
    scripted_imap.answers = [alerts]
    assert run_once(url_of(database)).mailboxes[0].problem is None
    assert "the server says: Your password ends on Friday" in state_words(the_mailbox(database))


def test_a_mail_that_could_be_sent_ends_no_rest_that_the_other_server_asked_for(
    database: Database, scripted_imap: ScriptedImap
) -> None:
    scripted_imap.answers = [throttles]
    assert run_once(url_of(database)).mailboxes[0].problem is not None
    rest = the_mailbox(database).retry_at
    with closing(open_house(url_of(database))) as desk:
        around = Surroundings(
            desk,
            Leases(desk.database, lambda _one: None, lease_name),
            passwords_for(desk),
            News(None),
            Event().set,
        )
        worker = MailboxWorker(the_mailbox(database).id, around)
        worker.wake.set()  # it need not sit the rest out
        worker._turn()
        worker.sending_went(Problem(ProblemKind.OFFLINE))
        assert the_mailbox(database).state == "offline"
        worker.sending_went(None)
    row = the_mailbox(database)
    assert (row.state, row.retry_at) == ("server_refused", rest)
    assert len(scripted_imap.commands("LOGIN")) == 1
