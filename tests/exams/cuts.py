"""E04: the IMAP line goes wrong at random bytes, in either direction, in every manner."""

import time
from collections.abc import Callable
from random import Random

from tests.servers.poison import CUTS, Manner, Poison
from tests.servers.wire import Wire
from tests.stories.shop import SUPPORT, Shop

from .books import Ledger, reckon
from .engine_at_work import EngineAtWork
from .post import Post

RECOVERY_SECONDS = 60.0
SILENCE_SECONDS = 90.0
"""A line that died without a word is found out by a time-out (exam E09)."""
_ALONE = 8  # one cut in so many is followed by nobody's button: the engine finds back by itself


def cut_often(
    shop: Shop,
    wire: Wire,
    times: int,
    seed: int,
    tell: Callable[[str], None],
    again: float = 0.25,
) -> None:
    """Cuts the line ``times`` times while one engine pulls; after each, all mail must come.

    ``wire`` stands before the server. Beside the cuts, some bytes only come late or one by one.
    ``again``: how many of them are followed by another while the engine finds back. That is what
    takes time: a mail that was cut twice is asked for again a quarter of a minute later.
    """
    random, post = Random(seed), Post(seed)
    _pull_through(shop, wire)
    cuts, poisons, recoveries = 0, 0, []
    with Ledger(shop.url) as ledger, EngineAtWork() as engine:
        engine.wait_ready()
        while cuts < times:
            letters = post.delivery(3, 40)
            expected = sum(map(len, letters)) + 1500
            last, more = "", True
            while more:
                poison = Poison.drawn(random, expected)
                wire.poison(poison)
                shop.account.deliver(*letters)
                letters, expected = [], 8000
                engine.sync_now()
                hit = _strikes(wire, ledger, len(post.written))
                poisons += hit
                cuts += hit and poison.manner in CUTS
                last = f"{last} {poison.manner}" if hit else last
                more = hit and random.random() < again
            if random.randrange(_ALONE):
                engine.sync_now()
            recoveries.append((ledger.wait_filed(len(post.written), RECOVERY_SECONDS), last))
    longest, why = max(recoveries)
    tell(
        f"seed {seed}: {cuts} cuts and {poisons - cuts} delays, {len(post.written)} mails, "
        f"longest recovery {longest:.1f} s after{why}"
    )
    reckon(shop, post.written)


def swallow(shop: Shop, wire: Wire, times: int, seed: int, tell: Callable[[str], None]) -> None:
    """The line falls silent in the middle of a pull and nobody is told."""
    random, post = Random(seed), Post(seed)
    _pull_through(shop, wire)
    longest = 0.0
    with Ledger(shop.url) as ledger, EngineAtWork() as engine:
        engine.wait_ready()
        for _ in range(times):
            letters = post.take(20)
            wire.poison(Poison(Manner.BLACK_HOLE, random.randrange(20_000), to_server=False))
            shop.account.deliver(*letters)
            engine.sync_now()
            if _strikes(wire, ledger, len(post.written)):
                longest = max(longest, ledger.wait_filed(len(post.written), SILENCE_SECONDS))
    tell(f"seed {seed}: {times} silences, longest recovery {longest:.1f} s")
    reckon(shop, post.written)


def _pull_through(shop: Shop, wire: Wire) -> None:
    shop.run("mailbox", "remove", SUPPORT)
    shop.add_mailbox(wire.port)


def _strikes(wire: Wire, ledger: Ledger, count: int) -> bool:
    """False when all mail came before: the byte that the poison waits for was never sent."""
    until = time.monotonic() + RECOVERY_SECONDS
    while not wire.struck(0.05):
        if ledger.filed() >= count:
            wire.disarm()
            return False
        assert time.monotonic() < until, "neither the mail nor the cut came"
    return True
