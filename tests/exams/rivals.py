"""E08: several engines on one mailbox and one database; who holds the lease is killed."""

import time
from collections.abc import Callable
from random import Random

from tests.stories.shop import Shop

from .books import Ledger, reckon
from .engine_at_work import EngineAtWork
from .post import Post

_HOLDERS = "SELECT holder FROM lease WHERE holder <> ''"
_HANDED_ON_SECONDS = 30.0


def depose_often(
    shop: Shop, engines: int, times: int, seed: int, tell: Callable[[str], None]
) -> None:
    """Kills the engine that pulls, ``times`` times, among ``engines`` that all want to."""
    random, post = Random(seed), Post(seed)
    with Ledger(shop.url) as ledger:
        running = [EngineAtWork() for _ in range(engines)]
        try:
            for _ in range(times):
                shop.account.deliver(*post.delivery(40, 120))
                holder = lease_holder(ledger, running)
                holder.sync_now()
                holder.wait_heard(10**9, random.uniform(0.0, 0.6))
                holder.kill()
                running.remove(holder)
                running.append(EngineAtWork())
            longest = ledger.wait_filed(len(post.written), 60.0)
        finally:
            for one in running:
                one.kill()
    tell(
        f"seed {seed}: {engines} engines, {times} holders killed, {len(post.written)} mails, "
        f"the rest {longest:.1f} s after the last"
    )
    reckon(shop, post.written)


def lease_holder(ledger: Ledger, running: list[EngineAtWork]) -> EngineAtWork:
    """The engine that has the lease; waits until a living one has."""
    until = time.monotonic() + _HANDED_ON_SECONDS
    while True:
        names = [str(name) for (name,) in ledger.rows(_HOLDERS)]
        for engine in running:
            if any(name.split(":")[-2] == str(engine.process) for name in names):
                return engine
        assert time.monotonic() < until, f"nobody took the lease over: {names}"
        time.sleep(0.05)
