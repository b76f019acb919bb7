"""The team's PostgreSQL is stopped and started while mail comes in, replies leave and Anna writes:
all of it goes on by itself, and each thing is there once."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import NAMESPACE_URL, uuid5

import pytest

from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.wiring import open_house
from tests.engine.running import engine
from tests.exams.parcel_mail import mail_of
from tests.servers.dovecot import ImapAccount
from tests.servers.smtp_sink import SmtpSink
from tests.servers.wire import NewWire
from tests.stories.shop import Shop

from .books import Ledger, server_hashes
from .outages import Outages, outages

MAILS, REPLIES, TIMES, AWAY_SECONDS, LONG = 24, 8, 3, 1.5, 120.0


@pytest.fixture
def database() -> Iterator[Outages]:
    with outages() as made:
        yield made


@pytest.fixture
def shop(
    database: Outages,
    imap_account: ImapAccount,
    smtp_sink: SmtpSink,
    new_wire: NewWire,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Shop:
    own_home.mkdir(exist_ok=True)
    monkeypatch.setenv("DESKAPP_SECRETS", str(own_home / "secrets.json"))
    monkeypatch.setenv("DESKAPP_DESK", database.url)
    made = Shop(database.url, imap_account, smtp_sink, new_wire(smtp_sink.port), own_home)
    made.open_desk()
    return made


class Anna:
    """Writes notes and replies as her window's lane does: what was said not to be written is
    written again, and what nobody knows is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.notes: list[str] = []
        self.replies: list[str] = []
        self.stop = Event()
        self.faults: Counter[str] = Counter()

    def work(self, tickets: list[TicketId]) -> None:
        while not self.stop.wait(0.02):
            ticket, number = tickets[len(self.notes) % len(tickets)], len(self.notes)
            self._until_done(lambda n=number, t=ticket: self._desk.tickets.note(t, f"note {n}"))
            self.notes.append(f"note {number}")
            if number % 10 == 0 and len(self.replies) < REPLIES:
                text = f"answer {len(self.replies)}"
                self._until_done(lambda w=text, t=ticket: self._send(t, w))
                self.replies.append(text)

    def _send(self, ticket: TicketId, text: str) -> None:
        act = str(uuid5(NAMESPACE_URL, text))
        draft = replace(self._desk.replies.draft(ticket), body=text)
        self._desk.replies.send(draft, force=True, delay=timedelta(), anyway=True, act=act)

    def _until_done(self, job: Callable[[], object]) -> None:
        while True:
            try:
                job()
            except Problem as problem:
                self.faults[problem.kind] += 1
                if problem.kind is ProblemKind.OUTCOME_UNKNOWN:
                    if self._stands(str(problem.details["act"])):
                        return
                elif problem.kind is not ProblemKind.DATABASE_UNREACHABLE:
                    raise
                Event().wait(0.2)
                continue
            return

    def _stands(self, act: str) -> bool:
        while True:
            try:
                return self._desk.changes.was_written(act)
            except Problem:
                Event().wait(0.2)


def test_a_database_that_is_restarted_loses_and_doubles_nothing(
    shop: Shop, database: Outages, tell: Callable[[str], None]
) -> None:
    post = [mail_of(number) for number in range(MAILS)]
    shop.account.deliver(*post[:4])
    shop.run("engine", "--once")
    with closing(open_house(shop.url, agent_name="Anna")) as desk, engine(shop.url) as running:
        running.hear_state("ok")
        with Ledger(shop.url) as ledger:
            rows = ledger.rows("SELECT id FROM ticket")
        tickets = [TicketId(int(str(row[0]))) for row in rows]
        anna = Anna(desk)
        thread = Thread(target=anna.work, args=(tickets,))
        thread.start()
        given = 4
        try:
            for number in range(TIMES):
                upto = given + (MAILS - 4) // TIMES + (number < (MAILS - 4) % TIMES)
                shop.account.deliver(*post[given:upto])
                running.say(do="sync_now")
                given = upto
                Event().wait(0.4 * number)
                database.begin("stop")
                Event().wait(AWAY_SECONDS)
                database.end("stop")
                Event().wait(4)
        finally:
            anna.stop.set()
            thread.join(LONG)
        assert not thread.is_alive() and given == MAILS
        with Ledger(shop.url) as ledger:
            ledger.wait_filed(MAILS, LONG)
            for _ in range(600):
                if len(shop.sink.mails) >= len(anna.replies) and not ledger.count(
                    "SELECT count(*) FROM outbox WHERE state IN ('queued', 'claimed')"
                ):
                    break
                Event().wait(0.1)
            _reckon(shop, ledger, anna)
            tell(
                f"{TIMES} restarts: {MAILS} mails in, {len(anna.notes)} notes, "
                f"{len(anna.replies)} replies out: 0 lost, doubled or sent twice; faults told "
                f"{dict(anna.faults)}"
            )
        assert running.end() == 0


def _reckon(shop: Shop, ledger: Ledger, anna: Anna) -> None:
    stored = "SELECT count(*) FROM server_mail WHERE sha256 IS NOT NULL"
    assert ledger.count(stored) >= sum(server_hashes(shop).values()) == MAILS
    assert ledger.count("SELECT count(*) FROM message WHERE direction = 'in'") == MAILS
    found = Counter(
        str(row[1]).strip()
        for row in ledger.rows(
            "SELECT m.id, b.text FROM message m JOIN message_body b ON b.message_id = m.id "
            "WHERE m.direction <> 'in'"
        )
    )
    assert {one: found[one] for one in anna.notes if found[one] != 1} == {}
    left = Counter(
        mail.content.decode().split("\r\n\r\n", 1)[1].strip() for mail in shop.sink.mails
    )
    told = {one: sum(n for text, n in left.items() if text.startswith(one)) for one in anna.replies}
    assert {one: n for one, n in told.items() if n != 1} == {}, "lost, or sent twice"
