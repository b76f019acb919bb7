"""Canned replies while writing: found by typing or by key, put in and never over what is there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QProgressBar
from pytestqt.qtbot import QtBot

from deskapp.ui.compose.places import filled_places, from_qt, to_qt

from .counter import Counter

Show = Callable[[], None]


def test_a_typed_name_opens_the_picker_and_enter_puts_the_text_in_its_place(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("Hi ;late")
    picker = counter.composer.canned.picker
    qtbot.waitUntil(lambda: picker.isVisible() and picker.shown.preview.toPlainText() != "")
    assert picker.list.currentItem().text() == "Late parcel"
    qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_Return)
    text = counter.composer.at.editor.text()
    assert text == "Hi Chào chị Châu,\nShop xin lỗi vì đơn bị trễ."
    assert not picker.isVisible()
    counter.settle()
    assert counter.desk.canned.list("late")[0].uses == 1


def test_several_stack_at_the_caret(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    editor, picker = counter.composer.at.editor, counter.composer.canned.picker
    for _ in range(2):
        counter.type(" ;late")
        qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text().count("Chào chị Châu") == 2


def test_a_selection_is_not_what_a_reply_takes_the_place_of(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor, picker = counter.composer.at.editor, counter.composer.canned.picker
    counter.type("Keep all of this")
    editor.select(5, 8)
    counter.composer.canned.open()
    qtbot.keyClicks(picker.search, "late")
    qtbot.waitUntil(lambda: picker._filled is not None)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert editor.text().replace("Chào chị Châu,\nShop xin lỗi vì đơn bị trễ.", "") == (
        "Keep all of this"
    )


def test_the_full_width_sign_opens_it_too_but_not_while_composing(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    picker = counter.composer.canned.picker
    counter.compose("te", commit="；la")  # letters that may yet become others
    counter.settle()
    assert not picker.isVisible()
    counter.compose("", commit="te")
    qtbot.waitUntil(picker.isVisible)


def test_enter_is_the_input_methods_while_it_is_composing(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    picker = counter.composer.canned.picker
    counter.type(";late")
    qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    counter.compose("訂")
    qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_Return)
    assert "Chào" not in counter.composer.at.editor.text()


def test_sending_keys_do_nothing_while_composing(counter: Counter, at_work: Show) -> None:
    at_work()
    counter.type("ni")
    counter.compose("hao")
    counter.composer.send()
    counter.settle()
    assert counter.desk.replies.outbox() == ()


def test_a_semicolon_inside_a_word_or_before_a_space_is_just_that(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    for typed in ("one;late", "one; late", "12;30", ";"):
        counter.composer.at.editor.setPlainText("")
        counter.type(typed)
        counter.settle()
        assert counter.composer.at.editor.trigger() == "", typed
        assert not counter.composer.canned.picker.isVisible(), typed


def test_escape_leaves_what_was_typed(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.type(";late")
    picker = counter.composer.canned.picker
    qtbot.waitUntil(picker.isVisible)
    qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert counter.composer.at.editor.text() == ";late"


def test_f8_searches_by_content_and_another_language_can_be_chosen(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_F8)
    picker = counter.composer.canned.picker
    qtbot.waitUntil(lambda: picker.isVisible() and picker.list.count() == 2)
    qtbot.keyClicks(picker.search, "sorry")
    qtbot.waitUntil(lambda: picker.list.count() == 1 and picker._filled is not None)
    names = {button.text(): button for button in picker.shown.languages.group.buttons()}
    names["English"].click()
    qtbot.waitUntil(lambda: "sorry" in picker.shown.preview.toPlainText())
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert counter.composer.at.editor.text().startswith("Hello Châu,")


def test_filled_in_values_are_tinted_until_they_are_edited(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type(";late")
    editor, picker = counter.composer.at.editor, counter.composer.canned.picker
    qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert counter.marked() == ["Châu"]
    editor.select(len("Chào chị "), len("Chào chị Châ"))
    counter.type("x")
    assert counter.marked() == []
    while editor.text().startswith("Chào chị x") or "Châu" not in editor.text():
        editor.undo()
    assert counter.marked() == ["Châu"]


def test_a_placeholder_without_value_comes_in_marked(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type(";tra")
    picker = counter.composer.canned.picker
    qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_Return)
    assert counter.marked() == ["⟦order.tracking⟧"]


def test_places_count_an_emoji_as_qt_does() -> None:
    text = "a👋b訂c"
    assert [to_qt(text, at) for at in range(6)] == [0, 1, 3, 4, 5, 6]
    assert [from_qt(text, at) for at in (0, 1, 3, 4, 5, 6, 99)] == [0, 1, 2, 3, 4, 5, 5]


def test_values_are_found_where_they_stand_the_longest_first() -> None:
    values = {"customer": {"name": "Mai Lan", "first_name": "Lan"}, "order": {"number": "7"}}
    names = ("customer.first_name", "customer.name", "order.number", "order.missing")
    assert filled_places("Mai Lan, Lan 7", names, values) == ((0, 7), (9, 12))


def test_every_control_has_a_name(counter: Counter, at_work: Show) -> None:
    at_work()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QProgressBar)
    controls = [one for kind in kinds for one in counter.composer.findChildren(kind)]
    nameless = [
        one
        for one in controls
        if not one.accessibleName() and not (isinstance(one, QAbstractButton) and one.text())
    ]
    assert controls and nameless == []
