"""The exam of mail in little (tests/exams holds it in full, with the words on what it asks)."""

import pytest

from tests.exams.cuts import cut_often
from tests.exams.kills import kill_often
from tests.exams.resets import reset_often
from tests.exams.rivals import depose_often
from tests.servers.wire import NewWire

from .shop import Shop

pytestmark = pytest.mark.timeout(300)


def test_six_kills_lose_and_double_nothing(shop: Shop) -> None:
    kill_often(shop, times=6, seed=1, tell=print)


def test_five_cut_lines_lose_and_double_nothing(shop: Shop, new_wire: NewWire) -> None:
    cut_often(shop, new_wire(shop.account.port), times=5, seed=2, tell=print, again=0.0)


def test_three_new_uidvalidities_keep_mail_notes_and_owners(shop: Shop) -> None:
    reset_often(shop, times=3, mails=60, seed=3, tell=print)


def test_two_engines_whose_leader_is_killed_lose_and_double_nothing(shop: Shop) -> None:
    depose_often(shop, engines=2, times=2, seed=4, tell=print)
