"""E01: kill -9 at random moments of a pull."""

from collections.abc import Callable
from random import Random

from tests.stories.shop import Shop

from .books import Ledger, reckon
from .engine_at_work import EngineAtWork
from .post import Post


def kill_often(shop: Shop, times: int, seed: int, tell: Callable[[str], None]) -> None:
    """Kills the engine ``times`` times while mail comes in; then counts."""
    random, post = Random(seed), Post(seed)
    in_the_middle = 0
    with Ledger(shop.url) as ledger:
        for _ in range(times):
            shop.account.deliver(*post.delivery(15, 90))
            with EngineAtWork() as engine:
                _let_it_come_to(random, engine)
            in_the_middle += ledger.filed() < len(post.written)
    tell(f"seed {seed}: {times} kills, {in_the_middle} in the middle, {len(post.written)} mails")
    assert in_the_middle >= times / 3, "the kills came when all was done"
    reckon(shop, post.written)


def _let_it_come_to(random: Random, engine: EngineAtWork) -> None:
    """Some moment: during the start, after some piece of news, or a while after it is ready."""
    if random.random() < 0.1:
        engine.wait_heard(1, random.uniform(0.0, 0.6))
        return
    engine.wait_ready()
    engine.wait_heard(random.randrange(1, 6), 1.5)
    engine.wait_heard(10**9, random.uniform(0.0, 0.25))
