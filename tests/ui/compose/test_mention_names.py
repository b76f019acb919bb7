"""A colleague's name behind an @, offered while a note is written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.ui.compose import Composer

from .counter import Counter


@pytest.fixture
def counter(counter: Counter) -> Counter:
    counter.open(counter.ticket)
    return counter


def _noting(counter: Counter, qtbot: QtBot) -> Composer:
    composer = counter.composer
    with qtbot.waitActive(composer):
        composer.show()
    composer.focus_note()
    qtbot.waitUntil(lambda: composer.mentions.completer.model().rowCount() == 1)
    composer.at.editor.setFocus()
    return composer


def test_a_begun_name_is_completed_by_enter(counter: Counter, qtbot: QtBot) -> None:
    composer = _noting(counter, qtbot)
    popup = composer.mentions.popup
    counter.type("please @Ol")
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert composer.at.editor.text() == "please @Olga "
    assert not popup.isVisible()


def test_a_reply_to_the_customer_offers_no_names(counter: Counter, qtbot: QtBot) -> None:
    composer = _noting(counter, qtbot)
    composer.focus_reply()
    counter.type("ask @Ol")
    QApplication.processEvents()
    assert not composer.mentions.popup.isVisible()
