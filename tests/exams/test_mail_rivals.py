"""E08 small: three engines on one mailbox, on each database; the one that pulls is killed."""

from collections.abc import Callable

from tests.exams.rivals import depose_often
from tests.stories.shop import Shop

ENGINES, KILLS, SEED = 3, 20, 20261221


def test_three_engines_whose_leader_is_killed_lose_and_double_nothing(
    shop: Shop, tell: Callable[[str], None]
) -> None:
    depose_often(shop, ENGINES, KILLS, SEED, tell)
