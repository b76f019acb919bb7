"""A canned reply that asks, brings files and acts: shown before, undone as one, counted after."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions, CannedReply, CannedRow
from deskapp.ui.compose.canned_picker import CannedPicker
from deskapp.ui.compose.editor import Editor
from deskapp.ui.compose.send_button import WAIT, SendChoice

from .counter import Counter

Show = Callable[[], None]
ACTIONS = CannedActions(TicketStatus.ON_HOLD, to_me=True, add_tags=("return",))


class Asked:
    """The composer with a reply "Collect" that has all that a canned reply can have."""

    def __init__(self, counter: Counter, qtbot: QtBot) -> None:
        self.counter, self.qtbot = counter, qtbot
        form = counter.desk.canned.keep_file("Form.pdf", "application/pdf", b"%PDF-1.4 form")
        text = "We come on {{ ask.delivery_day }}, between {{ ask.hours }}."
        reply = CannedReply(None, "Collect", "", (("en", text),), 1)
        counter.desk.canned.save(replace(reply, actions=ACTIONS, files=(form,)))

    @property
    def picker(self) -> CannedPicker:
        return self.counter.composer.canned.picker

    @property
    def editor(self) -> Editor:
        return self.counter.composer.at.editor

    def ask(self) -> None:
        self.counter.type(";coll")
        self.qtbot.waitUntil(lambda: self.picker.isVisible() and self.picker._filled is not None)
        self.qtbot.keyClick(self.editor, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.picker.form.fields["delivery_day"].hasFocus())

    def answer(self) -> None:
        day, hours = self.picker.form.fields.values()
        self.qtbot.keyClicks(day, "Monday")
        self.qtbot.keyClick(day, Qt.Key.Key_Tab)
        self.qtbot.waitUntil(hours.hasFocus)
        self.qtbot.keyClicks(hours, "9 and 12")
        self.qtbot.keyClick(hours, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: "Monday" in self.editor.text())

    def acted(self) -> None:
        tickets, one = self.counter.desk.tickets, self.counter.ticket
        self.qtbot.waitUntil(lambda: tickets.row(one).tags == ("return",))
        self.qtbot.waitUntil(
            lambda: bool(self.files()) and bool(self.counter.composer.at.notice.choices())
        )

    def files(self) -> list[str]:
        line = self.counter.composer.keeper.line("reply")
        return [file.filename for file in line.shown.files] if line else []

    def row(self) -> CannedRow:
        return next(row for row in self.counter.desk.canned.list() if row.name == "Collect")


@pytest.fixture
def asked(counter: Counter, at_work: Show, qtbot: QtBot) -> Iterator[Asked]:
    made = Asked(counter, qtbot)
    at_work()
    return made


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


@pytest.mark.parametrize(("typed", "edited"), [(" See you.", 0), ("\b\b\bten.", 1)])
def test_what_was_edited_before_it_left_is_counted(
    asked: Asked, qtbot: QtBot, typed: str, edited: int
) -> None:
    asked.ask()
    asked.answer()
    asked.acted()
    for letter in typed:
        if letter == "\b":
            qtbot.keyClick(asked.editor, Qt.Key.Key_Backspace)
        else:
            asked.counter.type(letter)
    asked.counter.composer.send()
    qtbot.waitUntil(lambda: (asked.row().sent, asked.row().edited) == (1, edited))
    assert asked.row().uses == 1


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


@pytest.mark.parametrize("pick", [None, WAIT])
def test_send_takes_the_status_that_the_reply_wants_unless_another_way_is_picked(
    asked: Asked, qtbot: QtBot, pick: SendChoice | None
) -> None:
    composer, tickets, one = (
        asked.counter.composer,
        asked.counter.desk.tickets,
        asked.counter.ticket,
    )
    assert composer.at.send.main.text() == "Send and wait"
    asked.ask()
    asked.answer()
    asked.acted()
    assert composer.at.send.main.text() == "Send, on hold"
    if pick is None:
        composer.at.send.main.click()
    else:
        composer.at.send.wanted.emit(pick)
    qtbot.waitUntil(lambda: composer.at.undo.counting)
    wanted = TicketStatus.ON_HOLD if pick is None else TicketStatus.WAITING
    assert tickets.row(one).status is wanted
    qtbot.waitUntil(lambda: composer.at.send.main.text() == "Send and wait")


def test_the_status_and_the_count_survive_a_restart(asked: Asked, qtbot: QtBot) -> None:
    asked.ask()
    asked.answer()
    asked.acted()
    asked.counter.settle()
    qtbot.waitUntil(lambda: not asked.counter.composer.keeper.line("reply").unsaved)
    again = asked.counter.new_composer()
    with qtbot.waitActive(again):
        again.show()
    asked.counter.open(asked.counter.ticket, again)
    assert again.at.send.main.text() == "Send, on hold"
    again.at.editor.insert(" Bye.")
    again.send()
    qtbot.waitUntil(lambda: again.at.undo.counting)
    asked.counter.settle()
    qtbot.waitUntil(lambda: asked.row().sent == 1)
    assert (asked.row().uses, asked.row().edited) == (1, 0)


def test_undoing_it_gives_the_send_button_its_words_back(asked: Asked, qtbot: QtBot) -> None:
    asked.ask()
    asked.answer()
    asked.acted()
    qtbot.keyClick(asked.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked.counter.composer.at.send.main.text() == "Send and wait"


def test_a_discarded_draft_that_is_put_back_still_counts(asked: Asked, qtbot: QtBot) -> None:
    composer = asked.counter.composer
    asked.ask()
    asked.answer()
    asked.acted()
    asked.counter.settle()
    composer.discard()
    qtbot.waitUntil(lambda: asked.editor.text() == "")
    composer.at.notice.choose("Undo")
    qtbot.waitUntil(lambda: "Monday" in asked.editor.text())
    asked.counter.settle()
    composer.send()
    qtbot.waitUntil(lambda: composer.at.undo.counting)
    asked.counter.settle()
    qtbot.waitUntil(lambda: asked.row().sent == 1)


def test_sent_at_once_the_reply_waits_for_its_file_and_goes_with_it(
    asked: Asked, qtbot: QtBot
) -> None:
    asked.ask()
    asked.answer()
    composer = asked.counter.composer
    line = composer.keeper.line("reply")
    assert line is not None and line.files_coming  # before the event loop had a turn
    with qtbot.waitSignal(composer.sent) as sent:
        composer.at.send.main.click()
    raw = asked.counter.desk.tickets.raw(sent.args[0].message)
    assert b"Form.pdf" in raw
    asked.counter.settle()
    assert len(asked.counter.desk.replies.outbox()) == 1


def test_a_reply_that_waits_for_its_file_goes_though_its_ticket_is_left(
    asked: Asked, qtbot: QtBot
) -> None:
    asked.ask()
    asked.answer()
    composer = asked.counter.composer
    with qtbot.waitSignal(composer.sent) as sent:
        composer.at.send.main.click()
        asked.counter.open(asked.counter.other)
    assert b"Form.pdf" in asked.counter.desk.tickets.raw(sent.args[0].message)


def test_a_reply_whose_file_cannot_be_put_on_stays(
    asked: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> dict[str, bytes]:
        raise Problem(ProblemKind.DATABASE_UNREACHABLE)

    asked.ask()
    monkeypatch.setattr(asked.counter.desk.canned, "file_bytes", away)
    asked.answer()
    composer = asked.counter.composer
    composer.at.send.main.click()
    line = composer.keeper.line("reply")
    assert line is not None
    qtbot.waitUntil(lambda: line.files_missed and not line.files_coming)
    asked.counter.settle()
    assert asked.counter.desk.replies.outbox() == ()
    assert composer.at.send.main.isEnabled()
    assert not composer.at.notice.isHidden()
