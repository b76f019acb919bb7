"""From the list into a ticket, through it and back, in windows of their own too: by keys alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.tickets import TicketEdit
from deskapp.ui.compose.draft_keeper import NOTE
from deskapp.ui.inbox.ticket_pane import TicketPane
from deskapp.ui.keys.keymap import keymap
from deskapp.ui.own_window import OwnWindow
from deskapp.ui.palette.palette import Palette
from deskapp.ui.shell import Shell
from tests.ui.compose.counter import Counter
from tests.ui.compose.counter_window import inbox, shown_shell

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, Key = Qt.KeyboardModifier.NoModifier, Qt.Key
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


@pytest.fixture
def shell(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Shell:
    return shown_shell(counter, tmp_path, qtbot)


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def test_the_keyboard_goes_into_a_ticket_and_back_to_the_list(shell: Shell, qtbot: QtBot) -> None:
    page = inbox(shell)
    lines, pane = page.list.list, page.conversation
    press(Key.Key_Down)
    assert len(lines.selected()) == 1 and lines.currentIndex().row() == 0
    press(Key.Key_Return)  # the ticket is still on its way
    qtbot.waitUntil(lambda: focused() is pane.messages)
    press(Key.Key_R, CTRL)
    press(Key.Key_S)  # a letter is text in here
    assert pane.composer.at.editor.text() == "s" and focused() is pane.composer.at.editor
    press(Key.Key_N, CTRL | SHIFT)
    press(Key.Key_F6)
    assert focused() is not pane.composer.at.editor
    for _ in range(4):
        if focused() is not pane.composer.at.editor:
            press(Key.Key_F6)
    assert focused() is pane.composer.at.editor and pane.composer.page.kind == NOTE
    press(Key.Key_Escape)
    assert focused() is lines
    lines.selectAll()
    press(Key.Key_Escape)
    assert len(lines.selected()) == 1
    page.conversation.find_bar.open()
    press(Key.Key_Escape)  # the bar has a use for it itself
    assert page.conversation.find_bar.isHidden() and focused() is pane.messages


def test_letters_act_wherever_nobody_writes(shell: Shell, counter: Counter, qtbot: QtBot) -> None:
    keymap().choose("gmail", {})
    page = inbox(shell)
    press(Key.Key_J)
    press(Key.Key_O)
    qtbot.waitUntil(lambda: focused() is page.conversation.messages)
    page.conversation.messages.cards[-1].body.setFocus()
    press(Key.Key_R)
    assert focused() is page.conversation.composer.at.editor
    press(Key.Key_U)
    assert page.conversation.composer.at.editor.text() == "u"
    press(Key.Key_Escape)
    page.conversation.head.setFocus()
    page.conversation.messages.setFocus()
    press(Key.Key_U)
    assert focused() is page.list.list
    page.list.list.choose(counter.ticket)
    press(Key.Key_E)
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 1)
    assert focused() is page.list.list and page.list.list.selected() == [counter.other]
    press(Key.Key_E)
    qtbot.waitUntil(lambda: not page.list.list.isVisible())  # the view is empty, and says so
    said = focused()
    assert said is not None and page.list.isAncestorOf(said) and said.accessibleName()
    page.conversation.messages.setFocus()
    press(Key.Key_Escape)
    assert focused() is said


def test_the_keyboard_stays_with_the_message_when_the_ticket_is_read_anew(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    page.open_ticket(counter.ticket)
    qtbot.waitUntil(lambda: bool(page.conversation.messages.cards))
    before = page.conversation.messages.cards[-1]
    before.body.setFocus()
    page.actions_on_tickets.apply(TicketEdit(add_tags=("refund",)))
    qtbot.waitUntil(lambda: page.conversation.messages.cards[-1] is not before)
    assert focused() is page.conversation.messages.cards[-1].body


def test_a_tickets_own_window_has_the_keys_that_act_everywhere(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    inbox(shell).open_ticket(counter.ticket)
    shell.shell_actions.open_ticket_window(counter.ticket)
    [window] = [one for one in QApplication.topLevelWidgets() if isinstance(one, OwnWindow)]
    pane = window.centralWidget()
    assert isinstance(pane, TicketPane)
    qtbot.waitUntil(lambda: window.isActiveWindow() and focused() is pane.conversation.messages)
    press(Key.Key_F6)
    assert focused() is pane.conversation.composer.at.editor
    press(Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    assert palette is not None and palette.field.hasFocus()
    palette.field.setText("close ticket")
    offered = palette.list.current()
    assert offered is not None and offered.key == "ticket.close"
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert focused() is pane.conversation.messages
    press(Key.Key_3, CTRL)
    qtbot.waitUntil(shell.isActiveWindow)
    assert shell.rail.isVisible() and shell._shown() is shell.page("canned")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.destroyed):
        press(Key.Key_W, CTRL)


def test_the_preview_takes_its_room_and_no_more(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    page = inbox(shell)
    page.open_ticket(counter.ticket)
    composer = page.conversation.composer
    qtbot.waitUntil(lambda: composer.keeper.line("reply") is not None)
    composer.focus_reply()
    for size in ((1440, 900), (1000, 700), (1440, 900)):
        shell.resize(*size)
        press(Key.Key_P, CTRL | SHIFT)
        qtbot.waitUntil(composer.at.preview_page.isVisible)
        qtbot.waitUntil(lambda: composer.at.preview_page.height() < shell.height())
        press(Key.Key_P, CTRL | SHIFT)
        assert focused() is composer.at.editor
