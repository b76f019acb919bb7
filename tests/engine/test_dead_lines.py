"""E09: the line dies in silence, the laptop sleeps; mail comes soon after all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deskapp.data.tables.mail import server_mail
from deskapp.desk import Desk
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.engine import process
from deskapp.mail.waiting import Pace, SleepWatch
from deskapp.secrets import SecretFile
from deskapp.wiring import open_house
from tests.data.mail_rows import NOWHERE
from tests.engine.running import engine_here
from tests.servers.dovecot import ImapAccount
from tests.servers.wire import NewWire, Wire

ADDRESS = "support@shop.example"
LONG = 600.0
PACE = Pace(look=LONG, poll=LONG, pulse=0.5, pulse_answer=0.5, answer=3.0, second_look=0.1,
            retry=0.1, longest_retry=0.3)  # fmt: skip
PATIENT = Pace(look=LONG, poll=LONG, pulse=LONG, second_look=0.1, retry=0.1)


@pytest.fixture
def wire(imap_account: ImapAccount, new_wire: NewWire) -> Wire:
    return new_wire(imap_account.port)


@pytest.fixture
def desk(
    desk_file: str,
    imap_account: ImapAccount,
    wire: Wire,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    own_home.mkdir()
    monkeypatch.setenv("DESKAPP_SECRETS", str(own_home / "secrets.json"))
    monkeypatch.setattr(process, "_REFRESH_SECONDS", 0.2)
    SecretFile(own_home / "secrets.json").set(ADDRESS, "imap", imap_account.password)
    opened = open_house(desk_file, create=True)
    imap = Server("127.0.0.1", wire.port, Security.NONE, imap_account.user)
    opened.mailboxes.add(MailboxSettings(ADDRESS, "Lotus", imap, NOWHERE))
    yield opened
    opened.close()


def stored(desk: Desk) -> int:
    with desk.database.reading() as reading:
        question = select(func.count()).where(server_mail.c.sha256.is_not(None))
        return int(reading.execute(question).scalar_one())


def test_mail_comes_when_a_line_that_died_without_a_word_is_back(
    desk: Desk, imap_account: ImapAccount, wire: Wire
) -> None:
    with engine_here(desk, PACE) as paper:
        paper.until(news="state", state="ok")
        for number in range(1, 4):
            wire.freeze()
            imap_account.deliver(b"From: c@example.org\r\nSubject: %d\r\n\r\n" % number)
            paper.until(news="state", state="offline")
            wire.mend()
            paper.until(news="filed", messages=1)
            assert stored(desk) == number
            paper.until(news="state", state="ok")


def test_every_line_is_dropped_and_opened_anew_after_sleep(
    desk: Desk, imap_account: ImapAccount, wire: Wire
) -> None:
    slept = 0.0
    watch = SleepWatch(wall=lambda: 1e9 + slept, steady=lambda: 0.0)
    with engine_here(desk, PATIENT, watch) as paper:
        paper.until(news="state", state="ok")
        for night in range(1, 4):
            before = wire.connections
            wire.freeze()  # what was said before is lost, and nobody says so
            imap_account.deliver(b"From: c@example.org\r\nSubject: %d\r\n\r\n" % night)
            slept += 8 * 3600
            paper.until(news="state", state="offline")
            wire.mend()
            paper.until(news="filed", messages=1)
            assert stored(desk) == night
            assert wire.connections > before
            paper.until(news="state", state="ok")  # a line just being opened has its own time-out


def test_a_mailbox_keeps_to_one_session(desk: Desk, imap_account: ImapAccount, wire: Wire) -> None:
    with engine_here(desk, Pace(look=0.3, pulse=0.1, second_look=0.1)) as paper:
        for number in range(5):
            imap_account.deliver(b"From: c@example.org\r\nSubject: %d\r\n\r\n" % number)
            paper.until(news="filed", messages=1)
    assert wire.connections == 1
