"""The exam of sending in little (tests/exams holds it in full): one kill at each place."""

import pytest

from tests.exams.send_kills import PLACES, kill_senders

from .shop import Shop


@pytest.mark.parametrize("desk_url", ["sqlite"], indirect=True)
def test_a_kill_at_each_place_of_a_send_and_of_an_undo(shop: Shop) -> None:
    kill_senders(shop, len(PLACES), 4, print)
