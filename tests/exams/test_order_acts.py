"""Acts in shops: the real engine killed at every place, under every fault of the shop."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.domain.order_acts import ActKind

from .act_kills import all_trials, kill_engines


@pytest.mark.parametrize("kind", ActKind)
def test_no_act_is_done_twice_or_unseen_however_the_engine_dies(
    desk_url: str, tmp_path: Path, kind: ActKind, tell: Callable[[str], None]
) -> None:
    kill_engines(desk_url, tmp_path, [one for one in all_trials() if one[0] is kind], tell)
