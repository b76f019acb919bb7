"""Windows in tests: the application dressed once, the language held still."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.ui.application import prepare_application

from .compose.counter import Counter


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    QLocale.setDefault(QLocale("en_GB"))
    return prepare_application(appearance="light")


@pytest.fixture
def counter(desk_file: str, qtbot: QtBot) -> Iterator[Counter]:
    """The composer over a real desk on SQLite, with a Vietnamese customer's question on it."""
    made = Counter(desk_file, qtbot)
    yield made
    made.close()
