"""E01: kill -9 at random moments of a pull. Nothing lost, nothing doubled, the server unchanged."""

import hashlib
import json
import random
from collections import Counter

from tests.exams.killing import run_and_kill
from tests.stories.shop import Shop
from tests.stories.test_pull_survives_kill import mail

KILLS, MAILS, SEED = 60, 6000, 20261121


def test_sixty_kills_lose_and_double_nothing(shop: Shop) -> None:
    random_moments = random.Random(SEED)
    mails = [mail(number) for number in range(MAILS)]
    delivered = 0
    for _ in range(KILLS):
        shop.account.deliver(*mails[delivered : delivered + MAILS // KILLS])
        delivered += MAILS // KILLS
        run_and_kill(random_moments.uniform(0.5, 2.0))
    before = Counter(hashlib.sha256(one).hexdigest() for one in shop.account.mails())
    shop.json("engine", "--once")
    folder = shop.home / "out"
    shop.run("export", str(folder))
    with (folder / "messages.jsonl").open(encoding="utf-8") as lines:
        here = Counter(json.loads(line)["sha256"] for line in lines)
    assert here == before == Counter(hashlib.sha256(one).hexdigest() for one in mails)
    assert shop.json("check")["ok"]
