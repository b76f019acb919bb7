"""Waiting for news: heard at once, and never on a line that is dead (E09)."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import pytest
from sqlalchemy import func, select

from deskapp.data.database import Database
from deskapp.data.tables.mail import server_mail
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail import imap_session, lines
from deskapp.mail.connection import ImapConnection
from deskapp.mail.pull import MailboxPull
from deskapp.mail.waiting import Pace, SleepWatch, Wait
from tests.data.mail_rows import NOWHERE, add_mailbox, new_desk
from tests.servers.dovecot import ImapAccount
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.wire import NewWire, Wire

LONG = 600.0  # longer than any test: what ends such a wait is not its time
QUICK = Pace(look=LONG, poll=LONG, pulse=0.8, pulse_answer=0.4, answer=15.0, second_look=0.0)
ADDRESS = "support@shop.example"


@dataclass
class Clocks:
    """A wall clock and a steady one that go as a test says; ``step`` is what each look costs."""

    wall: float = 1_000_000.0
    steady: float = 50.0
    step: float = 0.0

    def watch(self) -> SleepWatch:
        return SleepWatch(lambda: self.wall, self._tick)

    def _tick(self) -> float:
        self.wall += self.step
        self.steady += self.step
        return self.steady


@pytest.fixture
def database(desk_file: str) -> Iterator[Database]:
    with new_desk(desk_file) as opened:
        yield opened


@pytest.fixture
def mailbox(database: Database) -> MailboxId:
    return add_mailbox(database)


@pytest.fixture
def wire(imap_account: ImapAccount, new_wire: NewWire) -> Wire:
    return new_wire(imap_account.port)


NewPull = Callable[..., MailboxPull]


@pytest.fixture
def new_pull(database: Database, mailbox: MailboxId) -> Iterator[NewPull]:
    """Pulls through a port, closed at the end."""
    made: list[MailboxPull] = []

    def make(port: int, user: str, pace: Pace = QUICK) -> MailboxPull:
        imap = Server("127.0.0.1", port, Security.NONE, user)
        settings = MailboxSettings(ADDRESS, "Lotus", imap, NOWHERE)
        made.append(MailboxPull(database, mailbox, settings, Event(), pace=pace))
        return made[-1]

    yield make
    for pull in made:
        pull.drop()


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def stored(database: Database) -> int:
    with database.reading() as reading:
        question = select(func.count()).where(server_mail.c.sha256.is_not(None))
        return int(reading.execute(question).scalar_one())


def settled(pull: MailboxPull, password: str) -> None:
    """Rounds until one more has nothing to look at twice: a wait is then as long as it says."""
    pull.round(password)
    while pull.round(password).new:
        pass


def test_the_pace_keeps_the_promise_of_ninety_seconds() -> None:
    pace = Pace()
    new_line = lines.CONNECT_SECONDS  # the line is back meanwhile: its answers come at once
    assert pace.pulse + pace.pulse_answer + pace.retry + new_line <= 90
    assert pace.answer + pace.retry + new_line <= 90  # it died in the middle of a round
    assert pace.longest_retry + imap_session.SIGN_IN_SECONDS + new_line <= 90  # it was long away
    assert pace.pulse < 5 * 60  # IDLE is renewed
    assert max(pace.look, pace.poll) <= 120


def test_sleep_is_seen_by_either_clock_and_a_busy_time_is_none() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.wall += 5
    clocks.steady += 5
    assert not watch.slept()
    clocks.wall += 31  # Linux and macOS: the steady clock stands still in sleep
    assert watch.slept()
    assert not watch.slept()
    clocks.wall -= 3600  # somebody set the clock
    assert watch.slept()
    clocks.wall += 31  # Windows, or a process that was stopped: both go on
    clocks.steady += 31
    assert watch.slept()
    clocks.wall += 31
    clocks.steady += 31
    watch.rested()
    assert not watch.slept()


def test_a_wait_that_was_slept_through_gives_the_line_up(scripted_imap: ScriptedImap) -> None:
    server = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
    line = ImapConnection.open(server, "sesame")
    line.select("INBOX")
    clocks = Clocks(step=31.0)
    with pytest.raises(Problem) as caught:
        Wait(LONG, Event(), Event(), clocks.watch()).listen(line, LONG)
    assert caught.value.kind is ProblemKind.OFFLINE
    line.drop()


def test_fifty_naps_of_a_laptop_each_end_the_wait() -> None:
    for minutes in range(1, 51):
        clocks = Clocks()
        wait = Wait(LONG, Event(), Event(), clocks.watch())
        clocks.wall += 60 * minutes
        with pytest.raises(Problem):
            wait.pass_by()


def test_new_mail_ends_the_wait_and_is_stored_in_the_next_round(
    imap_account: ImapAccount, wire: Wire, new_pull: NewPull, beside: ThreadPoolExecutor,
    database: Database,
) -> None:  # fmt: skip
    pull = new_pull(wire.port, imap_account.user, Pace(look=LONG, pulse=LONG, second_look=0.0))
    settled(pull, imap_account.password)
    waiting = beside.submit(pull.wait, Event())
    _until_it_listens(wire)
    imap_account.deliver(b"Subject: now\r\n\r\n")
    waiting.result(20)
    pull.round(imap_account.password)
    assert stored(database) == 1
    assert wire.connections == 1


def _until_it_listens(wire: Wire) -> None:
    """Until the last bytes are through: the question for IDLE and its answer."""
    quiet = Event()
    seen = -1
    while seen != wire.received:
        seen = wire.received
        quiet.wait(0.2)


def test_a_line_that_stays_open_is_asked_now_and_then_and_stays_the_only_one(
    imap_account: ImapAccount, wire: Wire, new_pull: NewPull, beside: ThreadPoolExecutor
) -> None:
    pull = new_pull(wire.port, imap_account.user, Pace(look=2.0, pulse=0.1, second_look=0.0))
    settled(pull, imap_account.password)
    before = wire.sent
    pull.wait(Event())
    assert wire.sent - before > 10 * len(b"DONE\r\nABCD99 IDLE\r\n")
    assert wire.connections == 1


@pytest.mark.parametrize("idles", [True, False])
def test_a_line_that_died_without_a_word_is_found_and_mail_comes_by_another(
    imap_account: ImapAccount, wire: Wire, new_pull: NewPull, beside: ThreadPoolExecutor,
    database: Database, idles: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if not idles:
        offered = ImapConnection.can
        monkeypatch.setattr(
            ImapConnection, "can", lambda self, what: what != "IDLE" and offered(self, what)
        )
    pull = new_pull(wire.port, imap_account.user)
    settled(pull, imap_account.password)
    waiting = beside.submit(pull.wait, Event())
    _until_it_listens(wire)
    wire.freeze()
    imap_account.deliver(b"Subject: unheard\r\n\r\n")
    assert _problem_of(waiting).kind is ProblemKind.OFFLINE
    wire.mend()
    pull.round(imap_account.password)
    assert stored(database) == 1
    assert wire.connections == 2


def _problem_of(waiting: "Future[None]") -> Problem:
    found = waiting.exception(20)
    assert isinstance(found, Problem)
    return found


def test_without_idle_new_mail_is_heard_of_by_noop(
    scripted_imap: ScriptedImap, new_pull: NewPull, beside: ThreadPoolExecutor, database: Database
) -> None:
    scripted_imap.mails = {1: b"Subject: first\r\n\r\n"}

    def tells(server: ScriptedImap, tag: str, command: str, send: Callable[[bytes], None]) -> bool:
        if command != "NOOP":
            return False
        if len(server.commands("NOOP")) == 3:
            server.mails[2] = b"Subject: second\r\n\r\n"
            send(b"* 2 EXISTS\r\n")
        send(f"{tag} OK done\r\n".encode())
        return True

    scripted_imap.answers = [tells]
    pull = new_pull(scripted_imap.port, "support", Pace(poll=LONG, pulse=0.05, second_look=0.0))
    settled(pull, "sesame")
    beside.submit(pull.wait, Event()).result(20)
    pull.round("sesame")
    assert stored(database) == 2
    assert len(scripted_imap.commands("NOOP")) == 3


def test_news_told_before_the_server_says_go_on_is_heard(scripted_imap: ScriptedImap) -> None:
    scripted_imap.capabilities = "IMAP4rev1 IDLE"

    def early(server: ScriptedImap, tag: str, command: str, send: Callable[[bytes], None]) -> bool:
        if command == "IDLE":
            server.received.append(tag.encode())
            send(b"* 5 EXISTS\r\n+ idling\r\n")
            return True
        if tag == "DONE":
            send(server.received[-2] + b" OK done\r\n")
            return True
        return False

    scripted_imap.answers = [early]
    server = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
    line = ImapConnection.open(server, "sesame")
    line.select("INBOX")
    Wait(LONG, Event(), Event()).listen(line, LONG)
    line.drop()
