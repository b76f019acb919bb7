"""A server fails at each phase in each way: state, retry time and words (all 240: the exam)."""

from collections.abc import Iterator

import pytest

from deskapp.data.database import Database
from tests.data.mail_rows import new_desk

from .send_faults import cases, run, short_waits


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


@pytest.mark.parametrize("desk_url", ["sqlite"], indirect=True)
def test_each_phase_failing_in_each_way_ends_right(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_waits(monkeypatch)
    run(database, cases(range(1)), print)
