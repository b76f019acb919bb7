"""Filing: long walks of the machine, forged threads, floods, and clocks that are wrong."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.desk.filing_machine import FilingMachine
from tests.desk.forging import forged_unmarked
from tests.desk.ground import Ground
from tests.desk.letters import START, letter

EXAMPLES, STEPS = 200, 30
Recorder = Callable[[str, object], None]


def test_long_walks_end_where_the_model_says(tmp_path: Path) -> None:
    count = iter(range(1_000_000))

    class OnSqlite(FilingMachine):
        def __init__(self) -> None:
            self.url = f"sqlite:///{tmp_path}/{next(count)}.db"
            super().__init__()

    long = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(OnSqlite, settings=long)


def test_ten_thousand_mails_of_one_writer_keep_nobody_else_waiting(
    ground: Ground, record_property: Recorder
) -> None:
    """Batches of 200: whoever comes between the flood's mails is filed in the batch they are in."""
    longest, told = 0.0, []
    for batch in range(50):
        raws = [
            letter(
                f"Buy {batch} {n}", sender="flood@evil.example", subject=f"Buy {n}", hours=n / 60
            )
            for n in range(199)
        ]
        other = letter(f"Please {batch}", sender=f"c{batch}@customer.example", hours=batch)
        began = time.perf_counter()
        ground.arrive(*raws, other)
        longest = max(longest, time.perf_counter() - began)
        told.append(ground.customers.by_address(f"c{batch}@customer.example"))
    assert None not in told
    record_property("longest batch of 200, s", round(longest, 2))
    assert len(ground.rows()) == 10_000


def test_three_thousand_answers_of_one_writer_lie_on_one_ticket_that_opens(
    ground: Ground, record_property: Recorder
) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    batches: list[float] = []
    for batch in range(15):
        raws = [
            letter(f"{batch} {n}", answers=("a@customer.example",), hours=batch + n / 200)
            for n in range(200)
        ]
        began = time.perf_counter()
        ground.arrive(*raws)
        batches.append(time.perf_counter() - began)
    began = time.perf_counter()
    count = len(ground.messages())
    opened = time.perf_counter() - began
    record_property("first and last batch, opened, s", (batches[0], batches[-1], opened))
    assert count == 3001


def test_2000_forged_threads_join_nothing_unmarked(ground: Ground) -> None:
    assert forged_unmarked(ground, 2000) == 0


def test_500_mails_with_wrong_clocks_are_all_there_in_the_order_of_the_server(
    ground: Ground,
) -> None:
    random_clock = random.Random(10)
    dates = (
        *("Thu, 01 Jan 1970 00:00:00 +0000", "Fri, 31 Dec 2099 23:59:59 +0000", "", "tomorrow"),
        *("Tue, 32 Foo 2026 25:61:61 +9999", "Mon, 02 Nov 26 09:00 PST", "0", "\x00\xff"),
    )
    ground.later(days=600)
    for n in range(500):
        raw = letter(f"mail {n:03}", message_id=f"{n}@c", answers=("0@c",) if n else ())
        wrong = random_clock.choice(dates).encode("utf-8", "surrogateescape")
        lines = [b"Date: " + wrong if one.startswith(b"Date:") else one for one in raw.split(b"\n")]
        ground.arrive(b"\n".join(lines), internal_at=START + timedelta(minutes=n))
    texts = [one.text.strip() for one in ground.messages()]
    assert texts == [f"mail {n:03}" for n in range(500)]


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    made = Ground(f"sqlite:///{tmp_path}/desk.db")
    yield made
    made.database.close()
