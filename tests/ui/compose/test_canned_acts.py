"""A canned reply that asks, brings files and acts: shown before, undone as one."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.replies import CannedReply

from .asked import Asked, asked
from .counter import Counter

__all__ = ["asked"]


Show = Callable[[], None]


def test_what_only_the_agent_knows_is_asked_and_comes_in_tinted(asked: Asked) -> None:
    asked.counter.type("Hi ")
    asked.ask()
    assert asked.picker.shown.does.text() == (
        "Brings Form.pdf (13 bytes)\nSets: On hold · tag return · assigns to you"
    )
    asked.answer()
    assert asked.editor.text() == "Hi We come on Monday, between 9 and 12."
    assert asked.counter.marked() == ["Monday", "9 and 12"]
    assert not asked.picker.isVisible()
    assert asked.editor.hasFocus()


def test_escape_leads_back_to_the_list_and_nothing_is_remembered(
    asked: Asked, qtbot: QtBot
) -> None:
    asked.ask()
    qtbot.keyClicks(asked.picker.form.fields["delivery_day"], "Monday")
    qtbot.keyClick(asked.picker.form.fields["delivery_day"], Qt.Key.Key_Escape)
    assert not asked.picker.asking
    assert asked.picker.list.isVisible()
    qtbot.waitUntil(asked.editor.hasFocus)
    assert asked.editor.text() == ";coll"
    qtbot.waitUntil(lambda: asked.picker._filled is not None)
    qtbot.keyClick(asked.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked.picker.asking)
    assert asked.picker.form.answers() == {}


def test_enter_is_the_input_methods_also_in_a_question(asked: Asked, qtbot: QtBot) -> None:
    asked.ask()
    day = asked.picker.form.fields["delivery_day"]
    QApplication.sendEvent(day, QInputMethodEvent("thu", []))
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert asked.picker.asking
    assert asked.editor.text() == ";coll"


def test_a_question_without_an_answer_leaves_a_mark_that_blocks(asked: Asked, qtbot: QtBot) -> None:
    asked.ask()
    qtbot.keyClick(asked.picker.form.fields["hours"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "⟦ask.delivery_day⟧" in asked.editor.text())


def test_one_undo_takes_back_text_files_status_tags_and_assignee(
    asked: Asked, qtbot: QtBot
) -> None:
    tickets, one = asked.counter.desk.tickets, asked.counter.ticket
    before = tickets.row(one)
    asked.ask()
    asked.answer()
    asked.acted()
    row = tickets.row(one)
    assert (row.status, row.assignee_name) == (TicketStatus.ON_HOLD, "Anna")
    assert asked.files() == ["Form.pdf"]
    qtbot.keyClick(asked.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tickets.row(one).tags == () and asked.files() == [])
    row = tickets.row(one)
    assert (row.status, row.assignee_id) == (before.status, before.assignee_id)
    assert asked.editor.text() == ";coll"


def test_the_notice_undoes_it_also_after_more_was_typed(asked: Asked, qtbot: QtBot) -> None:
    asked.ask()
    asked.answer()
    asked.acted()
    asked.counter.type(" Bye")
    asked.counter.composer.at.notice.choose("Undo all")
    qtbot.waitUntil(lambda: asked.counter.desk.tickets.row(asked.counter.ticket).tags == ())
    assert asked.editor.text() == " Bye"


def test_a_missing_language_says_what_stands_in_for_it(asked: Asked, qtbot: QtBot) -> None:
    asked.counter.type(";track")
    qtbot.waitUntil(lambda: asked.picker.isVisible() and asked.picker._filled is not None)
    said = asked.picker.shown.languages.fallback
    assert said.isVisible()
    assert said.text() == "No text in Tiếng Việt: English is used (Tiếng Việt → English)."


def test_an_included_reply_in_another_language_is_said_before_it_is_put_in(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    text = 'Dạ em nghe ạ.\n{% include "Bye" %}'
    for name, texts in (("Bye", (("en", "Goodbye"),)), ("Hear", (("vi", text),))):
        counter.desk.canned.save(CannedReply(None, name, "", texts, 1))
    at_work()
    counter.type(";hear")
    shown = counter.composer.canned.picker.shown
    qtbot.waitUntil(lambda: shown.borrowed.isVisible())
    assert shown.borrowed.text() == "Included without a text in Tiếng Việt: “Bye” comes in English."
    counter.composer.canned.picker.search.setText("")
    counter.composer.canned.picker.open_search(counter.ticket, "track")
    qtbot.waitUntil(lambda: "⟦order.tracking⟧" in shown.preview.toPlainText())
    assert not shown.borrowed.isVisible()


def test_enter_before_the_list_has_come_puts_in_what_was_typed_and_not_what_stood_there(
    asked: Asked, qtbot: QtBot
) -> None:
    asked.counter.type(";tra")
    qtbot.waitUntil(lambda: asked.picker.isVisible() and asked.picker._filled is not None)
    for _ in range(3):
        qtbot.keyClick(asked.editor, Qt.Key.Key_Backspace)
    asked.counter.type("late")
    qtbot.keyClick(asked.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked.editor.text().startswith("Chào chị Châu"))
    assert "Your parcel" not in asked.editor.text()
