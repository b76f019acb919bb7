"""Lies in what QRESYNC tells (RFC 7162): it may say less, more or nonsense, and hides no mail."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from deskapp.data.database import Database
from deskapp.data.tables.mail import server_mail
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.mail import folder_look
from deskapp.mail.connection import ImapConnection
from deskapp.mail.folder_sync import FolderSync
from tests.data.mail_rows import add_folder, add_mailbox, new_desk
from tests.servers.blank_desk import put_blank_desk
from tests.servers.scripted_imap import Answer, ScriptedImap, Send

from .lies import to

_MODSEQ = b"* OK [HIGHESTMODSEQ %d] x\r\n"
LEFT = {2, 3}

Modseq = Callable[[int], bytes]
"""What EXAMINE says of HIGHESTMODSEQ at the first, second … look."""


def honest(look: int) -> bytes:
    return _MODSEQ % (90 + look)


MODSEQS: dict[str, Modseq] = {
    "rising": honest,
    "standing still": lambda look: _MODSEQ % 90,
    "going back": lambda look: _MODSEQ % (90 - look),
    "missing": lambda look: b"* OK [NOMODSEQ] x\r\n",
    "missing later": lambda look: honest(look) if look < 2 else b"",
    "zero": lambda look: _MODSEQ % 0,
    "beyond 63 bits": lambda look: b"* OK [HIGHESTMODSEQ " + b"9" * 30 + b"] x\r\n",
    "no number": lambda look: b"* OK [HIGHESTMODSEQ many] x\r\n",
}
TOLD: dict[str, bytes] = {
    "the truth": b"* VANISHED (EARLIER) 2:3\r\n",
    "the truth in small letters": b"* vanished (earlier) 3,2\r\n",
    "nothing": b"",
    "one of two": b"* VANISHED (EARLIER) 2\r\n",
    "two others": b"* VANISHED (EARLIER) 5:6\r\n",
    "one too many": b"* VANISHED (EARLIER) 2:4\r\n",
    "all": b"* VANISHED (EARLIER) 1:4294967295\r\n",
    "unknown ones too": b"* VANISHED (EARLIER) 2:3,700:900,4000000000\r\n",
    "unknown ones alone": b"* VANISHED (EARLIER) 700:701\r\n",
    "the new one": b"* VANISHED (EARLIER) 11,2\r\n",
    "zero": b"* VANISHED (EARLIER) 0,2:3\r\n",
    "a set that is none": b"* VANISHED (EARLIER) 2:,,3\r\n",
    "without EARLIER": b"* VANISHED 2:3\r\n",
    "twice": b"* VANISHED (EARLIER) 2:3\r\n* VANISHED (EARLIER) 3,2\r\n",
    "as a literal": b"* VANISHED (EARLIER) {3}\r\n2:3\r\n",
    "flags without MODSEQ": b"* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n* VANISHED (EARLIER) 2:3\r\n",
    "flags without UID": b"* 1 FETCH (FLAGS () MODSEQ (91))\r\n* VANISHED (EARLIER) 2:3\r\n",
}


def examined(modseq: Modseq) -> Answer:
    looks: list[int] = []

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not command.startswith("EXAMINE"):
            return False
        looks.append(1)
        send(server.examined() + modseq(len(looks)))
        send(f"{tag} OK done\r\n".encode())
        return True

    return answer


def changes(reply: bytes, end: str = "OK done") -> Answer:
    """Answers the question for changes, wherever it begins."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        return "CHANGEDSINCE" in command and to("UID FETCH", reply, end=end)(
            server, tag, command, send
        )

    return answer


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    place: Path = tmp_path_factory.mktemp("qresync")
    with new_desk(put_blank_desk(place / "desk.db")) as opened:
        yield opened


@pytest.fixture
def line(scripted_imap: ScriptedImap, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapConnection]:
    monkeypatch.setattr(folder_look, "_LARGE", 1)
    scripted_imap.capabilities = "IMAP4rev1 ENABLE CONDSTORE QRESYNC"
    scripted_imap.mails = {uid: b"Subject: %d\r\n\r\n%d" % (uid, uid) for uid in range(1, 11)}
    server = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
    opened = ImapConnection.open(server, "sesame")
    assert opened.tells_vanished
    yield opened
    opened.drop()


def two_left_and_one_came(
    database: Database, server: ScriptedImap, line: ImapConnection, *answers: Answer
) -> dict[int, str]:
    """The ledger's states after it; all was here and filed before."""
    mailbox = add_mailbox(database, f"{uuid4()}@shop.example")
    sync = FolderSync(database, folder := add_folder(database, mailbox), "INBOX")
    mine = server_mail.c.folder_id == folder
    server.answers = list(answers)
    sync.run(line)
    with database.writing() as unit:
        filed = server_mail.update().where(mine).values(filed_at=datetime.now(UTC))
        unit.connection.execute(filed)
    for uid in LEFT:
        del server.mails[uid]
    server.mails[11] = b"Subject: 11\r\n\r\n11"
    sync.run(line)
    with database.reading() as reading:
        return {row.uid: row.state for row in reading.execute(server_mail.select().where(mine))}


EXPECTED = {uid: "vanished" if uid in LEFT else "stored" for uid in range(1, 12)}


@pytest.mark.parametrize("told", TOLD)
def test_whatever_is_told_of_what_left_the_ledger_is_like_the_server(
    told: str, database: Database, scripted_imap: ScriptedImap, line: ImapConnection
) -> None:
    answers = examined(honest), changes(TOLD[told])
    assert two_left_and_one_came(database, scripted_imap, line, *answers) == EXPECTED


@pytest.mark.parametrize("end", ["NO [CANNOT] not now", "BAD what is CHANGEDSINCE"])
def test_a_server_that_takes_its_word_back_is_asked_in_the_old_way(
    end: str, database: Database, scripted_imap: ScriptedImap, line: ImapConnection
) -> None:
    answers = examined(honest), changes(b"", end)
    assert two_left_and_one_came(database, scripted_imap, line, *answers) == EXPECTED


@pytest.mark.parametrize("modseq", MODSEQS)
def test_whatever_is_told_of_modseq_the_ledger_is_like_the_server(
    modseq: str, database: Database, scripted_imap: ScriptedImap, line: ImapConnection
) -> None:
    answers = examined(MODSEQS[modseq]), changes(TOLD["the truth"])
    assert two_left_and_one_came(database, scripted_imap, line, *answers) == EXPECTED
