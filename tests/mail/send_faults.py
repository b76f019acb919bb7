"""All ways in which a server may fail while it is sent a mail, and what must become of the mail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables.replies import outbox
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem
from deskapp.mail import smtp_line
from deskapp.mail.postman import Postman
from deskapp.ui.fault_words import fault_words, raw_words
from tests.data.mail_rows import NOW, add_mailbox, add_outgoing
from tests.servers.scripted_smtp import Phase, ScriptedSmtp, Trick, Way

VARIANTS = 5
PATIENCE = 0.5  # seconds
_LINE = b"x" * 70 + b"\r\n"
_SHORT = b"Subject: short\r\n\r\n" + _LINE * 600
_LONG = _SHORT + _LINE * 120_000  # more than buffers take: that the line goes is felt inside

_NOT_NOW = (
    b"421 4.3.2 shutting down\r\n",
    b"450 4.2.1 mailbox busy\r\n",
    b"451-4.7.1 greylisted\r\n451 4.7.1 come back\r\n",
    b"452 4.3.1 no room\r\n",
    "454 4.7.0 xin thử lại sau\r\n".encode(),
)
_NEVER = (
    b"550 5.1.1 no such user\r\n",
    b"552 5.3.4 too big\r\n",
    b"553-5.1.3 bad\r\n553 5.1.3 address\r\n",
    b"554 5.7.1 looks like spam\r\n",
    "550 5.7.26 спам\r\n".encode(),
)
_NO_SIGN_IN = (
    b"535 5.7.8 wrong password\r\n",
    b"534 5.7.9 too weak\r\n",
    b"530 5.7.0 sign in elsewhere\r\n",
    b"535-5.7.8 wrong\r\n535 5.7.8 password\r\n",
    "535 5.7.8 пароль\r\n".encode(),
)
_NONSENSE = (
    b"HTTP/1.1 400 Bad Request\r\n",
    b"what?\r\n",
    b"\xff\xfe\x00\x80\r\n",
    b"z" * 9000 + b"\r\n",
    b"999 no code\r\n",
)
_BEGUN = (b"", b"2", b"250", b"250-half\r\n", b"4")  # what is said before the line goes or hangs

_SIGN_IN = (Phase.GREETING, Phase.EHLO, Phase.AUTH)
_MINUTE = timedelta(minutes=1)
_SERVER_SAID = "The server said:"
_LINE_FAILED = "No answer from the mail server:"
_SILENT = "The mail server did not answer in time."


@dataclass(frozen=True)
class Case:
    """One of 240."""

    trick: Trick
    variant: int

    def __str__(self) -> str:
        return f"{self.trick.phase}-{self.trick.way}-{self.variant}"


@dataclass(frozen=True)
class Expected:
    """``wait``: until the next try; None when only a person starts one. ``tries``: used up.

    ``words``: one of them stands in what is shown; ``sentence`` is what it begins with.
    """

    state: str
    wait: timedelta | None
    tries: int
    words: tuple[str, ...]
    sentence: str = _SERVER_SAID


def cases(variants: range = range(VARIANTS)) -> Iterator[Case]:
    """8 phases, 6 ways, and of each these variants."""
    for phase in Phase:
        for way in Way:
            for variant in variants:
                yield Case(Trick(phase, way, _answer(phase, way, variant)), variant)


def _answer(phase: Phase, way: Way, variant: int) -> bytes:
    if way is Way.NEVER and phase is Phase.AUTH:
        return _NO_SIGN_IN[variant]
    said = {Way.NOT_NOW: _NOT_NOW, Way.NEVER: _NEVER, Way.NONSENSE: _NONSENSE}.get(way, _BEGUN)
    return said[variant]


def expected(case: Case) -> Expected:
    """What must become of it: the rule in words, not in code of ours."""
    phase, way = case.trick.phase, case.trick.way
    server_said = _words(case.trick.answer)
    if phase in _SIGN_IN:  # the mail was not judged: nothing is used up, the account pauses
        if way is Way.NEVER and phase is Phase.AUTH:
            return Expected("queued", None, 0, server_said, "The mail server refused the sign-in.")
        if way in (Way.NOT_NOW, Way.NEVER, Way.NONSENSE):
            return Expected("queued", _MINUTE, 0, (*server_said, "Line too long"))
        return Expected("queued", timedelta(seconds=30), 0, _GONE, _line(way))
    if way is Way.NOT_NOW:
        return Expected("queued", _MINUTE, 1, server_said)
    if way is Way.NEVER:
        return Expected("failed", None, 0, server_said)
    words = (*server_said, "Line too long") if way is Way.NONSENSE else _GONE
    sentence = _SERVER_SAID if way is Way.NONSENSE else _line(way)
    if phase is Phase.DOT or (phase is Phase.BODY and way is Way.NONSENSE):
        return Expected("uncertain", None, 0, words, sentence)
    return Expected("queued", _MINUTE, 1, words, sentence)


def _line(way: Way) -> str:
    return _SILENT if way is Way.SILENCE else _LINE_FAILED


_GONE = ("closed", "lost", "reset", "timed out", "Broken pipe")


def _words(answer: bytes) -> tuple[str, ...]:
    line = answer.decode("utf-8", "replace").split("\r\n")[0]
    words = line[4:44] if line[:3].isdigit() and line[0] in "2345" else line[:40]
    return (words.split("\x00")[0].strip("\ufffd "),)


def check(case: Case, database: Database, server: ScriptedSmtp) -> None:
    """Runs one case and says what is wrong with its end."""
    server.trick = case.trick
    way = Server(server.host, server.port, Security.NONE, "support")
    box = add_mailbox(database, f"{case}@shop.example".replace(" ", "-"), smtp=way)
    cut = case.trick.way in (Way.HANG_UP, Way.RESET, Way.SILENCE)
    raw = _LONG if cut and case.trick.phase is Phase.BODY else _SHORT
    number = add_outgoing(database, box, raw=raw)
    told: list[Problem | None] = []
    postman = Postman(
        database,
        "exam",
        lambda _box: (way, "sesame"),
        lambda: NOW,
        lambda _box, problem: told.append(problem),
        answer_seconds=PATIENCE,
    )
    assert postman.send_due([box]) == 0, f"{case}: called sent"
    want = expected(case)
    with database.reading() as connection:
        row = connection.execute(select(outbox).where(outbox.c.id == number)).one()
    due = postman.next_due([box])
    wait = None if due is None else due - NOW
    seen = (row.state, wait, row.attempts)
    assert seen == (want.state, want.wait, want.tries), f"{case}: {seen}, {row.last_error!r}"
    shown = fault_words(row.fault, row.last_error)  # as the outbox has it on screen
    all_said = f"{shown} {raw_words(row.fault, row.last_error)}"  # the second as its tip
    assert any(one in all_said for one in want.words), f"{case}: {all_said!r}"
    assert shown.startswith(want.sentence), f"{case}: {shown!r}"
    server.trick, server.kept = None, []
    again = Postman(database, "later", lambda _box: (way, "sesame"), lambda: NOW + _MINUTE)
    sent = again.send_due([box])
    assert sent == (want.state == "queued"), f"{case}: {sent} sent by the next try"
    assert server.kept == [raw] * sent, f"{case}: the next try sent other bytes"


def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits ten minutes for a dot here."""
    monkeypatch.setattr(smtp_line, "CONNECT_SECONDS", PATIENCE)
    monkeypatch.setattr(smtp_line, "DOT_SECONDS", PATIENCE)


def run(database: Database, chosen: Iterator[Case], tell: Callable[[str], None]) -> None:
    """All of them; the faults of all are told together."""
    wrong: list[str] = []
    count = 0
    with ScriptedSmtp() as server:
        for case in chosen:
            count += 1
            try:
                check(case, database, server)
            except AssertionError as error:
                wrong.append(str(error).splitlines()[0])
    tell(f"{count} cases, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
