"""Servers that lie: nothing is lost, nothing is mixed up, other mail comes, a person is told."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables.mail import folder, server_mail
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem
from deskapp.mail import connection, imap_line
from deskapp.mail.plan import LARGE_MAIL
from deskapp.mail.pull import MailboxPull, Round
from deskapp.mail.waiting import Pace
from tests.data.mail_rows import add_mailbox, new_desk
from tests.servers.blank_desk import put_blank_desk
from tests.servers.scripted_imap import ScriptedImap

from .lies import (
    EPOCHS,
    LARGE,
    MAILS,
    Lie,
    digest,
    folders,
    large_mail,
    lines,
    one_mail,
    opening,
    searching,
    signing,
    sizes,
)

LIES = (
    *one_mail.LIES,
    *large_mail.LIES,
    *lines.LIES,
    *searching.LIES,
    *opening.LIES,
    *signing.LIES,
    *folders.LIES,
)
_NUMBERS = count()
QUICK = Pace(pulse_answer=0.2, answer=0.2)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    place: Path = tmp_path_factory.mktemp("lies")
    with new_desk(put_blank_desk(place / "desk.db")) as opened:
        yield opened


@pytest.fixture
def mailbox(database: Database) -> MailboxId:
    return add_mailbox(database, f"{next(_NUMBERS)}@shop.example")


@pytest.fixture
def pull(
    database: Database,
    mailbox: MailboxId,
    scripted_imap: ScriptedImap,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MailboxPull]:
    monkeypatch.setattr(imap_line, "LARGEST_LINE", 200_000)
    monkeypatch.setattr(imap_line, "LARGEST_ANSWER", 4_000_000)
    scripted_imap.mails = dict(MAILS)
    way = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
    settings = MailboxSettings("support@shop.example", "", way, way)
    made = MailboxPull(database, mailbox, settings, Event(), pace=QUICK)
    yield made
    made.drop()


class Watched:
    """Rounds of a pull, and what the ledger has after each, checked against the server's mails."""

    def __init__(self, database: Database, mailbox: MailboxId, pull: MailboxPull) -> None:
        self._database = database
        self._mailbox = mailbox
        self._pull = pull

    def round(self) -> Round | Problem:
        with self._database.writing() as unit:  # the waits of mails that did not come pass
            unit.connection.execute(server_mail.update().values(retry_at=None))
        try:
            return self._pull.round("sesame")
        except Problem as problem:
            return problem
        finally:
            self.stored()

    def stored(self) -> set[tuple[int, int]]:
        """(UIDVALIDITY, UID) of all that is stored in INBOX; each has its own bytes."""
        question = (
            select(server_mail)
            .join(folder, folder.c.id == server_mail.c.folder_id)
            .where(folder.c.mailbox_id == self._mailbox, folder.c.name == "INBOX")
        )
        with self._database.reading() as reading:
            rows = reading.execute(question).all()
        stored = [row for row in rows if row.sha256 is not None]
        for row in stored:
            large = row.uid == 8 and row.size == len(LARGE)
            assert row.sha256 == digest(LARGE if large else EPOCHS[row.uidvalidity][row.uid])
        return {(row.uidvalidity, row.uid) for row in stored}


@pytest.fixture
def watched(database: Database, mailbox: MailboxId, pull: MailboxPull) -> Watched:
    return Watched(database, mailbox, pull)


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.what)
def test_a_lie_loses_nothing_keeps_nothing_else_back_and_is_told_in_words(
    lie: Lie, scripted_imap: ScriptedImap, watched: Watched
) -> None:
    lie.tell(scripted_imap)
    outcomes = [watched.round(), watched.round()]
    there = scripted_imap.mails.keys() - lie.behind
    assert {uid for _, uid in watched.stored()} >= there
    _told(lie, outcomes[-1])
    _honest(scripted_imap)
    watched.round()
    assert isinstance(watched.round(), Round)
    complete = {(scripted_imap.uidvalidity, uid) for uid in scripted_imap.mails}
    assert complete <= watched.stored()


def _told(lie: Lie, outcome: Round | Problem) -> None:
    if lie.kind is not None:
        assert isinstance(outcome, Problem)
        assert outcome.kind is lie.kind
        assert lie.says in str(outcome.details.get("said"))
    elif isinstance(outcome, Round):
        assert lie.says in " ".join(outcome.alerts)


def _honest(server: ScriptedImap) -> None:
    default = ScriptedImap()
    for name in ("answers", "greetings", "greeting", "capabilities", "listing"):
        setattr(server, name, getattr(default, name))


@pytest.mark.parametrize("lie", ["a size of full slices"])
def test_a_size_reached_by_a_full_slice_is_no_end(
    lie: str, scripted_imap: ScriptedImap, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = 600_000
    monkeypatch.setattr(connection, "SLICE", part)
    assert LARGE_MAIL < 2 * part < len(LARGE)
    scripted_imap.mails[8] = LARGE
    sizes(lambda _server, _uid: b"* 3 FETCH (UID 8 RFC822.SIZE %d)\r\n" % (2 * part))(scripted_imap)
    watched.round()
    assert (7, 8) in watched.stored()


def test_there_are_enough_different_lies() -> None:
    assert len({lie.what for lie in LIES}) == len(LIES)
    assert len(LIES) >= 120
