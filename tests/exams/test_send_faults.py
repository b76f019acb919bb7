"""E11: an SMTP server that fails in 8 phases, 6 ways and 5 variants; each with the right end."""

from collections.abc import Callable, Iterator

import pytest

from deskapp.data.database import Database
from tests.data.mail_rows import new_desk
from tests.mail.send_faults import cases, run, short_waits


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


def test_240_failures_of_a_server_each_with_its_state_retry_time_and_words(
    database: Database, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    short_waits(monkeypatch)
    run(database, cases(), tell)
