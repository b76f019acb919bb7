"""Servers that lie in IDLE: the wait ends, or goes on in another way, and the mail comes."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables.mail import server_mail
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail.pull import MailboxPull
from deskapp.mail.waiting import Pace
from tests.data.mail_rows import add_mailbox, new_desk
from tests.servers.scripted_imap import Answer, Cut, ScriptedImap, Send

QUICK = Pace(
    look=0.4, poll=0.4, pulse=0.1, pulse_answer=0.3, answer=0.3, second_look=0.1, retry=0.1
)
REFUSED, OFFLINE = ProblemKind.SERVER_REFUSED, ProblemKind.OFFLINE


def _idle(reply: Callable[[str], bytes], *, cut: bool = False) -> Answer:
    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if command.upper() != "IDLE":
            return False
        server._idle = tag
        send(reply(tag))
        if cut:
            raise Cut
        return True

    return answer


def _done(reply: Callable[[str], bytes], *, cut: bool = False) -> Answer:
    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if tag != "DONE":
            return False
        send(reply(server._idle))
        if cut:
            raise Cut
        return True

    return answer


LIES: dict[str, tuple[Answer, ProblemKind | None]] = {
    "IDLE offered and unknown": (_idle(lambda tag: f"{tag} BAD what\r\n".encode()), None),
    "IDLE offered and refused": (_idle(lambda tag: f"{tag} NO not now\r\n".encode()), None),
    "IDLE done before it began": (_idle(lambda tag: f"{tag} OK done\r\n".encode()), None),
    "nothing but 'still here'": (_idle(lambda tag: b"+ idling\r\n* OK Still here\r\n"), None),
    "never a word of new mail": (_idle(lambda tag: b"+ idling\r\n"), None),
    "garbage in IDLE": (_idle(lambda tag: b"+ idling\r\n* \xff\xfe\r\n"), None),
    "EXISTS without a change, over and over": (
        _idle(lambda tag: b"+ idling\r\n* 1 EXISTS\r\n"), None),
    "two go-aheads": (_idle(lambda tag: b"+ idling\r\n+ idling\r\n"), None),
    "no go-ahead": (_idle(lambda tag: b""), OFFLINE),
    "BYE for a go-ahead": (_idle(lambda tag: b"* BYE no idlers here\r\n", cut=True), REFUSED),
    "BYE in IDLE": (_idle(lambda tag: b"+ idling\r\n* BYE idle for too long\r\n", cut=True),
                    REFUSED),
    "a cut in IDLE": (_idle(lambda tag: b"+ idling\r\n", cut=True), OFFLINE),
    "silence after DONE": (_done(lambda tag: b""), OFFLINE),
    "BAD after DONE": (_done(lambda tag: f"{tag} BAD what\r\n".encode()), None),
    "a foreign tag after DONE": (_done(lambda tag: b"X1 OK done\r\n"), OFFLINE),
}  # fmt: skip


@pytest.fixture
def database(desk_file: str) -> Iterator[Database]:
    with new_desk(desk_file) as opened:
        yield opened


@pytest.mark.parametrize("lie", LIES)
def test_new_mail_comes_whatever_idle_says(
    lie: str, scripted_imap: ScriptedImap, database: Database
) -> None:
    answer, kind = LIES[lie]
    scripted_imap.capabilities = "IMAP4rev1 IDLE"
    scripted_imap.mails = {1: b"first"}
    scripted_imap.answers = [answer]
    way = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
    settings = MailboxSettings("support@shop.example", "", way, way)
    pull = MailboxPull(database, add_mailbox(database), settings, Event(), pace=QUICK)
    pull.round("sesame")
    scripted_imap.mails[2] = b"second"
    wake = Event()
    for _ in range(3):  # the look after a first look, then a wait, then whatever follows it
        try:
            pull.wait(wake)
        except Problem as problem:
            assert problem.kind in (kind, None)
        pull.round("sesame")
    pull.drop()
    with database.reading() as reading:
        stored = reading.execute(
            select(server_mail.c.uid).where(server_mail.c.sha256.is_not(None))
        ).scalars()
        assert set(stored) == {1, 2}
