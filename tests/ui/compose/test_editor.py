"""The editor under the hands: actions, nested lists, input methods, what is pasted from afar."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut

from deskapp.domain.rich_text import Shape, write_html
from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.pasting import LONGEST_TEXT

from .counter import Counter

Show = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def paste(counter: Counter, html: str, text: str) -> None:
    data = QMimeData()
    if html:
        data.setHtml(html)
    data.setText(text)
    counter.composer.at.editor.insertFromMimeData(data)


def items(counter: Counter) -> list[tuple[str, Shape, int]]:
    written = counter.composer.at.editor.written()
    return [(block.text, block.shape, block.level) for block in written]


def press(counter: Counter, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    editor = counter.composer.at.editor
    counter.qtbot.keyClick(editor, key, held or Qt.KeyboardModifier.NoModifier)


def test_every_form_is_an_action_with_words_and_a_key_in_the_menu(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    editor, menu = counter.composer.at.editor, counter.composer.at.more_menu
    [inner] = [one.menu() for one in menu.actions() if isinstance(one, QAction) and one.menu()]
    assert inner is editor.forms.menu
    for action in inner.actions():
        assert action.text() and not action.shortcut().isEmpty(), action.objectName()
        assert action in editor.actions(), "found by whoever lists what can be done"
    counter.type("one")
    editor.selectAll()
    editor.forms.named["bold"].trigger()
    editor.forms.menu.aboutToShow.emit()
    assert editor.forms.named["bold"].isChecked()
    assert "<b>one</b>" in write_html(editor.written())


def test_keys_without_a_latin_letter_reach_the_action_by_place(
    counter: Counter, at_work: Show
) -> None:
    """On a Cyrillic layout the system offers the Latin key of the place to the actions' keys."""
    at_work()
    bold = counter.composer.at.editor.forms.named["bold"]
    assert bold.shortcut() == QKeySequence("Ctrl+B")
    assert bold.shortcutContext() is Qt.ShortcutContext.WidgetShortcut


