"""A look around in a real shop of somebody who has one; docs/development.md names the variables."""

import os
from collections.abc import Callable

import pytest

from tests.shops.live import KINDS, NotSet, look_around, source_of


@pytest.mark.parametrize("kind", KINDS)
def test_a_shop_of_ones_own_answers_as_the_protocol_says(
    kind: str, tell: Callable[[str], None]
) -> None:
    try:
        source = source_of(kind, os.environ)
    except NotSet as missing:
        pytest.skip(f"no {kind} shop is named: set {missing}")
    tell(look_around(source))
