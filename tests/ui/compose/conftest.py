"""The composer, shown."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.compose.counter import Counter


@pytest.fixture
def at_work(counter: Counter, qtbot: QtBot) -> Callable[[], None]:
    """Shows the composer with its first ticket open and the caret in the editor."""

    def show() -> None:
        with qtbot.waitActive(counter.composer):
            counter.composer.show()
        counter.open(counter.ticket)
        counter.composer.focus_reply()

    return show
