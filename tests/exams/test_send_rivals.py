"""Two senders of one reply: frozen ones that thaw too late, and four that share one mailbox.

Leases keep such from happening; here everybody believes to have the lease.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables.replies import outbox
from tests.data.mail_rows import add_mailbox, add_outgoing, new_desk
from tests.mail.frozen_senders import LATE, PLACES, freeze, postman, speak_late
from tests.servers.smtp_sink import SmtpSink

FROZEN, SENDERS, REPLIES = 140, 4, 400


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


def test_140_frozen_senders_thaw_and_send_no_second_copy(
    database: Database, smtp_sink: SmtpSink, tell: Callable[[str], None]
) -> None:
    box = add_mailbox(database)
    ends = Counter(
        (place, *freeze(database, smtp_sink, box, place))
        for number in range(FROZEN)
        if (place := PLACES[number % len(PLACES)])
    )
    ends += Counter(
        (outcome, *speak_late(database, smtp_sink, box, outcome))
        for number in range(FROZEN // len(PLACES))
        for outcome in LATE
    )
    wrong = {end: count for end, count in ends.items() if end[1:] != ("sent", 1)}
    tell(f"{ends.total()} frozen senders, at {len(PLACES)} places: {sum(wrong.values())} wrong")
    assert not wrong


def test_four_senders_without_a_lease_send_each_reply_once(
    database: Database, smtp_sink: SmtpSink, tell: Callable[[str], None]
) -> None:
    box = add_mailbox(database)
    for number in range(REPLIES):
        add_outgoing(database, box, raw=f"Subject: {number}\r\n\r\nHi.\r\n".encode())

    def work() -> None:
        # One name for all: each holds the others' claims for its own and takes none over.
        while len(smtp_sink.mails) < REPLIES:
            postman(database, smtp_sink, "all of us").send_due([box])

    threads = [threading.Thread(target=work) for _ in range(SENDERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(300)
    arrived = Counter(mail.content for mail in smtp_sink.mails)
    with database.reading() as connection:
        states = Counter(connection.execute(select(outbox.c.state)).scalars())
    tell(f"{SENDERS} senders, {REPLIES} replies: {len(arrived)} arrived, {dict(states)}")
    assert (len(arrived), max(arrived.values())) == (REPLIES, 1)
    assert states == {"sent": REPLIES}
