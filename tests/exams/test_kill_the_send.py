"""E02: kill -9 while replies leave. At most one copy of each, and none gone without a word."""

import email
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.domain.kinds import View
from deskapp.wiring import open_house
from tests.desk.letters import letter
from tests.exams.engine_at_work import EngineAtWork
from tests.exams.killing import run_and_kill
from tests.exams.send_kills import kill_senders
from tests.stories.shop import Shop

KILLS, REPLIES, SEED = 40, 60, 20261122
PLACED_KILLS = 300
ENGINES, MANY = 4, 1000


def test_300_kills_at_every_place_of_a_send_and_of_an_undo(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    kill_senders(shop, PLACED_KILLS, SEED, tell)


@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
def test_four_engines_send_a_thousand_replies_once_each(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    shop.account.deliver(letter("Where is it?", message_id="q@c.example"))
    shop.json("engine", "--once")
    desk = open_house(shop.url, agent_name="Anna")
    engines = [EngineAtWork() for _ in range(ENGINES)]
    try:
        [ticket] = desk.tickets.view_ids(View.ALL)
        fresh = desk.replies.draft(ticket)
        for number in range(MANY):
            draft = replace(fresh, body=f"reply {number}", quote=False)
            desk.replies.send(draft, force=True, delay=timedelta())
        shop.sink.wait_for(MANY, 600)
    finally:
        for one in engines:
            one.kill()
        desk.close()
    shop.run("engine", "--once", allowed=(0, 3))  # whoever comes later finds nothing to send
    arrived = Counter(
        email.message_from_bytes(one.content)["Message-ID"] for one in shop.sink.mails
    )
    tell(f"{ENGINES} engines: {len(arrived)} of {MANY} delivered, {len(shop.sink.mails)} mails")
    assert (len(arrived), max(arrived.values())) == (MANY, 1)


def test_forty_kills_of_whole_engines_send_nothing_twice_and_lose_nothing(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    random_moments = random.Random(SEED)
    senders = [f"c{number}@c.example" for number in range(REPLIES)]
    shop.account.deliver(*(letter(f"question of {one}", sender=one) for one in senders))
    shop.json("engine", "--once")
    words = shop.home / "answer.txt"
    words.write_text("We look into it.", encoding="utf-8")
    numbers = [ticket["number"] for ticket in shop.json("ticket", "list", "--view", "all")]
    for kill in range(KILLS):
        for number in numbers[kill * REPLIES // KILLS : (kill + 1) * REPLIES // KILLS]:
            shop.run("ticket", "reply", str(number), "--text-file", str(words))
        run_and_kill(random_moments.uniform(0.6, 2.2))
    shop.run("engine", "--once", allowed=(0, 3))
    arrived = Counter(
        email.message_from_bytes(one.content)["Message-ID"] for one in shop.sink.mails
    )
    assert max(arrived.values()) == 1, "a reply was sent twice by itself"
    left = shop.json("outbox", "list")
    tell(f"{KILLS} engines killed: {len(arrived)} of {REPLIES} arrived once, {len(left)} left")
    assert all(one["state"] in ("uncertain", "queued") for one in left)
    # What did not arrive is still in the outbox, shown to somebody.
    assert len(arrived) + len(left) >= len(numbers)
