"""An upgrade killed at every step leaves the old desk or the new one, never something between.

A desk of DESKAPP_EXAM_MB megabytes (1000 when not said); every step is killed once at its
beginning, the longest ones in their middle too.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exams.upgrading import again, copied, drop, fill, look, megabytes, same, upgrade
from tests.servers.postgres import Postgres

POINTS = 40
MIDDLES = (0.1, 0.3, 0.5, 0.7, 0.9)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_upgrade_killed_at_any_step_leaves_old_or_new(
    kind: str, tmp_path: Path, postgres: Postgres, tell: Callable[[str], None]
) -> None:
    if kind == "sqlite":
        original, url = (f"sqlite:///{tmp_path / name}" for name in ("first.db", "desk.db"))
    else:
        original, url = postgres.url("exam_first"), postgres.url("exam_desk")
        postgres.create("exam_first")
    fill(original, megabytes(1000))
    if kind == "postgresql":  # no line of ours may stay open to a template
        time.sleep(0.2)
    before = look(original)
    again(original, url, postgres)
    began = time.monotonic()
    steps = upgrade(url)
    whole = time.monotonic() - began
    after = look(url)
    assert (before.schema, after.schema) == ("0001", "0003")
    assert same(before, after)

    every = max(1, steps // POINTS)
    places = [(place, 0.0) for place in range(1, steps + 1, every)]
    places += [(1, whole * share) for share in MIDDLES]
    ended = {"0001": 0, "0003": 0}
    slowest = 0.0
    for place, delay in places:
        again(original, url, postgres)
        was_killed = upgrade(url, place, delay) == 0
        found = look(url)
        assert same(before, found), f"step {place} of {steps}, {delay} s"
        assert found.schema in ended
        assert was_killed or delay
        ended[found.schema] += 1
        if kind == "sqlite" and found.schema == "0003":
            assert copied(url), f"no copy after step {place}"
        began = time.monotonic()
        upgrade(url)
        slowest = max(slowest, time.monotonic() - began)
        assert look(url).schema == "0003"
        assert same(before, look(url))
        assert kind != "sqlite" or copied(url)
    if kind == "postgresql":
        drop(url, postgres)
    tell(
        f"{kind}: desk of {megabytes(1000):.0f} MB, upgrade {whole:.1f} s, {steps} steps; killed "
        f"at {len(places)} points: {ended['0001']} old, {ended['0003']} new, 0 between; "
        f"the second start finished each time, {slowest:.1f} s at most"
    )