def test_tab_at_the_start_of_an_item_nests_it_and_elsewhere_goes_on(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    editor = counter.composer.at.editor
    press(counter, Key.Key_8, CTRL | SHIFT)
    press(counter, Key.Key_Tab)
    assert not editor.hasFocus(), "nothing stands above it to go below: no trap"
    editor.setFocus()
    counter.type("one")
    press(counter, Key.Key_Return)
    press(counter, Key.Key_Tab)
    counter.type("two")
    press(counter, Key.Key_Return)
    counter.type("three")
    press(counter, Key.Key_BracketLeft, CTRL)
    bullet = Shape.BULLET
    assert items(counter) == [("one", bullet, 1), ("two", bullet, 2), ("three", bullet, 1)]
    press(counter, Key.Key_BracketRight, CTRL)
    assert items(counter)[2] == ("three", bullet, 2)
    editor.undo()
    assert items(counter)[2] == ("three", bullet, 1)
    press(counter, Key.Key_Home)
    press(counter, Key.Key_Backtab, SHIFT)
    assert not editor.hasFocus()


def test_enter_and_backspace_lead_out_of_a_list_level_by_level(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    paste(counter, "<ol><li>a<ol><li>b</li></ol></li></ol>", "a b")
    press(counter, Key.Key_Return)
    press(counter, Key.Key_Return)
    assert items(counter)[2] == ("", Shape.NUMBER, 1)
    counter.type("c")
    press(counter, Key.Key_Home)
    press(counter, Key.Key_Backspace)
    assert items(counter) == [
        ("a", Shape.NUMBER, 1), ("b", Shape.NUMBER, 2), ("c", Shape.PARAGRAPH, 1),
    ]  # fmt: skip
    form = counter.composer.at.editor.textCursor().blockFormat()
    assert form.indent() == 0, "what looks indented would leave without it"


KEYS: tuple[tuple[Qt.Key, Qt.KeyboardModifier | None], ...] = (
    (Key.Key_B, CTRL), (Key.Key_8, CTRL | SHIFT), (Key.Key_BracketRight, CTRL),
    (Key.Key_K, CTRL | SHIFT), (Key.Key_V, CTRL | SHIFT), (Key.Key_Z, CTRL),
    (Key.Key_Return, CTRL), (Key.Key_Return, CTRL | SHIFT), (Key.Key_Return, None),
    (Key.Key_F8, None), (Key.Key_F9, None), (Key.Key_F9, CTRL | SHIFT),
    (Key.Key_Escape, None), (Key.Key_Tab, None), (Key.Key_Down, None),
    (Key.Key_E, CTRL), (Key.Key_D, CTRL | SHIFT),
    (Key.Key_P, CTRL | SHIFT), (Key.Key_Y, CTRL | SHIFT),
)  # fmt: skip


def test_no_key_acts_while_an_input_method_is_composing(counter: Counter, at_work: Show) -> None:
    at_work()
    at, said = counter.composer.at, "12"
    closed: list[bool] = []
    QShortcut(QKeySequence("Ctrl+E"), counter.composer, lambda: closed.append(True))
    QGuiApplication.clipboard().setText("copied")
    counter.type(said)
    way = at.quote.way
    for key, held in KEYS:
        counter.compose("hao")
        press(counter, key, held)
        counter.compose("", commit="好")
        said += "好"
        assert at.editor.text() == said, (key, held)
        assert at.editor.hasFocus() and at.editor.isVisible(), (key, held)
    assert not at.editor.formatting.has_forms() and not at.format_bar.isVisible()
    assert at.quote.way is way and not at.preview.isChecked()
    assert not counter.composer.canned.picker.isVisible() and not at.undo.counting
    counter.settle()
    assert counter.desk.replies.outbox() == ()
    assert closed == [], "nor one of the window around"
    press(counter, Key.Key_E, CTRL)
    assert closed == [True]


def test_a_list_of_replies_stays_as_it_is_while_composing_its_letters(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    picker = counter.composer.canned.picker
    counter.type(";late")
    counter.qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    counter.compose("訂")
    for key in (Key.Key_Down, Key.Key_Return, Key.Key_Escape):
        press(counter, key)
    assert picker.isVisible() and counter.composer.at.editor.text() == ";late"


def test_a_paragraph_runs_from_the_side_of_its_first_letter(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    counter.composer.at.editor.insert("שלום Anna\nHello שלום")
    first = counter.composer.at.editor.document().begin()
    assert first.textDirection() is Qt.LayoutDirection.RightToLeft
    assert first.next().textDirection() is Qt.LayoutDirection.LeftToRight
    told = write_html(counter.composer.at.editor.written())
    assert told.count('dir="rtl"') == 1 and told.index("rtl") < told.index("Hello")


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
<!-- p.MsoNormal { margin:0cm; font-family:"Calibri" } --></style></head><body lang=VI>
<!--StartFragment--><p class=MsoNormal><b><span style='color:#C00000'>Kính gửi</span></b> quý
khách,<o:p></o:p></p><p class=MsoListParagraph>Đơn hàng <i>#1001</i></p><!--EndFragment-->
</body></html>"""
BROWSER = """<meta charset='utf-8'><div style="background:#000"><h2>Returns</h2><p>See
<a href="https://shop.example/r" onclick="x()">the page</a>.<script>x()</script></p></div>"""
EXCEL = """<html><body><table><col width=64><tr><td>Size</td><td></td><td>35</td></tr>
<tr><td>L</td><td align=right>2</td><td>36</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        (WORD, ["<b>Kính gửi</b> quý khách,", "Đơn hàng <i>#1001</i>"]),
        (BROWSER, ["<b>Returns</b>", 'See <a href="https://shop.example/r">the page</a>.']),
        (EXCEL, ["Size\t\t35", "L\t2\t36"]),
    ],
)
def test_what_other_programs_copy_comes_in_as_words_with_few_forms(
    counter: Counter, at_work: Show, html: str, lines: list[str]
) -> None:
    at_work()
    paste(counter, html, "x")
    told = write_html(counter.composer.at.editor.written())
    for line in lines:
        assert f">{line}</p>" in told
    assert "color" not in told and "script" not in told and "Calibri" not in told
    counter.composer.at.editor.undo()
    assert counter.composer.at.editor.text() == "", "one step"


def test_letters_alone_can_be_pasted(counter: Counter, at_work: Show) -> None:
    at_work()
    data = QMimeData()
    data.setHtml("<p><b>Bold</b></p>")
    data.setText("Bold")
    QGuiApplication.clipboard().setMimeData(data)
    press(counter, Key.Key_V, CTRL | SHIFT)
    assert counter.composer.at.editor.text() == "Bold"
    assert not counter.composer.at.editor.formatting.has_forms()
    QGuiApplication.clipboard().clear()  # Qt would free Python's object after Python has gone


def test_a_very_long_paste_hangs_on_as_a_file_and_can_be_put_into_the_text(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    counter.type("Log: ")
    long = "дата\n" * (LONGEST_TEXT // 4)
    paste(counter, "", long)
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    counter.qtbot.waitUntil(lambda: len(line.shown.files) == 1)
    assert counter.composer.at.editor.text() == "Log: "
    [file] = line.shown.files
    assert counter.desk.replies.file(file.sha256).decode("utf-8-sig") == long
    notice = counter.composer.at.notice
    notice.choose(notice.choices()[0])
    counter.qtbot.waitUntil(lambda: line.shown.files == ())
    assert counter.composer.at.editor.text() == "Log: " + long
    counter.composer.focus_note()
    paste(counter, "", long)
    assert counter.composer.at.editor.text() == long, "a note has no files"
