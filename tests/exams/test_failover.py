"""A replica that takes over while eight programs write: what was acknowledged, and how soon all go
on by themselves. Of a replica that nobody waits for, what is lost is counted and told."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.exams.replica_pair import pair
from tests.exams.team_books import Books, journal
from tests.exams.team_desk import furnish
from tests.exams.team_meetings import Member

MEMBERS, SEED = 8, 20261123
_BEFORE, _DEAD, _AFTER = 12.0, 2.0, 25.0  # seconds: with the first, with none, with the second
_GO_ON_SECONDS = 30.0

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("level", ["remote_apply", "on", "off"])
def test_programs_go_on_at_the_replica_with_all_that_was_acknowledged(
    level: str, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    with pair() as both:
        furnish(both.url, MEMBERS)
        both.synchronous(level)
        members = [
            Member(both.url, number, tmp_path / f"{number}.jsonl", SEED, 0.1)
            for number in range(MEMBERS)
        ]
        try:
            for one in members:
                assert one.answer(180), "a client did not start"
            time.sleep(_BEFORE)
            killed = both.fail_over(_DEAD)
            time.sleep(_AFTER)
        finally:
            codes = [one.end(60) for one in members]
        tried, broke = journal(one.journal for one in members)
        with closing(Books(both.address(1), tried)) as books:
            books.reckon()
    back = [_back(tried, number, killed) for number in range(MEMBERS)]
    done = sum(op["told"] == "done" for op in tried)
    lost = books.wrong["lost"]
    wrong = {name: count for name, count in books.wrong.items() if count}
    tell(
        f"replica waited for: {level}; {len(tried)} writes tried, {done} acknowledged, {lost} of "
        f"them lost; all went on {max(back):.1f} s after the kill, {_DEAD:.0f} s of them without a "
        f"server; wrong: {wrong or 'nothing'}"
    )
    assert codes == [0] * MEMBERS, "a client did not end by itself"
    assert not broke, "\n".join(broke[:20])
    assert max(back) < _GO_ON_SECONDS
    if level != "off":
        assert not wrong, "\n".join(books.shown[:40])


def _back(tried: list[dict[str, Any]], client: int, killed: float) -> float:
    """Seconds until a client's first write that began after the kill was acknowledged."""
    ends = [
        op["at"] / 1000 + op["took"] - killed
        for op in tried
        if op["client"] == client and op["told"] == "done" and op["at"] > killed * 1000
    ]
    return min(ends, default=float("inf"))
