"""A rep's day at the keyboard, in the window, over a real desk."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.ui.inbox.delivery_line import DeliveryLine
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.shell import Shell
from tests.ui.compose.counter import Counter
from tests.ui.compose.counter_window import inbox, shown_shell

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shell(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Shell:
    return shown_shell(counter, tmp_path, qtbot)


def opened(page: InboxPage, qtbot: QtBot, ticket: TicketId) -> None:
    assert page.list.list.choose(ticket)
    qtbot.waitUntil(lambda: page.conversation.composer.keeper.line("reply") is not None)


def test_letters_typed_at_once_belong_to_the_ticket_just_chosen(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.ticket)
    page.list.list.choose(counter.other)  # and nothing of it has been read yet
    page.actions_on_tickets.reply.trigger()
    qtbot.keyClicks(page.conversation.composer.at.editor, "For Yijun")
    qtbot.waitUntil(lambda: page.conversation.composer.keeper.line("reply") is not None)
    assert page.conversation.composer.at.editor.text() == "For Yijun"
    page.conversation.composer.flush()
    qtbot.waitUntil(lambda: counter.desk.replies.draft(counter.other).body == "For Yijun")
    assert counter.desk.replies.draft(counter.ticket).body == ""


class WindowsShown(QObject):
    """Remembers each window that shows itself; one that flashes up takes the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_opening_answering_and_noting_flash_no_window(
    shell: Shell, counter: Counter, qtbot: QtBot, qapp: QApplication
) -> None:
    page, watcher = inbox(shell), WindowsShown()
    qapp.installEventFilter(watcher)
    composer = page.conversation.composer
    opened(page, qtbot, counter.ticket)
    composer.focus_reply()
    composer.insert_text("It is on its way.")
    composer.send()
    qtbot.waitUntil(lambda: len(page.conversation.messages.cards) == 2)
    composer.focus_note()
    composer.insert_text("Called the carrier.")
    composer.send()
    qtbot.waitUntil(lambda: len(page.conversation.messages.cards) == 3)
    opened(page, qtbot, counter.other)
    qapp.removeEventFilter(watcher)
    assert watcher.seen == []


def test_the_editor_keeps_the_keyboard_while_a_ticket_is_slow_to_come(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.ticket)
    page.conversation.composer.focus_reply()
    page.conversation._stated._show_skeleton()  # as after 150 ms
    assert page.conversation.composer.at.editor.hasFocus()


def test_the_pages_keys_work_with_the_keyboard_in_the_frame(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.ticket)
    shell.top.field.setFocus()
    qtbot.keyClick(shell.top.field, Qt.Key.Key_R, CONTROL)
    assert page.conversation.composer.at.editor.hasFocus()
    shell.rail.setFocus()
    shell.setFocus()
    qtbot.keyClick(shell, Qt.Key.Key_F8)
    assert page.conversation.composer.canned.picker.isVisible()


def test_sending_needs_the_keyboard_in_the_composer(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.ticket)
    page.conversation.composer.insert_text("half a sen")
    page.list.list.setFocus()
    qtbot.keyClick(page.list.list, Qt.Key.Key_Return, CONTROL)
    counter.settle()
    assert counter.desk.replies.outbox() == ()


def test_a_reply_that_counts_down_is_undone_in_one_place(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.ticket)
    composer = page.conversation.composer
    composer.insert_text("It is on its way.")
    composer.send()

    def undos() -> list[QPushButton]:
        every = page.findChildren(QPushButton)
        return [one for one in every if one.text() == "Undo" and one.isVisible()]

    qtbot.waitUntil(lambda: bool(page.findChildren(DeliveryLine)) and bool(undos()))
    assert undos() == [composer.at.undo.undo]


def test_down_goes_from_the_search_field_to_the_first_answer(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.other)
    page.search("giao")
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 1)
    qtbot.keyClick(shell.top.field, Qt.Key.Key_Down)
    assert page.list.list.selected() == [counter.ticket]
    assert page.list.list.hasFocus()


def test_down_right_after_typing_waits_for_the_answers(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.other)
    shell.top.field.setFocus()
    qtbot.keyClicks(shell.top.field, "giao")
    qtbot.keyClick(shell.top.field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.list.list.selected() == [counter.ticket])
    assert page.conversation.ticket == counter.ticket


def test_a_view_that_is_chosen_ends_the_search(shell: Shell, qtbot: QtBot) -> None:
    page = inbox(shell)
    qtbot.keyClicks(shell.top.field, "giao")
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 1)
    page.views.chosen.emit("all_open")
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 2)
    assert shell.top.field.text() == ""


def test_each_page_keeps_its_own_words_in_the_search_field(shell: Shell, qtbot: QtBot) -> None:
    page = inbox(shell)
    qtbot.keyClicks(shell.top.field, "giao")
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 1)
    shell.show_page("settings")
    assert shell.top.field.text() == ""
    shell.show_page("inbox")
    assert shell.top.field.text() == "giao"


def test_the_keyboard_starts_in_the_list(shell: Shell, qtbot: QtBot) -> None:
    page = inbox(shell)
    assert page.list.list.hasFocus()
    assert page.list.list.selected() == []  # nothing is marked as read by starting


def test_find_in_a_ticket_follows_the_typing(shell: Shell, counter: Counter, qtbot: QtBot) -> None:
    page = inbox(shell)
    opened(page, qtbot, counter.ticket)
    page.conversation.find_bar.open()
    line = page.conversation.find_bar.findChild(QLineEdit)
    assert line is not None and QApplication.focusWidget() is line
    qtbot.keyClicks(line, "shop gu")  # the mail says "Shop gửi"
    card = page.conversation.messages.cards[-1]
    line.clear()
    qtbot.keyClicks(line, "Shop")
    assert card.body.textCursor().selectedText() == "Shop"
