"""A server that lies about dates when an import reaches back so far: what is in reach comes.

In doubt a mail is asked for: what is left out is not asked for again.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables.mail import folder, server_mail
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import LedgerState, Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem
from deskapp.mail.pull import MailboxPull
from deskapp.mail.waiting import Pace
from tests.data.mail_rows import add_mailbox, new_desk
from tests.servers.blank_desk import put_blank_desk
from tests.servers.scripted_imap import Answer, Cut, ScriptedImap, Send

from .lies import MAILS, digest, once, to

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
OLD, YOUNG = {3, 13}, {5, 8}
ALL = OLD | YOUNG
_DATES = {3: "1-Jan-2025", 5: "20-Nov-2026", 8: "20-Oct-2026", 13: "2-Feb-2026"}
_SINCE = "UID SEARCH SINCE"


def _asks_dates(command: str) -> bool:
    return command.startswith("UID FETCH") and command.endswith("(UID INTERNALDATE)")


def dates(spell: str = 'UID {uid} INTERNALDATE "{day} 10:00:00 +0000"') -> Answer:
    """Answers the question for INTERNALDATE, as told."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not _asks_dates(command):
            return False
        for uid in sorted(server._asked(command)):
            told = spell.format(uid=uid, day=_DATES[uid].rjust(11))
            send(f"* {server.place(uid)} FETCH ({told})\r\n".encode())
        send(f"{tag} OK done\r\n".encode())
        return True

    return answer


def dates_refused(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not _asks_dates(command):
        return False
    send(f"{tag} NO no dates here\r\n".encode())
    return True


def hang_up(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not command.startswith(_SINCE):
        return False
    raise Cut


def found(uids: str) -> Answer:
    return to(_SINCE, f"* SEARCH {uids}\r\n".encode())


NO, BAD = to(_SINCE, b"", end="NO no"), to(_SINCE, b"", end="BAD what?")

LIES: Mapping[str, tuple[list[Answer], set[int]]] = {
    "nothing: the truth is in INTERNALDATE": ([found(""), dates()], YOUNG),
    "only the old ones": ([found("3 13"), dates()], ALL),
    "all of them": ([found("3 5 8 13"), dates()], ALL),
    "one of two": ([found("5"), dates()], YOUNG),
    "mails that are not there": ([found("5 8 999 4000000000"), dates()], YOUNG),
    "sequence numbers": ([found("2 3"), dates()], YOUNG | {3}),
    "no answer at all": ([to(_SINCE, b""), dates()], YOUNG),
    "NO": ([NO, dates()], YOUNG),
    "BAD": ([BAD, dates()], YOUNG),
    "NO, and no dates either": ([NO, dates_refused], ALL),
    "NO, and dates without a UID": ([NO, dates('INTERNALDATE "{day} 10:00:00 +0000"')], ALL),
    "NO, and dates that are none": ([NO, dates('UID {uid} INTERNALDATE "yesterday"')], ALL),
    "NO, and NIL for dates": ([NO, dates("UID {uid} INTERNALDATE NIL")], ALL),
    "nothing, and dates of other mails": (
        [found(""), dates('UID 99{uid} INTERNALDATE "{day} 10:00:00 +0000"')], ALL),
    "a cut, once": ([once(hang_up), found("5 8"), dates()], YOUNG),
}  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    place: Path = tmp_path_factory.mktemp("since")
    with new_desk(put_blank_desk(place / "desk.db")) as opened:
        yield opened


@pytest.fixture
def mailbox(database: Database, request: pytest.FixtureRequest) -> MailboxId:
    return add_mailbox(database, f"{request.node.callspec.indices['lie']}@shop.example")


@pytest.fixture
def pulled(
    database: Database, mailbox: MailboxId, scripted_imap: ScriptedImap
) -> Iterator[Callable[[], None]]:
    """Two rounds, however the first ends."""
    scripted_imap.mails = dict(MAILS)
    way = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
    settings = MailboxSettings("support@shop.example", "", way, way, since=SINCE)
    pull = MailboxPull(
        database,
        mailbox,
        settings,
        Event(),
        pace=Pace(pulse_answer=0.2, answer=0.2),
    )

    def rounds() -> None:
        try:
            pull.round("sesame")
        except Problem:
            pull.round("sesame")
        else:
            pull.round("sesame")

    yield rounds
    pull.drop()


@pytest.mark.parametrize("lie", LIES)
def test_what_is_in_reach_comes_whatever_the_server_says_of_dates(
    lie: str,
    database: Database,
    mailbox: MailboxId,
    scripted_imap: ScriptedImap,
    pulled: Callable[[], None],
) -> None:
    scripted_imap.answers, comes = LIES[lie]
    pulled()
    question = (
        select(server_mail)
        .join(folder, folder.c.id == server_mail.c.folder_id)
        .where(folder.c.mailbox_id == mailbox)
    )
    with database.reading() as reading:
        rows = {row.uid: row for row in reading.execute(question)}
    assert {uid for uid, row in rows.items() if row.sha256 == digest(MAILS[uid])} == comes
    left = {uid for uid, row in rows.items() if row.state == LedgerState.NOT_ASKED}
    assert left == ALL - comes
