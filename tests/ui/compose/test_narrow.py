"""The composer of a window of 1000 by 700: nothing is cut that must be read."""

from collections.abc import Callable

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from deskapp.ui.pieces.notice import Notice

from .counter import Counter

NARROW = 366  # pixels of the conversation in that window
LONG = "Nothing was sent; your text is kept. " * 6


def test_a_short_notice_is_no_taller_after_a_long_one(qtbot: QtBot) -> None:
    first, second = Notice(), Notice()
    for one in (first, second):
        qtbot.addWidget(one)
        one.resize(NARROW, 40)
    first.say(LONG, ("Send anyway", lambda: None))
    tall = first.room.sizeHint().height()
    first.say("Short.", ("Send anyway", lambda: None))
    second.say("Short.", ("Send anyway", lambda: None))
    assert first.room.sizeHint().height() == second.room.sizeHint().height() < tall


def test_a_short_line_above_the_reply_is_no_taller_after_a_long_one(
    counter: Counter, at_work: Callable[[], None]
) -> None:
    at_work()
    note = counter.composer.at.head_note
    note.say("Short.")
    short = note.minimumHeight()
    note.say(LONG)
    assert note.minimumHeight() > short
    note.say("Short.")
    assert note.minimumHeight() == short


def test_a_narrow_composer_shows_the_recipient_and_all_of_its_hint(
    counter: Counter, at_work: Callable[[], None], qtbot: QtBot
) -> None:
    at_work()
    at = counter.composer.at
    assert at.canned.text() == "; canned reply"
    counter.composer.setFixedWidth(NARROW)
    qtbot.waitUntil(lambda: at.canned.text() == ";")
    assert at.canned.accessibleName() == "Insert a canned reply"
    room = at.editor.viewport().width() - 2 * at.editor.document().documentMargin()
    words = at.editor.placeholderText()
    assert QFontMetrics(at.editor.font()).horizontalAdvance(words) <= room
    qtbot.waitUntil(lambda: "minhchau@" in at.to.text())
