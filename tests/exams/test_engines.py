"""E08: four engines on one desk; the one at work on the mailbox is killed every twenty seconds,
while 5 000 mails come in and 1 000 replies go out.

Minutes: DESKAPP_EXAM_MINUTES, 5 without; fewer have fewer mails.
"""

import email
import email.message
import hashlib
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from random import Random

import pytest

from deskapp.desk import Desk
from deskapp.domain.ids import OutboxId, TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedReply
from deskapp.wiring import open_house
from tests.exams.books import Ledger, server_hashes
from tests.exams.engine_at_work import EngineAtWork
from tests.exams.post import Post
from tests.exams.rivals import lease_holder
from tests.stories.shop import SUPPORT, Shop

MINUTES = float(os.environ.get("DESKAPP_EXAM_MINUTES", "5"))
ENGINES, SEED = 4, 20261122
MAILS, REPLIES = (min(most, round(most * MINUTES / 5)) for most in (5_000, 1_000))
FRESH = 20  # mails of today, which are answered automatically; the others are older
_BEAT = 20.0
_STEP = 2.0  # seconds from one delivery to the next
_REST_SECONDS = 300.0
_ANSWERABLE = """
    SELECT ticket.id FROM ticket WHERE customer_id IS NOT NULL AND merged_into IS NULL
    AND EXISTS (SELECT 1 FROM message WHERE message.ticket_id = ticket.id AND direction = 'in')
    ORDER BY ticket.id DESC LIMIT 500"""
_UNSETTLED = """
    SELECT count(*) FROM outbox WHERE state IN ('queued', 'claimed')
    OR (state = 'sent' AND sent_copy = 'pending')"""

pytestmark = pytest.mark.timeout(60 * MINUTES + 1200)


@pytest.fixture
def desk_url(desk_on_postgres: str) -> str:
    """Several engines share a desk where several machines can: on PostgreSQL."""
    return desk_on_postgres


