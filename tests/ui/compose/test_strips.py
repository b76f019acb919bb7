"""The strips above a reply by keyboard: every button is reached, Esc closes, nothing is lost."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.ui.pieces.notice import Choice, Notice
from deskapp.ui.pieces.settled import settle_around
from tests.ui.cut import cut

from .counter import Counter

TEXT = "We sent a second parcel."
CHOICES = ("Show what is new", "Send anyway")


def _walk(qtbot: QtBot, begin: QWidget) -> list[QWidget]:
    """What Tab leads to from there, once around."""
    begin.setFocus()
    found: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not None and at not in found:
        found.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    return found


def _choices() -> list[Choice]:
    return [(one, lambda: None) for one in CHOICES]


def _say(counter: Counter) -> tuple[Notice, ...]:
    """All three strips at once, each with its buttons."""
    at = counter.composer.at
    strips = at.together, at.aside, at.notice
    for strip in strips:
        strip.say("Olga wrote on this ticket.", *_choices())
    return strips


def test_tab_leads_over_each_button_of_each_strip_in_the_order_they_are_read(
    counter: Counter, at_work: Callable[[], None], qtbot: QtBot
) -> None:
    at_work()
    counter.type(TEXT)
    strips = _say(counter)
    for strip in strips:
        strip.say("Olga noted.", *_choices())  # again: new buttons
    walked = _walk(qtbot, counter.composer.at.canned)
    counter.composer.at.editor.setFocus()
    bare = [strip.grab().toImage() for strip in strips]
    for place, strip in enumerate(strips):
        stops = [one for one in walked if strip.isAncestorOf(one)]
        named = [one.text() for one in stops if isinstance(one, QPushButton)]
        assert named == list(CHOICES) and stops[-1] is strip.close_button
        for one in stops:
            one.setFocus()
            assert strip.grab().toImage() != bare[place], one  # one sees where one is
    firsts = [walked.index(strip.close_button) for strip in strips]
    assert firsts == sorted(firsts) and firsts[-1] < walked.index(counter.composer.at.attach)
    assert counter.composer.at.editor.text() == TEXT


def test_esc_closes_the_strip_it_is_pressed_in_and_nothing_else(
    counter: Counter, at_work: Callable[[], None], qtbot: QtBot
) -> None:
    at_work()
    counter.type(TEXT)
    away: list[str] = []
    QShortcut(QKeySequence("Esc"), counter.composer, lambda: away.append("to the list"))
    strips = _say(counter)
    for place, strip in enumerate(strips):
        button = strip.findChildren(QPushButton)[0]
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Escape)
        assert [one.isHidden() for one in strips] == [one <= place for one in range(3)]
        assert counter.composer.at.editor.hasFocus() and not away
    qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_Escape)
    assert away == ["to the list"] and counter.composer.at.editor.text() == TEXT


def test_a_button_pressed_by_key_leads_back_into_the_text(
    counter: Counter, at_work: Callable[[], None], qtbot: QtBot
) -> None:
    at_work()
    pressed: list[str] = []
    notice = counter.composer.at.notice
    notice.say("Olga noted.", ("Show what is new", lambda: pressed.append("shown")))
    [button] = notice.findChildren(QPushButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == ["shown"] and counter.composer.at.editor.hasFocus()


def test_long_news_in_a_low_narrow_window_scroll_and_leave_the_buttons_whole(
    counter: Counter, at_work: Callable[[], None], qtbot: QtBot
) -> None:
    at_work()
    composer = counter.composer
    composer.at.notice.say("\n".join([f"9:17 Olga noted: {TEXT * 5}"] * 3), *_choices())
    composer.setFixedWidth(366)
    layout = composer.layout()
    assert layout is not None
    settle_around(composer.at.notice)
    composer.resize(366, layout.totalMinimumHeightForWidth(366))
    settle_around(composer.at.notice)
    assert cut(composer) == []
    bar = composer.at.notice.room.verticalScrollBar()
    assert bar.maximum() > 0 and composer.at.notice.room.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_words_that_fit_leave_no_room_for_a_bar_that_would_make_them_too_long(
    qtbot: QtBot,
) -> None:
    """Qt keeps a bar that it needed before the first layout: with it they need a line more."""
    notice = Notice()
    qtbot.addWidget(notice)
    notice.resize(560, 40)
    notice.show()
    notice.say("Waiting for approval: the reply of Olga", *_choices())
    qtbot.waitUntil(
        lambda: notice.room.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    )
