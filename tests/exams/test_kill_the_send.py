"""E02: kill -9 while replies leave. At most one copy of each, and none gone without a word."""

import email
import random
from collections import Counter

from tests.desk.letters import letter
from tests.exams.killing import run_and_kill
from tests.stories.shop import Shop

KILLS, REPLIES, SEED = 40, 60, 20261122


def test_forty_kills_send_nothing_twice_and_lose_nothing(shop: Shop) -> None:
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
    assert all(one["state"] in ("uncertain", "queued") for one in left)
    # What did not arrive is still in the outbox, shown to somebody.
    assert len(arrived) + len(left) >= len(numbers)