def test_four_engines_whose_leader_is_killed_lose_double_and_resend_nothing(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    random, post = Random(SEED), Post(SEED)
    with (
        Ledger(shop.url) as ledger,
        closing(open_house(shop.url, agent_name="Anna")) as desk,
    ):
        text = CannedReply(None, "Received", "", (("en", "We got it."),), 1)
        box = desk.mailboxes.by_address(SUPPORT)
        kept = desk.canned.save(text).id
        assert kept is not None
        shop.account.deliver(*post.take(30))  # there is something to reply to from the start
        shop.run("engine", "--once")  # what comes from now on is answered
        desk.auto_replies.switch_on(box, kept)
        answers = Answers(desk, ledger, random)
        kills = _work(shop, ledger, post, answers)
        rest, unsure = _settle(shop, ledger, desk, len(post.written))
        _reckon(shop, ledger, post, answers, unsure, tell)
    tell(
        f"seed {SEED}: {ENGINES} engines, {MINUTES * 60:.0f} s, {kills} leaders killed, "
        f"{len(post.written)} mails in, {len(answers.texts)} replies out, "
        f"the rest after {rest:.0f} s"
    )


class Answers:
    """Replies that a person queues; ``texts`` by what each says."""

    def __init__(self, desk: Desk, ledger: Ledger, random: Random) -> None:
        self._desk, self._ledger, self._random = desk, ledger, random
        self.texts: dict[str, OutboxId] = {}

    def queue(self, count: int) -> None:
        """So many more, on any tickets that were filed."""
        ids = [int(str(row[0])) for row in self._ledger.rows(_ANSWERABLE)]
        for _ in range(count if ids else 0):
            one = TicketId(self._random.choice(ids))
            text = f"reply {len(self.texts)} of ours"
            try:
                draft = replace(self._desk.replies.draft(one), body=text)
                sent = self._desk.replies.send(draft, force=True, delay=timedelta(), anyway=True)
            except Problem as problem:
                raise AssertionError(f"{text} on {one}: {problem}") from problem
            self.texts[text] = sent.outbox_id


def _work(shop: Shop, ledger: Ledger, post: Post, answers: Answers) -> int:
    """Mails come, replies are written, leaders are killed; how many were."""
    running = [EngineAtWork() for _ in range(ENGINES)]
    stop, kills = threading.Event(), [0]

    def kill() -> None:
        while not stop.wait(_BEAT):
            leader = lease_holder(ledger, running)
            leader.kill()
            running[running.index(leader)] = EngineAtWork()
            kills[0] += 1

    killer = threading.Thread(target=kill)
    killer.start()
    begun, fresh = time.monotonic(), 0
    try:
        while (gone := (time.monotonic() - begun) / (60 * MINUTES)) < 1:
            if (due := round(MAILS * gone) - len(post.written)) > 0:
                shop.account.deliver(*post.take(due))
            fresh += _deliver_fresh(shop, post, range(fresh, round(FRESH * gone)))
            answers.queue(round(REPLIES * gone) - len(answers.texts))
            stop.wait(_STEP)
        _deliver_fresh(shop, post, range(fresh, FRESH))
        shop.account.deliver(*post.take(max(1, MAILS - len(post.written))))
        answers.queue(REPLIES - len(answers.texts))
    finally:
        stop.set()
        killer.join(_BEAT + 40)
        for one in running:
            one.kill()
    return kills[0]


def _deliver_fresh(shop: Shop, post: Post, numbers: range) -> int:
    made = [_fresh(number) for number in numbers]
    if made:
        shop.account.deliver(*made)
        post.written += made
    return len(made)


def _fresh(number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"new{number}@customer.example", SUPPORT
    mail["Subject"] = f"new matter {number}"
    mail["Date"], mail["Message-ID"] = (
        format_datetime(datetime.now(UTC)),
        f"<new{number}@c.example>",
    )
    mail.set_content("Where is my order?")
    return mail.as_bytes(policy=SMTP)


def _settle(shop: Shop, ledger: Ledger, desk: Desk, written: int) -> tuple[float, int]:
    """One engine more brings all to its end; replies of unknown fate are answered for by what the
    server got, as a person who asks there does. Seconds, and how many those were."""
    begun, unsure = time.monotonic(), 0
    with EngineAtWork() as engine:
        engine.wait_ready()
        while time.monotonic() < begun + _REST_SECONDS:
            got = {_own_id(mail.content) for mail in shop.sink.mails}
            for row in desk.replies.outbox():
                if row.state == "uncertain":
                    ids = f"SELECT message_id FROM outbox WHERE id = {row.id}"
                    [(message_id,)] = ledger.rows(ids)
                    desk.replies.uncertain_was_sent(row.id, f"<{message_id}>" in got)
                    unsure += 1
            if _filed(ledger) >= written and not ledger.count(_UNSETTLED):
                break
            engine.sync_now()
            time.sleep(1)
    return time.monotonic() - begun, unsure


def _filed(ledger: Ledger) -> int:
    return ledger.count(
        "SELECT count(*) FROM server_mail JOIN folder ON folder.id = server_mail.folder_id"
        " WHERE folder.name = 'INBOX' AND filed_at IS NOT NULL"
    )


def _own_id(raw: bytes) -> str:
    return str(email.message_from_bytes(raw)["Message-ID"])


def _reckon(
    shop: Shop,
    ledger: Ledger,
    post: Post,
    answers: Answers,
    unsure: int,
    tell: Callable[[str], None],
) -> None:
    """The servers' own lists against the desk's rows, read in SQL."""
    written = Counter(hashlib.sha256(one).hexdigest() for one in post.written)
    assert server_hashes(shop) == written, "the server changed"
    filed = Counter(
        str(sha256)
        for _, sha256 in ledger.rows("SELECT id, sha256 FROM message WHERE direction = 'in'")
    )
    arrived = [email.message_from_bytes(mail.content) for mail in shop.sink.mails]
    ids = Counter(str(mail["Message-ID"]) for mail in arrived)
    ours = [mail for mail in arrived if mail["Auto-Submitted"] is None]
    words = Counter(_first_line(mail) for mail in ours)
    automatic = Counter(str(mail["To"]) for mail in arrived if mail["Auto-Submitted"])
    copies = Counter(_own_id(raw) for raw in shop.account.mails("Sent"))
    states = Counter(str(state) for _, state in ledger.rows("SELECT id, state FROM outbox"))
    rows = ledger.count("SELECT count(*) FROM message WHERE direction = 'out'")
    counts = {
        "mails lost": len(written.keys() - filed.keys()),
        "mails doubled": sum(times - 1 for times in filed.values()),
        "mails from nowhere": len(filed.keys() - written.keys()),
        "replies lost": len(answers.texts.keys() - words.keys()),
        "replies sent twice": sum(times - 1 for times in words.values()),
        "Message-IDs sent twice": sum(times - 1 for times in ids.values()),
        "Sent copies missing": len(ids.keys() - copies.keys()),
        "Sent copies doubled": sum(times - 1 for times in copies.values()),
        "answered automatically twice": sum(times - 1 for times in automatic.values()),
        "not answered automatically": FRESH - len(automatic),
        "rows for mail that never left": rows - len(ids),
        "not settled": ledger.count(_UNSETTLED),
    }
    wrong = {name: count for name, count in counts.items() if count}
    tell(
        f"the SMTP server got {len(arrived)} mails, {len(automatic)} automatic; outbox "
        f"{dict(states)}; {unsure} asked about; wrong: {wrong or 'nothing'}"
    )
    assert not wrong
    report = shop.json("check")
    assert report["ok"], report["problems"]


def _first_line(mail: email.message.Message) -> str:
    part = next(one for one in mail.walk() if one.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().splitlines()[0]
