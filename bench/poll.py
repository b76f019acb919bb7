"""A look into a big folder: with nothing new, and with ten new mails, beside mbsync.

    python3 dev.py bench poll [COUNT] [ROUNDS]

Both sides speak to the same Dovecot through the same line, which counts bytes. mbsync runs twice:
as it pulls by default (flags and what is gone too, which a full look of ours corresponds to) and
with PullNew (new mail alone).
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from bench.ours import Ours
from bench.peers import Peers, need_peers, timed
from deskapp.data.database import Database
from deskapp.data.queries.mailboxes import mailbox_rows
from deskapp.data.queries.mailboxes_write import update_mailbox
from deskapp.mail.pull import MailboxPull
from tests.servers.authority import Authority
from tests.servers.dovecot import ImapAccount, serve
from tests.servers.wire import Wire

NEW = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of some rounds."""

    seconds: float
    sent: float
    received: float

    @property
    def bytes(self) -> float:
        return self.sent + self.received


def main(count: int = 100_000, rounds: int = 5) -> None:
    """Measures and prints."""
    need_peers()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        account = stack.enter_context(serve(Authority(folder))).account()
        wire = stack.enter_context(Wire(account.port))
        _fill(account, count)
        ours = Ours(account, folder / "ours")
        both = "INBOX Sent"  # as ours watches
        pulls = Peers(account, folder / "pull", sync="Pull", patterns=both)
        news = Peers(account, folder / "new", sync="PullNew", patterns=both)
        print(
            f"{count} mails; first pull: mbsync {pulls.pull():.1f} s, notmuch new "
            f"{pulls.index():.1f} s, deskapp {ours.once():.1f} s",
            flush=True,
        )
        news.pull()
        if ours.stored() != count:
            sys.exit(f"not all mails are here: {ours.stored()}")
        _through(ours, wire.port)
        _quiet(wire, ours, account, pulls, news, rounds)
        _ten_new(account, ours, pulls, rounds)


def _through(ours: Ours, port: int) -> None:
    """From now on the mailbox is reached through this port."""
    database = Database(ours.url)
    with database.writing() as unit:
        [row] = mailbox_rows(unit.connection)
        settings = replace(row.settings, imap=replace(row.settings.imap, port=port))
        update_mailbox(unit, row.id, settings)
    database.close()


def _fill(account: ImapAccount, count: int) -> None:
    for start in range(0, count, 1000):
        account.deliver(*(_mail(number) for number in range(start, min(start + 1000, count))))


def _mail(number: int) -> bytes:
    return (
        f"From: Customer {number % 900} <c{number % 900}@mail.example>\r\n"
        f"To: support@shop.example\r\nSubject: order {number}\r\n"
        f"Message-ID: <poll{number}@mail.example>\r\n\r\nWhere is order {number}?\r\n"
    ).encode()


def _quiet(
    wire: Wire, ours: Ours, account: ImapAccount, pulls: Peers, news: Peers, rounds: int
) -> None:
    """Nothing new: each side in turn, so that all see the same machine."""
    database = Database(ours.url)
    with database.reading() as reading:
        [row] = mailbox_rows(reading)

    def engine(*, thorough: bool = False) -> MailboxPull:
        return MailboxPull(database, row.id, row.settings, Event(), thorough=thorough)

    def look(pull: MailboxPull) -> None:
        if pull.round(account.password).new:
            sys.exit("mails came in a round that was to find none")

    def new_line() -> None:
        pull = engine()
        look(pull)
        pull.close()

    def whole() -> None:
        pull = engine(thorough=True)
        look(pull)
        pull.close()

    open_line = engine()
    look(open_line)
    sides: dict[str, Callable[[], object]] = {
        "mbsync": lambda: pulls.pull(wire.port),
        "mbsync PullNew": lambda: news.pull(wire.port),
        "deskapp, new line": new_line,
        "deskapp, open line": lambda: look(open_line),
        "deskapp, full check": whole,
        "deskapp engine --once": ours.once,
    }
    seen: dict[str, list[Cost]] = {label: [] for label in sides}
    for _ in range(rounds):
        for label, act in sides.items():
            before = wire.sent, wire.received
            seconds = timed(act)
            seen[label].append(Cost(seconds, wire.sent - before[0], wire.received - before[1]))
    open_line.close()
    database.close()
    costs = {label: _median(some) for label, some in seen.items()}
    print(f"{'nothing new':22s}   seconds     sent  received   time and bytes / mbsync, / PullNew")
    for label, cost in costs.items():
        ratios = "   ".join(
            f"{cost.seconds / costs[peer].seconds:6.2f} {cost.bytes / costs[peer].bytes:8.4f}"
            for peer in ("mbsync", "mbsync PullNew")
        )
        print(
            f"{label:22s}   {cost.seconds:7.3f}  {cost.sent:7.0f}  {cost.received:8.0f}   {ratios}"
        )


def _median(some: list[Cost]) -> Cost:
    return Cost(
        statistics.median(one.seconds for one in some),
        statistics.median(one.sent for one in some),
        statistics.median(one.received for one in some),
    )


def _ten_new(account: ImapAccount, ours: Ours, peers: Peers, rounds: int) -> None:
    """From delivery until filed by a running engine, and until mbsync and notmuch are done."""
    engine = ours.engine()
    assert engine.stdin is not None
    assert engine.stdout is not None
    both, heard = [], []
    with engine, engine.stdin:
        _hear(engine.stdout, "state")
        for turn in range(rounds):
            time.sleep(5.0)  # its second look is over, and it waits for news
            start = time.perf_counter()
            account.deliver(*(_mail(10**7 + NEW * turn + number) for number in range(NEW)))
            filed = 0
            while filed < NEW:
                told = _hear(engine.stdout, "filed")
                filed += int(str(told["messages"]))
            heard.append(time.perf_counter() - start)
            both.append(peers.pull() + peers.index())
    ratio = statistics.median(mine / theirs for mine, theirs in zip(heard, both, strict=True))
    print(f"ten new: mbsync + notmuch new {statistics.median(both):.2f} s; deskapp, told by IDLE, "
          f"until filed {statistics.median(heard):.2f} s   ratio {ratio:.2f}")  # fmt: skip


def _hear(lines: Iterable[str], news: str) -> dict[str, object]:
    for line in lines:
        told: dict[str, object] = json.loads(line)
        if told["news"] == news:
            return told
    sys.exit("the engine ended")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
