"""E01: 200 kills on each database. Nothing lost, nothing doubled, the server unchanged."""

from collections.abc import Callable

import pytest

from tests.exams.kills import kill_often
from tests.stories.shop import Shop

PARTS, KILLS, SEED = 8, 25, 20261121


@pytest.mark.parametrize("part", range(PARTS))
def test_kills_at_random_moments_lose_and_double_nothing(
    shop: Shop, part: int, tell: Callable[[str], None]
) -> None:
    kill_often(shop, KILLS, SEED + part, tell)
