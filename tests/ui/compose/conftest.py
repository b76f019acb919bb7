"""The composer over a real desk on SQLite, with a Vietnamese customer's question on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.compose.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    made = Counter(f"sqlite:///{tmp_path / 'desk.db'}", qtbot)
    yield made
    made.close()


@pytest.fixture
def at_work(counter: Counter, qtbot: QtBot) -> Callable[[], None]:
    """Shows the composer with its first ticket open and the caret in the editor."""

    def show() -> None:
        with qtbot.waitActive(counter.composer):
            counter.composer.show()
        counter.open(counter.ticket)
        counter.composer.focus_reply()

    return show
