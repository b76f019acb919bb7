"""A spell checker that is handed in: what it marks, in which language, and what it would write."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from .counter import Counter

Show = Callable[[], None]


class Marking:
    """Knows every word but "teh"."""

    def __init__(self) -> None:
        self.languages: set[str] = set()

    def wrong_words(self, text: str, language: str) -> list[tuple[int, int]]:
        self.languages.add(language)
        at = text.find("teh")
        return [(at, at + 3)] if at >= 0 else []


class Knowing(Marking):
    def suggestions(self, word: str, language: str) -> list[str]:
        return ["the", "tea & cake"] if (word, language) == ("teh", "vi") else []


def _waves(counter: Counter) -> list[tuple[int, int]]:
    formats = counter.composer.at.editor.document().begin().layout().formats()
    return [(one.start, one.length) for one in formats]


def test_it_marks_what_it_does_not_know_in_the_tickets_language(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    checker = Marking()
    counter.composer.check_spelling(checker)
    counter.type("in teh box")
    assert _waves(counter) == [(3, 3)] and checker.languages == {"vi"}
    counter.open(counter.other)
    counter.composer.insert_text("x")
    assert checker.languages == {"vi", "zh-Hant"}
    counter.composer.focus_note()
    counter.composer.insert_text("x")
    assert checker.languages == {"vi", "zh-Hant", "en-GB"}, "colleagues read the program's"
    counter.composer.check_spelling(None)
    assert _waves(counter) == []


def _menu(counter: Counter, qtbot: QtBot) -> QMenu:
    """The context menu at the caret, as its key opens it."""
    editor = counter.composer.at.editor
    here = QPoint(0, 0)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(editor, QContextMenuEvent(reason, here, editor.mapToGlobal(here)))
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_menu_at_an_unknown_word_offers_what_was_meant_as_one_step(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor = counter.composer.at.editor
    counter.composer.check_spelling(Knowing())
    editor.insert("訂單 👋 in teh box")
    editor.select(10, 10)
    menu = _menu(counter, qtbot)
    assert [one.text() for one in menu.actions()[:2]] == ["the", "tea && cake"]
    menu.actions()[1].trigger()
    menu.close()
    assert editor.text() == "訂單 👋 in tea & cake box"
    editor.undo()
    assert editor.text() == "訂單 👋 in teh box"


@pytest.mark.parametrize(
    ("checker", "place", "said"), [(Marking(), 4, True), (Knowing(), 0, False)]
)
def test_without_a_suggestion_the_menu_says_so_and_a_known_word_changes_nothing(
    counter: Counter, at_work: Show, qtbot: QtBot, checker: Marking, place: int, said: bool
) -> None:
    at_work()
    counter.composer.check_spelling(checker)
    counter.type("in teh box")
    counter.composer.at.editor.select(place, place)
    menu = _menu(counter, qtbot)
    assert ("No suggestion" in [one.text() for one in menu.actions()]) is said
    menu.close()
