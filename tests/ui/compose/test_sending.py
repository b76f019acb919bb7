"""What leaves: a reply as it was built, a note, once, at once, or when the line is back."""

import email
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from deskapp.data.tables.mail import mailbox
from deskapp.desk.sending import Sent
from deskapp.domain.kinds import Direction
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.compose.quote_button import Quoting

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
