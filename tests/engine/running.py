"""An engine process as a window sees it, and a desk with one mailbox on real servers."""

import json
import queue
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from deskapp.data.database import Database
from deskapp.data.queries.mailboxes import mailbox_rows
from deskapp.desk import Desk
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.engine.news import News as NewsOut
from deskapp.engine.process import Engine
from deskapp.mail.waiting import Pace, SleepWatch
from deskapp.secrets import SecretFile
from tests.data.mail_rows import add_mailbox, new_desk
from tests.servers.dovecot import ImapAccount
from tests.servers.smtp_sink import SmtpSink

News = dict[str, object]
ADDRESS = "support@shop.example"


def mail(number: int) -> bytes:
    return (
        f"From: Customer <c{number}@example.org>\r\nTo: {ADDRESS}\r\nSubject: question {number}\r\n"
        f"Message-ID: <q{number}@example.org>\r\n\r\nWhere is order {number}?\r\n"
    ).encode()


class Running:
    """An engine process, its news and its ears."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deskapp", "--desk", url, "engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.heard: list[News] = []

    def say(self, **command: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self, fits: Callable[[News], bool]) -> News:
        """The next news that fits; fails when the engine ends before it comes."""
        assert self.process.stdout
        for line in self.process.stdout:
            news: News = json.loads(line)
            self.heard.append(news)
            if fits(news):
                return news
        raise AssertionError(f"the engine ended with {self.process.wait()}: {self.heard}")

    def hear_state(self, state: str) -> News:
        return self.hear(lambda news: news["news"] == "state" and news["state"] == state)

    def end(self) -> int:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.read()
        return self.process.wait(20)


class Paper:
    """Where the engine writes its news; ``until`` reads on."""

    def __init__(self) -> None:
        self._lines: queue.Queue[dict[str, object]] = queue.Queue()

    def write(self, line: str) -> None:
        self._lines.put(json.loads(line))

    def flush(self) -> None:
        pass

    def until(self, **facts: object) -> None:
        """The next piece of news with these facts; fails when none comes for 30 seconds."""
        while not facts.items() <= self._lines.get(timeout=30).items():
            pass


@contextmanager
def engine_here(desk: Desk, pace: Pace, watch: SleepWatch | None = None) -> Iterator[Paper]:
    """An engine in this process, with waits of a test's own."""
    paper = Paper()
    made = Engine(desk, NewsOut(paper), pace=pace, watch=watch)  # type: ignore[arg-type]
    thread = Thread(target=made.run, args=(None,))
    thread.start()
    try:
        yield paper
    finally:
        made.stop()
        thread.join(20)
        assert not thread.is_alive()


@contextmanager
def engine(url: str) -> Iterator[Running]:
    running = Running(url)
    assert running.process.stdin and running.process.stdout
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        running.process.stdin.close()
        running.process.stdout.close()


@pytest.fixture
def secrets(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> SecretFile:
    own_home.mkdir()
    monkeypatch.setenv("DESKAPP_SECRETS", str(own_home / "secrets.json"))
    return SecretFile(own_home / "secrets.json")


@pytest.fixture
def database(
    desk_url: str, imap_account: ImapAccount, smtp_sink: SmtpSink, secrets: SecretFile
) -> Iterator[Database]:
    """A desk with one mailbox on real servers, its password in the file."""
    with new_desk(desk_url) as opened:
        add_mailbox(
            opened,
            ADDRESS,
            Server("127.0.0.1", imap_account.port, Security.NONE, imap_account.user),
            Server("127.0.0.1", smtp_sink.port, Security.NONE, ADDRESS),
        )
        secrets.set(ADDRESS, "imap", imap_account.password)
        yield opened


def url_of(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def mailbox_of(database: Database) -> MailboxId:
    with database.reading() as connection:
        return mailbox_rows(connection)[0].id
