"""E30: loops and bombs. A machine gets nothing, a person one, and all of it ends."""

import email
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from random import Random

import pytest

from deskapp.domain.auto_reply import MOST_OF_MAILBOX
from deskapp.domain.replies import CannedReply
from deskapp.wiring import open_house
from tests.exams.engine_at_work import EngineAtWork
from tests.exams.killing import run_and_kill
from tests.servers.dovecot import Dovecot, ImapAccount
from tests.stories.shop import SUPPORT, Shop

pytestmark = pytest.mark.timeout(1800)

BOMB, BOUNCES, LISTS, HONEST = 10_000, 2_000, 1_000, 12
SHOWN_WITHIN = timedelta(seconds=60)
ROUNDS = 6
KILLS, SEED = 15, 20261122
OTHER = "help@other.example"
_NAMES_A_MACHINE = re.compile(rb"^(auto-submitted|x-auto-[\w-]+|precedence):", re.IGNORECASE)


def letter(number: int, sender: str, to: str = SUPPORT, **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, f"matter {number} of {sender}"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{number}.{abs(hash(sender))}@elsewhere.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Where is my order?")
    return mail.as_bytes()


def report(number: int) -> bytes:
    """A mail that comes back to us, as a server with a grudge sends them: not even marked so."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"MAILER-DAEMON@mx{number}.example", SUPPORT
    mail["Return-Path"], mail["Subject"] = "<>", f"Undelivered Mail Returned to Sender {number}"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail.set_content("This is the mail system. Your message could not be delivered: user unknown.")
    return mail.as_bytes()


def switch_on(shop: Shop, *desk: str, address: str = SUPPORT) -> None:
    url = desk[1] if desk else shop.url
    house = open_house(url)
    try:
        text = (("en", "We got it: #{{ ticket.number }}."),)
        house.canned.save(CannedReply(None, "Received", "", text, 1))
    finally:
        house.close()
    shop.run(*desk, "mailbox", "auto-reply", address, "--canned", "Received")


def receivers(shop: Shop) -> Counter[str]:
    """Who got how many automatic replies; every one says that it is one."""
    got: Counter[str] = Counter()
    for mail in shop.sink.mails:
        assert email.message_from_bytes(mail.content)["Auto-Submitted"] == "auto-replied"
        got.update(mail.recipients)
    return got


def test_ten_thousand_mails_of_one_sender_a_bounce_storm_and_lists(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    shop.run("engine", "--once")
    switch_on(shop)
    shop.account.deliver(*(letter(number, "bomb@evil.example") for number in range(BOMB)))
    shop.account.deliver(*(report(number) for number in range(BOUNCES)))
    shop.account.deliver(
        *(
            letter(number, f"m{number}@list.example", List_Id="<l.list.example>")
            for number in range(LISTS)
        )
    )
    begun = datetime.now(UTC)
    shop.account.deliver(*(letter(0, f"honest{number}@c.example") for number in range(HONEST)))
    desk = open_house(shop.url)
    try:
        with EngineAtWork():
            shop.sink.wait_for(HONEST + 1, 600)
            took = datetime.now(UTC) - begun
    finally:
        desk.close()
    shop.run("engine", "--once")
    got = receivers(shop)
    [mailbox] = shop.json("mailbox", "list")
    tell(
        f"{BOMB} of one sender, {BOUNCES} bounces, {LISTS} of lists: {sum(got.values())} automatic "
        f"replies, {got['bomb@evil.example']} to the bomber; {HONEST} honest ones behind them all "
        f"answered after {took.total_seconds():.0f} s"
    )
    honest = {f"honest{number}@c.example": 1 for number in range(HONEST)}
    assert got == {"bomb@evil.example": 1, **honest}
    [inbox] = [one for one in mailbox["folders"] if one["name"] == "INBOX"]  # Sent has ours
    assert inbox["stored"] == BOMB + BOUNCES + LISTS + HONEST
    assert mailbox["auto_reply"]["paused_since"] is None
    assert took < SHOWN_WITHIN


@pytest.mark.parametrize("stripped", [False, True], ids=["honest", "stripped"])
def test_two_desks_that_answer_each_other_fall_silent(
    shop: Shop, dovecot: Dovecot, tmp_path: Path, stripped: bool, tell: Callable[[str], None]
) -> None:
    """``stripped``: the post between them takes off every header that tells a machine, and the
    thread with it, so that each mail looks like a person's new matter."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    other, account = ("--desk", url), dovecot.account()
    shop.run(*other, "init")
    shop.run(
        *(*other, "mailbox", "add", OTHER, "--user", account.user),
        *("--imap", f"{account.host}:{account.port}", "--imap-security", "none"),
        *("--smtp", f"{shop.sink.host}:{shop.sink.port}", "--smtp-security", "none"),
        password=account.password,
    )
    switch_on(shop)
    switch_on(shop, *other, address=OTHER)
    shop.account.deliver(letter(0, OTHER))
    carried = 0
    for number in range(ROUNDS):
        shop.run("engine", "--once")
        shop.run(*other, "engine", "--once")
        for mail in shop.sink.mails[carried:]:
            there: ImapAccount = shop.account if mail.recipients == (SUPPORT,) else account
            there.deliver(_as_of_a_person(mail.content, number) if stripped else mail.content)
        carried = len(shop.sink.mails)
    got = receivers(shop)
    tell(f"two desks, {ROUNDS} rounds, headers stripped: {stripped}: {dict(got)}")
    assert got == ({OTHER: 1, SUPPORT: 1} if stripped else {OTHER: 1})


def _as_of_a_person(raw: bytes, number: int) -> bytes:
    head, gap, body = raw.partition(b"\r\n\r\n")
    lines = [one for one in head.split(b"\r\n") if not _NAMES_A_MACHINE.match(one)]
    lines = [
        one
        for one in lines
        if not one.lower().startswith(
            (b"in-reply-to", b"references", b"subject", b"message-id", b" ")
        )
    ]
    subject = f"Subject: something new {number}".encode()
    return b"\r\n".join([*lines, subject, b"Message-ID: <n%d@relay.example>" % number]) + gap + body


def test_a_naive_machine_that_answers_everything_gets_one(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    switch_on(shop)
    shop.account.deliver(letter(0, "vacation@c.example"))
    carried = 0
    for number in range(ROUNDS):
        shop.run("engine", "--once")
        answers = shop.sink.mails[carried:]
        carried = len(shop.sink.mails)
        shop.account.deliver(
            *(letter(100 + number * 10 + one, "vacation@c.example") for one in range(len(answers)))
        )
    tell(f"a machine without any mark, {ROUNDS} rounds: {dict(receivers(shop))}")
    assert receivers(shop) == {"vacation@c.example": 1}


def test_a_storm_of_many_senders_pauses_it_until_a_person_resumes(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    switch_on(shop)
    shop.account.deliver(*(letter(0, f"c{number}@c.example") for number in range(500)))
    shop.run("engine", "--once")
    [mailbox] = shop.json("mailbox", "list")
    got = receivers(shop)
    tell(f"500 senders at once: {sum(got.values())} automatic replies, then paused")
    assert sum(got.values()) == MOST_OF_MAILBOX == 30 and max(got.values()) == 1
    assert mailbox["auto_reply"]["paused_since"] is not None
    shop.account.deliver(letter(1, "later@c.example"))
    shop.run("engine", "--once")
    assert len(shop.sink.mails) == 30
    shop.run("mailbox", "auto-reply", SUPPORT, "--resume")
    shop.account.deliver(letter(2, "new@c.example"))
    shop.run("engine", "--once")
    assert receivers(shop)["new@c.example"] == 1 and len(shop.sink.mails) == 31


def test_kills_of_the_engine_neither_lose_nor_double_one(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    moments = Random(SEED)
    switch_on(shop)
    senders = [f"k{number}@c.example" for number in range(28)]
    for kill in range(KILLS):
        part = senders[kill * 28 // KILLS : (kill + 1) * 28 // KILLS]
        shop.account.deliver(*(letter(0, one) for one in part))
        run_and_kill(moments.uniform(0.5, 2.5))
    shop.run("engine", "--once", allowed=(0, 3))
    got = receivers(shop)
    left = [one for row in shop.json("outbox", "list") for one in row["to"]]
    tell(f"{KILLS} kills, {len(senders)} senders: {len(got)} answered, {len(left)} uncertain")
    assert max(got.values()) == 1
    assert set(got) | set(left) == set(senders)
