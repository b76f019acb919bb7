"""Writing with forms: keys, lists, pictures, pasting, one undo, and the same again tomorrow."""

import email
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from deskapp.domain.rich_text import PICTURE, Shape, pictures_in
from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.quote_button import Quoting
from deskapp.ui.remembered import Remembered

from .counter import Counter

Show = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def picture(colour: int = 0xFF0000) -> QImage:
    made = QImage(8, 6, QImage.Format.Format_RGB32)
    made.fill(colour)
    return made


def paste(counter: Counter, html: str = "", text: str = "") -> None:
    data = QMimeData()
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    counter.composer.at.editor.insertFromMimeData(data)


def saved(counter: Counter) -> str:
    counter.composer.flush()
    counter.settle()
    return counter.desk.replies.draft(counter.ticket).html


def test_bold_and_italic_by_key_are_kept_in_the_draft(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor = counter.composer.at.editor
    counter.type("plain ")
    qtbot.keyClick(editor, Qt.Key.Key_B, CTRL)
    counter.type("bold")
    qtbot.keyClick(editor, Qt.Key.Key_B, CTRL)
    qtbot.keyClick(editor, Qt.Key.Key_I, CTRL)
    counter.type(" slanted")
    assert "plain <b>bold</b><i> slanted</i>" in saved(counter)


def test_a_draft_with_forms_is_there_again_in_a_new_composer(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor = counter.composer.at.editor
    paste(counter, "<p>Chào <b>chị</b> 👋</p><ol><li>một</li><li>訂單</li></ol><pre>x = 1</pre>")
    counter.compose("", commit="好")
    before, caret = editor.written(), editor.caret()
    assert [block.shape for block in before] == [
        Shape.PARAGRAPH, Shape.NUMBER, Shape.NUMBER, Shape.CODE,
    ]  # fmt: skip
    saved(counter)
    again = counter.new_composer()
    counter.open(counter.ticket, again)
    assert again.at.editor.written() == before
    assert again.at.editor.caret() == caret
    again.flush()
    counter.settle()
    line = again.keeper.line(REPLY)
    assert line is not None and not line.unsaved, "showing a draft does not change it"


def test_lists_by_key_end_at_an_empty_item(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    editor = counter.composer.at.editor
    qtbot.keyClick(editor, Qt.Key.Key_8, CTRL | SHIFT)
    counter.type("one")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    counter.type("two")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    counter.type("after")
    assert [(block.text, block.shape) for block in editor.written()] == [
        ("one", Shape.BULLET),
        ("two", Shape.BULLET),
        ("after", Shape.PARAGRAPH),
    ]


def test_forms_and_letters_are_one_undo(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    editor = counter.composer.at.editor
    counter.type("one two")
    editor.select(0, 3)
    for act in (editor.formatting.bold, editor.formatting.numbers, editor.formatting.quote):
        before = editor.written()
        act()
        after = editor.written()
        assert after != before
        editor.undo()
        assert editor.written() == before
        editor.redo()
        assert editor.written() == after


def test_a_link_is_made_of_the_selected_words(counter: Counter, at_work: Show) -> None:
    at_work()
    editor, bar = counter.composer.at.editor, counter.composer.at.format_bar
    counter.type("our page")
    editor.select(0, 8)
    editor.formatting.link_wanted.emit()
    assert bar.isVisible() and bar.address.isVisible()
    bar.address.setText("javascript:alert(1)")
    bar.address.returnPressed.emit()
    assert editor.written()[0].spans[0].link == "" and bar.address.isVisible()
    assert editor.formatting.link("https://shop.example/x")
    counter.type(" and more")
    first, second = editor.written()[0].spans
    assert (first.text, first.link) == ("our page", "https://shop.example/x")
    assert (second.text, second.link) == (" and more", "")


def test_keys_of_forms_do_nothing_while_composing(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor = counter.composer.at.editor
    counter.type("ni")
    counter.compose("hao")
    for key in (Qt.Key.Key_8, Qt.Key.Key_9, Qt.Key.Key_M):
        qtbot.keyClick(editor, key, CTRL | SHIFT)
    counter.compose("", commit="好")
    assert [block.shape for block in editor.written()] == [Shape.PARAGRAPH]
    assert editor.text() == "ni好"


def test_pasting_brings_forms_and_nothing_else(counter: Counter, at_work: Show) -> None:
    at_work()
    editor = counter.composer.at.editor
    paste(counter, "<p style='color:red'>a <b>b</b><img src='https://spy.example/x.gif'></p>")
    assert editor.text() == "a b"
    assert pictures_in(editor.written()) == ()
    assert 'style="margin:0">a <b>b</b>' in saved(counter)


def test_pasted_and_dropped_pictures_stand_in_the_text_and_leave_inside_the_mail(
    counter: Counter, at_work: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    at_work()
    editor = counter.composer.at.editor
    picture().save(str(tmp_path / "ảnh.png"))
    (tmp_path / "hóa đơn.pdf").write_bytes(b"%PDF")
    counter.type("See ")
    editor.image_given.emit(picture(0x00FF00))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("ảnh.png", "hóa đơn.pdf")])
    editor.insertFromMimeData(data)
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    qtbot.waitUntil(lambda: len(line.shown.files) == 3)
    assert editor.text() == f"See {PICTURE}{PICTURE}"
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send()
    read = email.message_from_bytes(counter.desk.tickets.raw(sent.args[0].message))
    kinds = [part.get_content_type() for part in read.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related",
        "text/html", "image/png", "image/png", "application/pdf",
    ]  # fmt: skip
    newest = counter.desk.tickets.conversation(counter.ticket).messages[-1]
    assert len(counter.desk.tickets.inline_images(newest.id)) == 2
    assert "<img" in newest.html and "[ảnh.png]" in newest.text


def test_a_picture_taken_out_does_not_leave_and_undo_brings_it_back(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor = counter.composer.at.editor
    counter.type("See ")
    editor.image_given.emit(picture())
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    qtbot.waitUntil(lambda: len(line.shown.files) == 1)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "See "
    saved(counter)
    draft = counter.desk.replies.draft(counter.ticket)
    assert counter.desk.replies.preview(draft).pictures == ()
    editor.undo()
    saved(counter)
    draft = counter.desk.replies.draft(counter.ticket)
    assert len(counter.desk.replies.preview(draft).pictures) == 1


def test_a_reopened_draft_shows_its_picture(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.composer.at.editor.image_given.emit(picture(0x0000FF))
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    qtbot.waitUntil(lambda: len(line.shown.files) == 1)
    saved(counter)
    again = counter.new_composer()
    again.show()
    counter.open(counter.ticket, again)
    [shown] = pictures_in(again.at.editor.written())
    qtbot.waitUntil(lambda: shown.content_id in again.at.editor._images)
    assert again.at.editor._images[shown.content_id].pixelColor(1, 1).blue() == 255


def test_plain_text_tells_the_forms_in_letters_and_can_be_undone(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor, bar = counter.composer.at.editor, counter.composer.at.format_bar
    paste(counter, "<ul><li><b>one</b></li><li>two</li></ul>")
    counter.composer.at.forms.click()
    bar.plain.click()
    assert editor.text() == "- one\n- two"
    counter.composer.flush()
    counter.settle()
    draft = counter.desk.replies.draft(counter.ticket)
    assert draft.plain and draft.html == ""
    assert counter.desk.replies.preview(draft).html == ""
    bar.plain.click()
    editor.undo()
    assert [block.shape for block in editor.written()] == [Shape.BULLET, Shape.BULLET]


def test_what_is_usual_is_remembered_for_the_next_reply(
    counter: Counter, at_work: Show, tmp_path: Path
) -> None:
    remembered = Remembered(tmp_path / "windows.ini")
    counter.composer.writing.remember_in(remembered)
    at_work()
    counter.composer.at.quote.choose(Quoting.ALL)
    counter.composer.at.format_bar.plain.click()
    again = counter.new_composer()
    again.writing.remember_in(remembered)
    counter.open(counter.other, again)
    assert again.at.quote.way is Quoting.ALL
    assert again.at.editor.plain
    line = again.keeper.line(REPLY)
    assert line is not None and not line.unsaved


def test_the_signature_stands_below_and_can_be_another_for_this_reply(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    line = counter.composer.at.signature
    qtbot.waitUntil(line.isVisible)
    assert line.words.text() == "Anna, Lotus"
    counter.type("Hello")
    line.chosen.emit("")
    draft = counter.composer.keeper.line(REPLY)
    assert draft is not None
    assert "Anna, Lotus" not in counter.desk.replies.preview(draft.shown).text
    line.chosen.emit(None)
    assert "Hello\n\nAnna, Lotus\n" in counter.desk.replies.preview(draft.shown).text
    line.edit_wanted.emit("Anna, Lotus")
    assert counter.composer.at.editor.text() == "Hello\n\nAnna, Lotus"
    assert counter.desk.replies.preview(draft.shown).text.count("Anna, Lotus") == 1
    counter.composer.focus_note()
    assert not line.isVisible()


def test_the_preview_shows_forms_and_pictures_of_the_very_bytes(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    paste(counter, "<p>Chào <b>chị</b></p>")
    counter.composer.at.preview.click()
    page = counter.composer.at.preview_page
    qtbot.waitUntil(page.isVisible)
    assert page.html.toPlainText().startswith("Chào chị")
    assert "Dạ hôm nay thứ Tư" in page.html.toPlainText()
    page.tabs.setCurrentIndex(1)
    assert page.text.isVisible() and page.text.toPlainText().startswith("Chào chị\n")


@pytest.mark.parametrize("typed", ["**bold** ", "# head ", "- item ", "1. item "])
def test_signs_typed_are_just_signs(counter: Counter, at_work: Show, typed: str) -> None:
    at_work()
    counter.type(typed)
    assert counter.composer.at.editor.text() == typed
    assert not counter.composer.at.editor.formatting.has_forms()
