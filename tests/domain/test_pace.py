"""One reading serves many changes, and a desk that answers slowly is asked less often."""

import pytest

from deskapp.domain import pace
from deskapp.domain.pace import Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(pace.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(pace.random, "uniform", lambda _least, most: most)
    return now


def _reads(clock: list[float], made: Pace, takes: float) -> float:
    """One reading of so many seconds, and how long the next change waits for its own."""
    clock[0] += made.wait()
    began = clock[0]
    clock[0] += takes
    made.read(began)
    return made.wait() + takes


def test_the_first_change_after_a_rest_is_read_after_the_first_pause(clock: list[float]) -> None:
    made = Pace(0.3, 1.0, 1.2)
    assert made.wait() == 0.3
    _reads(clock, made, 0.01)
    clock[0] += 60
    assert made.wait() == 0.3


def test_while_others_write_on_there_is_a_pause_from_reading_to_reading(clock: list[float]) -> None:
    made = Pace(0.0, 0.25, 1.0)
    assert _reads(clock, made, 0.002) == pytest.approx(0.25)
    assert _reads(clock, made, 0.002) == pytest.approx(0.25)


def test_a_slow_desk_is_asked_less_often_but_not_seldom(clock: list[float]) -> None:
    made = Pace(0.0, 0.25, 1.0)
    assert _reads(clock, made, 0.05) == pytest.approx(0.4)
    assert _reads(clock, made, 0.4) == pytest.approx(1.0)


def test_programs_that_heard_the_same_do_not_all_ask_at_one_moment() -> None:
    begun = pace.time.monotonic()
    waits = set()
    for _ in range(50):
        made = Pace(0.0, 10.0, 10.0)
        made.read(begun)
        waits.add(round(made.wait(), 2))
    assert len(waits) > 10 and 8 < min(waits) <= max(waits) <= 10
