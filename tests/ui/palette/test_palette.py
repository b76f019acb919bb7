"""The command palette over the real shell and a real desk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.mail import Address
from deskapp.domain.replies import CannedReply
from deskapp.ui.bridge import Bridge
from deskapp.ui.palette.palette import Palette
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, work

__all__ = ["bridge", "desk", "work"]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shell(desk: Desk, work: Work, bridge: Bridge, qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    """Two tickets, one canned reply; the first ticket is open."""
    first = desk.tickets.new_ticket(Address("Minh Châu", "chau@mail.example"), "Đơn hàng", None)
    desk.tickets.new_ticket(Address("Иван Соколов", "ivan@mail.example"), "Возврат", None)
    desk.canned.save(CannedReply(None, "Refund is on its way", "", (("en", "Dear customer"),), 0))
    made = Shell(work, bridge, Remembered(tmp_path / "windows.ini"), "Lotus Outdoor")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    inbox: Any = made.page("inbox")
    inbox.show_view("all_open")
    inbox.open_ticket(first)
    qtbot.waitUntil(lambda: inbox.actions_on_tickets.reply.isEnabled())
    qtbot.waitUntil(lambda: inbox.conversation.conversation is not None)
    yield made


def opened(shell: Shell, qtbot: QtBot) -> Palette:
    qtbot.keyClick(shell, Qt.Key.Key_K, CTRL)
    palette = shell.findChild(Palette)
    assert isinstance(palette, Palette) and palette.field.hasFocus()
    return palette


def titles(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def type_and_enter(palette: Palette, qtbot: QtBot, typed: str) -> None:
    palette.field.setText(typed)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_every_action_that_can_be_done_here_is_offered_with_its_keys(
    shell: Shell, qtbot: QtBot
) -> None:
    palette = opened(shell, qtbot)
    palette.field.setText("close ticket")
    line = palette.list.current()
    assert line is not None and (line.title, line.keys) == ("Close ticket", "Ctrl+E")
    for typed, title in [
        ("solved", "Set status: Solved"),
        ("anna", "Assign to: Me (Anna)"),
        ("attach", "Attach files…"),
        ("bold", "Bold"),
        ("unassigned", "Unassigned"),
        ("gotoord", "Go to Orders"),
    ]:
        palette.field.setText(typed)
        assert title in titles(palette), typed


def test_choosing_does_it_and_puts_the_keyboard_back(shell: Shell, qtbot: QtBot) -> None:
    inbox: Any = shell.page("inbox")
    editor = inbox.conversation.composer.at.editor
    editor.setFocus()
    palette = opened(shell, qtbot)
    type_and_enter(palette, qtbot, "go to settings")
    assert palette.isHidden() and shell.page("settings").isVisible()
    shell.show_page("inbox")
    editor.setFocus()
    opened(shell, qtbot)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is editor


def test_what_was_done_last_stands_first_also_after_a_new_start(shell: Shell, qtbot: QtBot) -> None:
    palette = opened(shell, qtbot)
    type_and_enter(palette, qtbot, "keyboard shortcuts")
    for dialog in QApplication.topLevelWidgets():
        if dialog.windowTitle() == "Keyboard shortcuts":
            dialog.close()
    shell.activateWindow()
    shell.show_palette()
    assert titles(palette)[0] == "Keyboard shortcuts"
    assert shell.shell_actions.remembered.names("palette/recent")[0] == "desk.keys"


def test_the_desk_is_asked_for_tickets_customers_and_replies(shell: Shell, qtbot: QtBot) -> None:
    palette = opened(shell, qtbot)
    for typed, title in [
        ("ivan@", "Иван Соколов"),
        ("соколов", "Иван Соколов"),
        ("#1", "#1 Đơn hàng"),
        ("refund", "Refund is on its way"),
    ]:
        palette.field.setText(typed)
        qtbot.waitUntil(lambda title=title: title in titles(palette))


def test_a_canned_reply_goes_into_the_reply_that_is_open(shell: Shell, qtbot: QtBot) -> None:
    inbox: Any = shell.page("inbox")
    palette = opened(shell, qtbot)
    palette.field.setText("refund")
    qtbot.waitUntil(lambda: "Refund is on its way" in titles(palette))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Dear customer" in inbox.conversation.composer.at.editor.toPlainText())


def test_an_action_of_a_page_that_is_hidden_is_not_offered(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("customers")
    palette = opened(shell, qtbot)
    palette.field.setText("close ticket")
    assert "Close ticket" not in titles(palette)
    palette.field.setText("new customer")
    assert "New customer" in titles(palette)


def test_keys_of_an_input_method_are_not_taken(shell: Shell, qtbot: QtBot) -> None:
    palette = opened(shell, qtbot)
    QApplication.sendEvent(palette.field, QInputMethodEvent("ni", []))
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isVisible()


def test_each_line_is_one_sentence_for_a_screen_reader(shell: Shell, qtbot: QtBot) -> None:
    palette = opened(shell, qtbot)
    palette.field.setText("close ticket")
    said = palette.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Close ticket, Ctrl+E"


def test_what_has_only_the_letters_stands_below_what_the_desk_has(
    shell: Shell, qtbot: QtBot
) -> None:
    palette = opened(shell, qtbot)
    palette.field.setText("ivan")
    qtbot.waitUntil(lambda: "Иван Соколов" in titles(palette))
    assert titles(palette)[0] == "Иван Соколов"
