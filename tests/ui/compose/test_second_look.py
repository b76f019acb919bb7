"""What holds a reply back in the composer, and the one key that overrides it."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.compose.later_dialog import Later, LaterDialog, offered_times
from deskapp.ui.compose.send_button import LATER, SendChoice
from deskapp.ui.errors import explain

from .counter import Counter

Show = Callable[[], None]


def test_a_forgotten_attachment_is_pointed_at_and_one_key_sends_all_the_same(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.insert_text("Em gửi hóa đơn trong file đính kèm ạ.")
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: "no file is attached" in notice.words.text())
    assert "đính kèm" in notice.words.text() and "Nothing was sent yet" in notice.words.text()
    assert counter.composer.at.editor.textCursor().selectedText() == "đính kèm"
    assert counter.desk.replies.outbox() == ()
    with qtbot.waitSignal(counter.composer.sent):
        qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_F9)
    assert len(counter.desk.replies.outbox()) == 1


def test_a_reply_in_doubt_whose_ticket_was_left_meanwhile_is_told(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.insert_text("Em gửi hóa đơn trong file đính kèm ạ.")
    other = counter.desk.tickets.conversation(counter.other)
    with qtbot.waitSignal(counter.composer.failed) as told:
        counter.composer.send()
        counter.composer.open_ticket(other)
    assert "your text is kept as a draft" in explain(told.args[0]).in_one()
    assert counter.desk.replies.outbox() == ()


def test_another_customers_name_is_told(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.composer.insert_text("Chào anh Tuấn,\nđơn hàng đang tới.")
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: "It names “Tuấn”" in notice.words.text())


def test_the_key_does_nothing_where_nothing_is_held_back(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.insert_text("Hello")
    qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_F9)
    counter.settle()
    assert counter.desk.replies.outbox() == ()


def test_news_stand_beside_the_draft_and_one_key_sends_anyway(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("It will come.")
    counter.customer_writes_again()
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: "Em cần trước ngày 25." in notice.words.text())
    assert "Nothing was sent; your text is kept." in notice.words.text()
    with qtbot.waitSignal(counter.composer.sent):
        qtbot.keyClick(counter.composer.at.editor, Qt.Key.Key_F9)


def test_a_colleague_who_closes_the_ticket_is_told_and_looking_lets_the_reply_go(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("It will come.")
    counter.ground.as_olga().tickets.edit(counter.ticket, TicketEdit(status=TicketStatus.CLOSED))
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: "Olga closed this ticket at" in notice.words.text())
    assert "Nothing was sent; your text is kept." in notice.words.text()
    assert counter.desk.replies.outbox() == ()
    notice.choose("Show what is new")
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send()


def test_a_colleague_who_takes_the_ticket_is_told_by_name_once(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("It will come.")
    ground = counter.ground
    ground.as_olga().tickets.edit(counter.ticket, TicketEdit(assignee_id=ground.olga))
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: "Olga took this ticket at" in notice.words.text())


def test_overriding_one_thing_does_not_override_the_other(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.insert_text("The label is attached.")
    counter.customer_writes_again()
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: "no file is attached" in notice.words.text())
    counter.composer.steps.send_anyway()
    qtbot.waitUntil(lambda: "Em cần trước ngày 25." in notice.words.text())
    assert counter.desk.replies.outbox() == ()


def test_a_reply_leaves_later_and_says_when(
    counter: Counter, at_work: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work()
    counter.type("Tomorrow")
    when = datetime.now().astimezone() + timedelta(days=2)
    monkeypatch.setattr(counter.composer.steps, "ask_when", lambda _draft: Later(when, True))
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send(LATER)
    [row] = counter.desk.replies.outbox()
    assert abs(row.not_before - when) < timedelta(seconds=5) or row.not_before > when
    assert row.unless_answered
    assert counter.composer.at.undo.words.text().startswith("Leaves on")
    counter.composer.at.undo.take_back()
    qtbot.waitUntil(lambda: counter.composer.at.editor.text() == "Tomorrow")


def test_sent_anyway_it_leaves_as_it_was_pressed_and_not_as_another_ticket_was_since(
    counter: Counter, at_work: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work()
    composer, gate = counter.composer, threading.Event()
    counter.type("It will come.")
    counter.work.do(lambda _desk: gate.wait(20), owner=counter.work)
    composer.send()
    counter.customer_writes_again()
    counter.open(counter.other)
    counter.type("Yes.")
    when = datetime.now().astimezone() + timedelta(days=2)
    monkeypatch.setattr(composer.steps, "ask_when", lambda _draft: Later(when, True))
    composer.send(SendChoice(TicketStatus.CLOSED, later=True))
    counter.open(counter.ticket)
    gate.set()
    counter.until(lambda: "Send anyway (F9)" in composer.at.notice.choices())
    composer.steps.send_anyway()
    counter.until(lambda: len(counter.desk.replies.outbox()) == 2)
    rows = {row.ticket_id: row for row in counter.desk.replies.outbox()}
    assert rows[counter.other].unless_answered and not rows[counter.ticket].unless_answered
    assert rows[counter.ticket].not_before < when - timedelta(days=1)
    assert counter.desk.tickets.row(counter.ticket).status is TicketStatus.WAITING


def test_the_dialog_offers_sensible_times_and_says_what_was_chosen(qtbot: QtBot) -> None:
    friday = datetime(2026, 11, 20, 10, 0).astimezone()
    evening, tomorrow, monday = offered_times(friday)
    assert (evening.hour, tomorrow.day, monday.day) == (18, 21, 23)
    night = offered_times(friday.replace(hour=22))
    assert night[0].day == 21
    dialog = LaterDialog(friday)
    qtbot.addWidget(dialog)
    dialog.offers[2].click()
    dialog.unless.setChecked(False)
    assert dialog.chosen() == Later(monday, False)


def test_nine_in_the_morning_is_nine_also_when_the_clocks_change_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        friday = datetime(2026, 10, 23, 20, 0).astimezone()  # summer time ends on Sunday
        _tomorrow, monday = offered_times(friday)
        assert monday.isoformat() == "2026-10-26T09:00:00+01:00"
    finally:
        monkeypatch.undo()
        time.tzset()
