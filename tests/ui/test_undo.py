"""Ctrl+Z outside a text field: it says what it takes back, and takes it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, work

__all__ = ["bridge", "desk", "work"]


@pytest.fixture
def shell(desk: Desk, work: Work, bridge: Bridge, tmp_path: Path, qtbot: QtBot) -> Iterator[Shell]:
    """The window at "All open" with seven tickets."""
    for number in range(7):
        chau = Address("Châu", f"chau{number}@lotus.example")
        desk.tickets.new_ticket(chau, f"Đơn hàng {number}", None)
    made = Shell(work, bridge, Remembered(tmp_path / "windows.ini"), "Lotus")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    page(made).show_view(View.ALL_OPEN)
    qtbot.waitUntil(lambda: page(made).list.list.tickets.rowCount() == 7)
    qtbot.waitUntil(lambda: made.undo._seen is not None)
    yield made


def page(shell: Shell) -> InboxPage:
    inbox = shell.page("inbox")
    assert isinstance(inbox, InboxPage)
    return inbox


def closed(desk: Desk) -> int:
    return len(desk.tickets.view_ids(View.CLOSED))


def test_closing_many_is_said_and_taken_back_by_one_key(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    page(shell).list.list.selectAll()
    page(shell).actions_on_tickets.set_status(TicketStatus.CLOSED)
    qtbot.waitUntil(shell.act_bar.isVisible)
    assert shell.act_bar.words.text() == "Done: close 7 tickets."
    qtbot.waitUntil(lambda: shell.undo.undo.text() == "Undo: close 7 tickets")
    assert closed(desk) == 7
    page(shell).list.setFocus()
    qtbot.keyClick(page(shell).list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Undone" in shell.act_bar.words.text())
    assert closed(desk) == 0
    qtbot.waitUntil(lambda: shell.undo.redo.text() == "Redo: close 7 tickets")
    shell.undo.redo.trigger()
    qtbot.waitUntil(lambda: "Done again" in shell.act_bar.words.text())
    assert closed(desk) == 7


def test_all_that_match_a_search_are_changed_and_come_back(
    shell: Shell, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.ui.inbox.list_pane.LISTED", 3)
    pane = page(shell).list
    status = desk.tickets.rows(desk.tickets.view_ids(View.ALL_OPEN))[0].status
    page(shell).search(f"status:{status}")
    qtbot.waitUntil(lambda: pane._count.text() == "3+")
    assert pane.list.tickets.rowCount() == 3
    pane.list.selectAll()
    assert pane.bar.said.text() == "3 selected"
    pane.bar.take_all.click()
    qtbot.waitUntil(lambda: pane.bar.said.text() == "All 7 selected")
    assert pane.bar.more.isHidden() and pane._count.text() == "7"
    page(shell).actions_on_tickets.set_status(TicketStatus.CLOSED)
    qtbot.waitUntil(shell.act_bar.isVisible)
    assert shell.act_bar.words.text() == "Done: close 7 tickets."
    assert "tickets" not in shell.status._said.text()  # it is said once
    qtbot.waitUntil(shell.undo.undo.isEnabled)
    shell.undo.undo.trigger()
    qtbot.waitUntil(lambda: "Undone" in shell.act_bar.words.text())
    assert closed(desk) == 0


def test_the_first_answers_of_a_search_are_not_called_all_of_them(
    shell: Shell, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.ui.inbox.list_reading._FIRST", 3)
    pane = page(shell).list
    pane._rest.setInterval(1_000_000)  # the others are as good as never read
    status = desk.tickets.rows(desk.tickets.view_ids(View.ALL_OPEN))[0].status
    page(shell).search(f"status:{status}")
    qtbot.waitUntil(lambda: pane.list.tickets.rowCount() == 3)
    pane.list.selectAll()
    assert pane.bar.said.text() == "3 selected"
    assert pane._count.text() == ""
    pane.bar.take_all.click()
    qtbot.waitUntil(lambda: pane.bar.said.text() == "All 7 selected")


def test_a_star_makes_no_bar_and_the_menu_knows_it(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    page(shell).list.list.choose_first()
    page(shell).actions_on_tickets.apply(TicketEdit(star=True))
    qtbot.waitUntil(lambda: shell.undo.undo.text() == "Undo: star 1 ticket")
    assert shell.act_bar.isHidden()
    shell.undo.undo.trigger()
    qtbot.waitUntil(lambda: desk.tickets.view_ids(View.STARRED) == [])


def test_long_work_is_stopped_and_what_was_done_is_one_undo(
    shell: Shell, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.ui.undo.stack._LONG", 2)
    monkeypatch.setattr("deskapp.desk.undo._PART", 2)
    monkeypatch.setattr("deskapp.ui.inbox.ticket_edits._ONE_WRITE", 2)
    page(shell).list.list.selectAll()
    page(shell).actions_on_tickets.set_status(TicketStatus.SPAM)
    assert shell.act_bar.running
    shell.act_bar.button.click()  # Stop, while the first write is under way
    qtbot.waitUntil(lambda: "Stopped" in shell.act_bar.words.text())
    assert "2 of 7" in shell.act_bar.words.text()
    assert len(desk.tickets.view_ids(View.SPAM)) == 2
    qtbot.waitUntil(lambda: shell.undo.undo.text() == "Undo: mark 2 tickets as spam")
    page(shell).list.list.selectAll()
    page(shell).actions_on_tickets.set_status(TicketStatus.CLOSED)
    qtbot.waitUntil(lambda: "Undo: close" in shell.undo.undo.text())
    qtbot.waitUntil(shell.undo.undo.isEnabled)
    shell.undo.undo.trigger()
    qtbot.waitUntil(lambda: "Undone" in shell.act_bar.words.text())
    assert closed(desk) == 0


def test_in_a_text_field_the_key_is_the_fields_own(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    page(shell).list.list.selectAll()
    page(shell).actions_on_tickets.set_status(TicketStatus.CLOSED)
    qtbot.waitUntil(shell.act_bar.isVisible)
    shell.top.field.setFocus()
    qtbot.keyClicks(shell.top.field, "abc")
    qtbot.keyClick(shell.top.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shell.top.field.text() == ""
    assert closed(desk) == 7
