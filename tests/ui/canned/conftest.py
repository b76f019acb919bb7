"""The page of canned replies, shown."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.compose.counter import Counter

from .canned_window import Window


@pytest.fixture
def window(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Window:
    return Window(counter, tmp_path, qtbot)
