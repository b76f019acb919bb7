"""A picture of a canned reply: written in its window, put in inline, sent once, taken back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.domain.replies import CannedReply
from deskapp.domain.rich_text import PICTURE
from tests.ui.sample_pictures import png

from .counter import Counter

Show = Callable[[], None]


def _write(counter: Counter) -> None:
    """One picture for each language, one more by an include, and a file that hangs on."""
    keep = counter.desk.canned.keep_file
    files = (
        keep("sơ đồ.png", "image/png", png("red")),
        keep("map.png", "image/png", png("blue")),
        keep("terms.pdf", "application/pdf", b"%PDF"),
    )
    logo = (keep("logo.png", "image/png", png("green")),)
    texts = (("vi", 'Đây: ![](sơ đồ.png) ạ.\n{% include "Foot" %}'), ("en", "Here ![](map.png)"))
    counter.desk.canned.save(
        CannedReply(None, "Foot", "", (("vi", "Shop ![](logo.png)"),), 1, files=logo)
    )
    counter.desk.canned.save(CannedReply(None, "Where", "", texts, 1, files=files))


def test_pictures_stand_in_the_text_and_leave_once_under_their_content_id(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    _write(counter)
    at_work()
    editor, picker = counter.composer.at.editor, counter.composer.canned.picker
    for _ in range(2):
        counter.type(" ;where")
        qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
        assert picker.shown.preview.toPlainText() == "Đây: [sơ đồ.png] ạ.\nShop [logo.png]"
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: counter.composer.keeper.line("reply").files_coming == 0)
        counter.settle()
    assert editor.text() == f" Đây: {PICTURE} ạ.\nShop {PICTURE}" * 2
    line = counter.composer.keeper.line("reply")
    assert line is not None
    names = [file.filename for file in line.shown.files]
    assert names == ["sơ đồ.png", "terms.pdf", "logo.png"]
    counter.composer.flush()
    counter.settle()
    seen = counter.desk.replies.preview(counter.desk.replies.draft(counter.ticket))
    assert {data for _, data in seen.pictures} == {png("red"), png("green")}
    for content_id, _ in seen.pictures:
        assert seen.html.count(f"cid:{content_id}") == 2
    assert "[sơ đồ.png]" in seen.text


def test_one_undo_takes_the_picture_out_again(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    _write(counter)
    at_work()
    editor, picker = counter.composer.at.editor, counter.composer.canned.picker
    counter.type("Hi ;where")
    qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    line = counter.composer.keeper.line("reply")
    assert line is not None
    qtbot.waitUntil(lambda: len(line.shown.files) == 3)
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "Hi ;where"
    qtbot.waitUntil(lambda: line.shown.files == ())


def test_a_plain_mail_names_the_picture_and_brings_it_along(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    _write(counter)
    at_work()
    editor, picker = counter.composer.at.editor, counter.composer.canned.picker
    editor.set_plain(True)
    counter.type(";where")
    qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "Đây: [sơ đồ.png] ạ.\nShop [logo.png]"
    line = counter.composer.keeper.line("reply")
    assert line is not None
    qtbot.waitUntil(lambda: len(line.shown.files) == 3)
    assert {file.content_id for file in line.shown.files} == {""}


def test_what_was_typed_in_bold_stays_bold_beside_a_canned_reply(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    editor, picker = counter.composer.at.editor, counter.composer.canned.picker
    qtbot.keyClick(editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    counter.type("Sorry")
    qtbot.keyClick(editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    counter.type(" ;late")
    qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    counter.composer.flush()
    counter.settle()
    assert "<b>Sorry</b>" in counter.desk.replies.draft(counter.ticket).html
