"""A reply taken back at once by who sent it: what comes back and what was typed since."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.draft_line import DraftLine
from deskapp.ui.compose.send_button import CLOSE_NEXT

from .counter import Counter

Show = Callable[[], None]


def test_ctrl_z_takes_the_reply_back_with_caret_and_files(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.attaching._keeper.attach(
        _line(counter), "label.pdf", "application/pdf", b"%PDF"
    )
    counter.composer.insert_text("Dear 👋 Châu, wait")
    editor = counter.composer.at.editor
    for _ in range(6):
        qtbot.keyClick(editor, Qt.Key.Key_Left)
    with qtbot.waitSignal(counter.composer.sent):
        qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not editor.isReadOnly())
    assert editor.text() == ""
    assert counter.composer.at.undo.words.text().startswith("Sending in 1")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor.text() == "Dear 👋 Châu, wait")
    assert editor.caret() == len("Dear 👋 Châu")
    assert [file.filename for file in _line(counter).shown.files] == ["label.pdf"]
    assert counter.desk.replies.outbox() == ()
    assert not counter.composer.at.undo.isVisible()


def test_a_pause_that_ends_while_the_reply_is_being_sent_saves_nothing_over_it(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("Gone at once")
    troubles: list[object] = []
    counter.composer.keeper.trouble.connect(lambda *told: troubles.append(told))
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send()
        counter.composer.keeper._in_time()
    counter.settle()
    assert troubles == []


def test_what_was_typed_after_sending_survives_the_undo(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("first")
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send()
    qtbot.waitUntil(lambda: not counter.composer.at.editor.isReadOnly())
    counter.type("second")
    counter.composer.flush()
    counter.settle()
    counter.composer.at.undo.take_back()
    qtbot.waitUntil(lambda: counter.composer.at.editor.text() == "first\n\nsecond")
    qtbot.waitUntil(lambda: counter.desk.replies.draft(counter.ticket).body == "first\n\nsecond")


def test_a_reply_taken_back_in_the_conversation_joins_what_was_typed(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("first")
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send()
    qtbot.waitUntil(lambda: not counter.composer.at.editor.isReadOnly())
    counter.type("second")
    counter.composer.bring_back(counter.desk.replies.undo(sent.args[0].outbox_id))
    qtbot.waitUntil(lambda: counter.composer.at.editor.text() == "first\n\nsecond")
    assert not counter.composer.at.undo.counting


def test_an_undo_after_moving_on_asks_for_the_ticket(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("too fast")
    with qtbot.waitSignals([counter.composer.sent, counter.composer.next_wanted]):
        counter.composer.send(CLOSE_NEXT)
    counter.open(counter.other)
    assert counter.desk.tickets.conversation(counter.ticket).ticket.status is TicketStatus.CLOSED
    with qtbot.waitSignal(counter.composer.ticket_wanted) as wanted:
        counter.composer.at.undo.take_back()
    assert wanted.args == [counter.ticket]
    assert counter.composer.at.editor.text() == ""
    assert counter.desk.replies.draft(counter.ticket).body == "too fast"


def _line(counter: Counter) -> DraftLine:
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    return line
