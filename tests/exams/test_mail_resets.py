"""E06: 50 new UIDVALIDITYs on each database, of real folders, while people work on the tickets."""

from collections.abc import Callable

import pytest

from tests.exams.resets import reset_often
from tests.stories.shop import Shop

PARTS, RESETS, MAILS, SEED = 2, 25, 240, 20261211


@pytest.mark.parametrize("part", range(PARTS))
def test_new_uids_keep_every_mail_note_owner_and_ticket(
    shop: Shop, part: int, tell: Callable[[str], None]
) -> None:
    reset_often(shop, RESETS, MAILS, SEED + part, tell)
