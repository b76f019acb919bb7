"""An upgrade killed at every step leaves the old desk or the new one, never something between.

A desk of DESKAPP_EXAM_MB megabytes (1000 when not said); every step is killed once at its
beginning, and at shares of the whole time, which are in the middle of the longest steps. A desk
that a kill left old is killed again as it lies there; only one that came out new is made anew.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exams.upgrading import (
    Room,
    again,
    copied,
    drop,
    fill,
    look,
    megabytes,
    same,
    upgrade,
)
from tests.servers.postgres import Postgres

POINTS = 40
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
LARGE_MB = 100
"""From here on not every kill is followed by a start that finishes the upgrade."""
SECOND_STARTS = 12


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
    with Room(url) as room:
        steps = upgrade(url)
    whole = time.monotonic() - began
    after = look(url)
    assert (before.schema, after.schema) == ("0001", "0003")
    assert same(before, after)

    every = max(1, steps // POINTS)
    places = [(place, 0.0) for place in range(1, steps + 1, every)]
    places += [(1, whole * share) for share in SHARES]
    finishing = 1 if megabytes(1000) < LARGE_MB else max(1, len(places) // SECOND_STARTS)
    ended = {"0001": 0, "0003": 0}
    too_late, starts, slowest = 0, 0, 0.0
    lies = "0003"
    for number, (place, delay) in enumerate(places):
        if lies == "0003":
            again(original, url, postgres)
        was_killed = upgrade(url, place, delay) == 0
        found = look(url)
        assert same(before, found), f"step {place} of {steps}, {delay} s"
        assert found.schema in ended
        assert was_killed or delay
        too_late += not was_killed
        ended[found.schema] += was_killed
        if kind == "sqlite" and found.schema == "0003":
            assert copied(url), f"no copy after step {place}"
        lies = found.schema
        if number % finishing and lies == "0001":
            continue
        began = time.monotonic()
        upgrade(url)
        starts, slowest = starts + 1, max(slowest, time.monotonic() - began)
        lies = look(url).schema
        assert lies == "0003"
        assert same(before, look(url))
        assert kind != "sqlite" or copied(url)
    if kind == "postgresql":
        drop(url, postgres)
    tell(
        f"{kind}: desk of {megabytes(1000):.0f} MB, upgrade {whole:.1f} s, {steps} steps, "
        f"{room.most / 1e6:.0f} MB of room at most; killed at {sum(ended.values())} points: "
        f"{ended['0001']} old, {ended['0003']} new, 0 between ({too_late} times it had ended "
        f"before); {starts} second starts finished, {slowest:.1f} s at most"
    )
