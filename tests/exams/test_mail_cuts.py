"""E04: 200 cuts on each database, and lines that die without a word."""

from collections.abc import Callable

import pytest

from tests.exams.cuts import cut_often, swallow
from tests.servers.wire import NewWire
from tests.stories.shop import Shop

PARTS, CUTS, SEED = 4, 50, 20261201
BLACK_HOLES = 3


@pytest.mark.parametrize("part", range(PARTS))
def test_a_line_cut_at_random_bytes_loses_and_doubles_nothing(
    shop: Shop, new_wire: NewWire, part: int, tell: Callable[[str], None]
) -> None:
    cut_often(shop, new_wire(shop.account.port), CUTS, SEED + part, tell)


def test_a_line_that_dies_without_a_word_is_given_up_and_opened_anew(
    shop: Shop, new_wire: NewWire, tell: Callable[[str], None]
) -> None:
    swallow(shop, new_wire(shop.account.port), BLACK_HOLES, SEED, tell)
