"""How far back, how fast, and by whom: small rules around an import."""

from datetime import UTC, datetime, timedelta

import pytest

from deskapp.domain.estimate import Estimate
from deskapp.domain.lease_holders import Holder, holder_name, read_holder
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.reaches import read_reach

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("all", None),
        (" ALL ", None),
        ("30d", NOW - timedelta(days=30)),
        ("90 days", NOW - timedelta(days=90)),
        ("2026-08-31", datetime(2026, 8, 31, tzinfo=UTC)),
    ],
)
def test_a_reach_is_a_date_a_number_of_days_or_all(words: str, since: datetime | None) -> None:
    assert read_reach(words, NOW) == since


@pytest.mark.parametrize("words", ["", "last spring", "-3d", "99999d", "99999999d", "2026-13-01"])
def test_what_is_no_reach_is_a_problem_with_the_words_said(words: str) -> None:
    try:
        found = read_reach(words, NOW)
    except Problem as problem:
        assert (problem.kind, problem.details["what"]) == (ProblemKind.INVALID, "since")
    else:
        assert words == "99999d" and found is not None  # 273 years: as good as all


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_the_estimate_follows_how_it_went_lately() -> None:
    estimate = Estimate()
    assert estimate.remaining(100) is None
    estimate.see(at(0), 0)
    estimate.see(at(1), 100)
    assert estimate.remaining(100) is None  # too short a look
    estimate.see(at(10), 1000)
    assert estimate.remaining(6000) == timedelta(seconds=60)
    for second in range(11, 100):
        estimate.see(at(second), 1000 + second)
    slower = estimate.remaining(60)
    assert slower is not None and slower > timedelta(seconds=50)


def test_an_import_that_stands_still_or_begins_anew_promises_nothing() -> None:
    estimate = Estimate()
    estimate.see(at(0), 500)
    estimate.see(at(60), 500)
    assert estimate.remaining(100) is None
    estimate.see(at(61), 0)
    assert estimate.remaining(100) is None
    assert Estimate().remaining(0) is None


def test_a_holder_is_read_back_as_machine_and_process() -> None:
    name = holder_name("till 2:shop.example", 0xAA, 4711, "word")
    assert read_holder(name) == Holder("till2shop.example", 4711)
    assert read_holder("engine on till-2") == Holder("engine on till-2", None)
    assert len(holder_name("n" * 300, 1, 10**9, "w" * 8)) <= 120
