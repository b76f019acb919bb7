"""What leaves, what is stopped and why, and what comes back."""

import email
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from deskapp.data.tables.mail import mailbox
from deskapp.desk.sending import Sent
from deskapp.domain.kinds import Direction, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.draft_line import DraftLine
from deskapp.ui.compose.quote_button import Quoting
from deskapp.ui.compose.recipients import parse_addresses
from deskapp.ui.compose.send_button import CLOSE_NEXT

from .counter import Counter

Show = Callable[[], None]


def test_the_preview_is_what_was_built(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.composer.insert_text("Chào chị Châu,\nkiện hàng 順豐 đang tới.")
    counter.composer.at.preview.click()
    page = counter.composer.at.preview_page
    qtbot.waitUntil(lambda: page.isVisible() and bool(page.text.toPlainText()))
    previewed = page.text.toPlainText()
    assert "> Dạ hôm nay thứ Tư" in previewed and "Anna, Lotus" in previewed
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send()
    raw = counter.desk.tickets.raw(sent.args[0].message)
    plain, html = email.message_from_bytes(raw).get_payload()
    payload = plain.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n") == previewed
    assert html.get_content_type() == "text/html"


def test_without_the_quote_nothing_of_the_customer_leaves(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("Short answer")
    counter.composer.at.quote.choose(Quoting.NONE)
    counter.composer.at.preview.click()
    page = counter.composer.at.preview_page
    qtbot.waitUntil(lambda: bool(page.text.toPlainText()))
    assert ">" not in page.text.toPlainText()


def test_an_unresolved_placeholder_stops_the_reply_and_is_selected(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    counter.composer.insert_text("👋 Parcel ⟦order.tracking⟧ is coming")
    counter.composer.send()
    editor = counter.composer.at.editor
    assert editor.textCursor().selectedText() == "⟦order.tracking⟧"
    assert "order.tracking" in counter.composer.at.notice.words.text()
    counter.settle()
    assert counter.desk.replies.outbox() == ()


def test_an_empty_reply_and_one_to_nobody_are_stopped_in_words(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.send()
    qtbot.waitUntil(lambda: "no text" in counter.composer.at.notice.words.text())
    counter.type("Hello")
    counter.composer.at.recipients.to.show_addresses([])
    counter.composer.send()
    assert "Nobody is named in To" in counter.composer.at.notice.words.text()
    assert counter.composer.at.recipients.isVisible()
    counter.settle()
    assert counter.desk.replies.outbox() == ()


def test_a_wrong_address_is_named_and_nothing_leaves(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("Hello")
    counter.composer.at.recipients.cc.line.setText("lan at example")
    counter.composer.send()
    qtbot.waitUntil(lambda: "lan at example" in counter.composer.at.notice.words.text())
    assert counter.desk.replies.outbox() == ()


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


def test_a_ticket_that_moved_on_stops_the_reply_and_offers_two_ways(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("It will come.")
    counter.customer_writes_again()
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Show what is new", "Send anyway (F9)"])
    assert counter.composer.at.editor.text() == "It will come."
    with qtbot.waitSignal(counter.composer.news_wanted) as news:
        notice.choose("Show what is new")
    conversation = counter.desk.tickets.conversation(counter.ticket)
    assert news.args == [conversation.newest]
    with qtbot.waitSignal(counter.composer.sent):  # it has been seen now
        counter.composer.send()


def test_send_anyway_sends(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.type("It will come.")
    counter.customer_writes_again()
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Show what is new", "Send anyway (F9)"])
    with qtbot.waitSignal(counter.composer.sent):
        notice.choose("Send anyway (F9)")


def test_news_that_came_before_the_first_word_stops_nothing(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.customer_writes_again()
    counter.open(counter.ticket)  # the window around reads it anew
    counter.type("Yes.")
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send()


def test_a_note_goes_on_the_ticket_and_never_into_the_outbox(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.focus_note()
    counter.composer.insert_text("Carrier says Saturday. ⟦not a placeholder here⟧")
    assert counter.composer.at.send.main.text() == "Add note"
    with qtbot.waitSignal(counter.composer.ticket_changed):
        counter.composer.send()
    newest = counter.desk.tickets.conversation(counter.ticket).messages[-1]
    assert newest.direction is Direction.NOTE and "Saturday" in newest.text
    assert counter.desk.replies.outbox(everything=True) == ()
    qtbot.waitUntil(lambda: counter.composer.at.editor.text() == "")
    assert counter.desk.replies.draft(counter.ticket, "note").body == ""


def test_reply_and_note_are_two_texts(counter: Counter, at_work: Show) -> None:
    at_work()
    counter.type("to the customer")
    counter.composer.focus_note()
    assert counter.composer.at.editor.text() == ""
    assert counter.composer.at.tabs.tabText(0) == "Reply •"
    counter.type("to colleagues")
    counter.composer.focus_reply()
    assert counter.composer.at.editor.text() == "to the customer"


def test_a_reply_can_leave_at_once(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.composer.set_undo_seconds(0)
    counter.type("now")
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send()
    assert not counter.composer.at.undo.counting
    [row] = counter.desk.replies.outbox()
    assert abs(row.not_before - sent.args[0].not_before) < timedelta(milliseconds=1)


def test_a_second_press_after_a_lost_answer_sends_nothing_twice(
    counter: Counter, at_work: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work()
    counter.type("once")
    send = counter.desk.replies.send
    with monkeypatch.context() as broken:

        def lost(*known: Any, **named: Any) -> Sent:
            send(*known, **named)
            raise Problem(ProblemKind.DATABASE_UNREACHABLE, place="db", said="gone")

        broken.setattr(counter.desk.replies, "send", lost)
        counter.composer.send()
        qtbot.waitUntil(lambda: not counter.composer.at.notice.isHidden())
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send()
    [row] = counter.desk.replies.outbox()
    assert row.id == sent.args[0].outbox_id


def test_without_a_connection_the_reply_says_that_it_waits(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    with counter.ground.database.writing() as unit:
        unit.connection.execute(update(mailbox).values(state=ProblemKind.OFFLINE))
    counter.type("on a train")
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send()
    words = counter.composer.at.undo.words
    qtbot.waitUntil(lambda: words.text().startswith("No connection"))


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("a@b.example", [Address("", "a@b.example")]),
        (
            "Nguyễn, <x@y.example>；陳怡君 <c@d.example>、e@f.example",
            [
                Address("", "Nguyễn"),
                Address("", "x@y.example"),
                Address("陳怡君", "c@d.example"),
                Address("", "e@f.example"),
            ],
        ),
        ('"Doe, Jane" <jane@d.example>', [Address("Doe, Jane", "jane@d.example")]),
        ("lan at example", [Address("", "lan at example")]),
        ("", []),
    ],
)
def test_addresses_are_read_as_typed_and_nothing_is_dropped(
    typed: str, people: list[Address]
) -> None:
    assert parse_addresses(typed) == people


def _line(counter: Counter) -> DraftLine:
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    return line
