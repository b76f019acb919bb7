"""A server numbers its mails anew (UIDVALIDITY): what people did stays, nothing comes twice."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from deskapp.data.tables.mail import server_mail
from deskapp.data.tables.tickets import message
from deskapp.desk import Desk
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.tickets import TicketEdit
from deskapp.engine.once import run_once
from deskapp.mail import plan
from deskapp.secrets import SecretFile
from deskapp.wiring import open_house
from tests.data.mail_rows import NOWHERE
from tests.servers.dovecot import ImapAccount
from tests.servers.poison import Manner, Poison
from tests.servers.wire import NewWire, Wire

ADDRESS = "support@shop.example"
MAILS = 40


def mail(number: int, size: int = 4000) -> bytes:
    return (
        f"From: Customer <c{number}@example.org>\r\nTo: {ADDRESS}\r\nSubject: question {number}\r\n"
        f"Message-ID: <q{number}@example.org>\r\n\r\nWhere is order {number}?\r\n{'x' * size}\r\n"
    ).encode()


@pytest.fixture
def wire(imap_account: ImapAccount, new_wire: NewWire) -> Wire:
    return new_wire(imap_account.port)


@pytest.fixture
def desk(
    desk_url: str,
    imap_account: ImapAccount,
    wire: Wire,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """A desk that has pulled 40 mails, with an owner and a note on every fifth ticket."""
    monkeypatch.setattr(plan, "BATCH_MAILS", 10)
    own_home.mkdir()
    monkeypatch.setenv("DESKAPP_SECRETS", str(own_home / "secrets.json"))
    SecretFile(own_home / "secrets.json").set(ADDRESS, "imap", imap_account.password)
    opened = open_house(desk_url, create=True)
    imap = Server("127.0.0.1", wire.port, Security.NONE, imap_account.user)
    opened.mailboxes.add(MailboxSettings(ADDRESS, "Lotus", imap, NOWHERE))
    opened.agent = opened.agents.add("Anna")
    imap_account.deliver(*map(mail, range(MAILS)))
    run_once(desk_url)
    for ticket in tickets(opened)[::5]:
        opened.tickets.edit(ticket, TicketEdit(assignee_id=opened.agent))
        opened.tickets.note(ticket, f"looked into {ticket}")
    yield opened
    opened.close()


def tickets(desk: Desk) -> list[TicketId]:
    return sorted(desk.tickets.view_ids("all"))


def work_done(desk: Desk) -> list[tuple[TicketId, AgentId | None, tuple[str, ...]]]:
    """Each ticket with its owner and all that stands on it, notes too."""
    found = []
    for ticket in tickets(desk):
        talk = desk.tickets.conversation(ticket)
        found.append((ticket, talk.ticket.assignee_id, tuple(one.text for one in talk.messages)))
    return found


def sums(mails: list[bytes]) -> Counter[str]:
    return Counter(hashlib.sha256(one).hexdigest() for one in mails)


def filed(desk: Desk) -> Counter[str]:
    """The mails that are messages here."""
    with desk.database.reading() as reading:
        names = reading.execute(select(message.c.sha256).where(message.c.sha256.is_not(None)))
        return Counter(names.scalars())


def linked(desk: Desk) -> Counter[str]:
    """The mails of the ledger that stand for a message, in the folder's present epoch."""
    with desk.database.reading() as reading:
        newest = reading.execute(
            select(server_mail.c.uidvalidity).order_by(server_mail.c.id.desc()).limit(1)
        ).scalar_one()
        names = reading.execute(
            select(server_mail.c.sha256)
            .join(message, message.c.id == server_mail.c.message_id)
            .where(server_mail.c.uidvalidity == newest, message.c.sha256 == server_mail.c.sha256)
        )
        return Counter(names.scalars())


def unfiled(desk: Desk) -> int:
    with desk.database.reading() as reading:
        question = select(func.count()).where(
            server_mail.c.filed_at.is_(None), server_mail.c.state != "vanished"
        )
        return int(reading.execute(question).scalar_one())


def cut_halfway(url: str, wire: Wire) -> None:
    wire.poison(Poison(Manner.RESET, MAILS * 2000, to_server=False))
    run_once(url)
    assert wire.struck(0)


def stop_after_a_batch(url: str) -> None:
    stop = Event()

    class Stopper:
        """Hears the news of the first batch, and then a person closes the program."""

        def write(self, line: str) -> None:
            if '"progress"' in line:
                stop.set()

        def flush(self) -> None:
            pass

    report = run_once(url, stop=stop, output=Stopper())  # type: ignore[arg-type]
    assert 0 < report.mailboxes[0].new < MAILS


def test_a_renumbered_mailbox_is_linked_again_with_owners_and_notes_as_they_were(
    desk: Desk, desk_url: str, imap_account: ImapAccount, wire: Wire
) -> None:
    """Renumbered three times: the first two linkings are stopped and cut half-way."""
    before = work_done(desk)
    imap_account.renew_uidvalidity()
    stop_after_a_batch(desk_url)
    imap_account.renew_uidvalidity()
    cut_halfway(desk_url, wire)
    assert work_done(desk) == before
    imap_account.renew_uidvalidity()
    report = run_once(desk_url)
    assert report.mailboxes[0].problem is None
    assert work_done(desk) == before
    assert filed(desk) == linked(desk) == sums(imap_account.mails())
    assert (report.mailboxes[0].on_server, report.mailboxes[0].stored) == (MAILS, MAILS)
    assert unfiled(desk) == 0
    assert desk.upkeep.check() == ()


def test_mail_that_was_stored_and_not_yet_filed_when_the_numbers_changed_comes_once(
    desk: Desk, desk_url: str, imap_account: ImapAccount, wire: Wire
) -> None:
    imap_account.deliver(*map(mail, range(1000, 1010)))
    with desk.database.writing() as unit:  # as if killed between storing and filing
        half_done = server_mail.update().where(server_mail.c.uid <= 10)
        unit.connection.execute(half_done.values(filed_at=None, message_id=None))
    imap_account.renew_uidvalidity()
    run_once(desk_url)
    assert filed(desk) == sums(imap_account.mails())
    assert unfiled(desk) == 0
