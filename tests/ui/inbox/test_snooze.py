"""Putting tickets aside at the keyboard, and their coming back, over a real desk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import EventKind, View
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.inbox.snooze_dialog import SnoozeDialog
from deskapp.ui.inbox.snooze_menu import SnoozeMenu
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from tests.ui.compose.counter import Counter


@pytest.fixture
def shell(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Shell:
    made = Shell(counter.work, Bridge(), Remembered(tmp_path / "windows.ini"), "Lotus Outdoor")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> InboxPage:
    made = shell.page("inbox")
    assert isinstance(made, InboxPage)
    made.show_view(View.ALL_OPEN)
    qtbot.waitUntil(lambda: made.list.list.tickets.rowCount() == 2)
    return made


def _opened(page: InboxPage, counter: Counter, qtbot: QtBot) -> SnoozeMenu:
    """The menu, by its key, with the first ticket open."""
    page.list.list.choose(counter.ticket)
    menu = page.actions_on_tickets.snooze_menu
    qtbot.waitUntil(lambda: page.actions_on_tickets._row is not None)
    page.list.list.setFocus()
    qtbot.keyClick(page.list.list, Qt.Key.Key_H)
    qtbot.waitUntil(menu.isVisible)
    return menu


def _entry(menu: SnoozeMenu, words: str) -> QAction:
    [found] = [one for one in menu.actions() if one.text().startswith(words)]
    return found


def test_the_key_puts_a_ticket_aside_and_the_next_one_opens(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    menu = _opened(page, counter, qtbot)
    _entry(menu, "Tomorrow morning").trigger()
    menu.close()
    qtbot.waitUntil(lambda: counter.desk.tickets.view_ids(View.SNOOZED) == [counter.ticket])
    qtbot.waitUntil(lambda: page.conversation.ticket == counter.other)
    qtbot.waitUntil(lambda: page.views.count(View.SNOOZED) == 1)
    row = counter.desk.tickets.row(counter.ticket)
    assert row.snooze.on_reply and row.snooze.until is not None
    assert row.snooze.until.astimezone().hour == 9


def test_the_switch_is_kept_and_does_not_close_the_menu(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    menu = _opened(page, counter, qtbot)
    menu.setActiveAction(_entry(menu, "Keep snoozed"))
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible() and _entry(menu, "Keep snoozed").isChecked()
    _entry(menu, "In a week").trigger()
    menu.close()
    qtbot.waitUntil(lambda: bool(counter.desk.tickets.row(counter.ticket).snooze))
    assert not counter.desk.tickets.row(counter.ticket).snooze.on_reply
    menu.aboutToShow.emit()
    assert _entry(menu, "Keep snoozed").isChecked()


def test_a_ticket_comes_back_by_itself_while_the_window_is_open(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    soon = datetime.now(UTC) + timedelta(milliseconds=400)
    counter.desk.tickets.edit(counter.other, TicketEdit(snooze=Snooze(soon, True)))
    page.actions_on_tickets.edited.emit([counter.other])
    qtbot.waitUntil(lambda: counter.desk.tickets.row(counter.other).woke)
    qtbot.waitUntil(lambda: page.list.list.tickets.id_at(0) == counter.other)
    events = counter.desk.tickets.conversation(counter.other).events
    [woke] = [event for event in events if event.kind is EventKind.WOKE]
    assert abs(woke.at - soon) < timedelta(milliseconds=1)
    page.list.list.choose(counter.other)
    qtbot.waitUntil(lambda: page.actions_on_tickets._row is not None)
    menu = page.actions_on_tickets.snooze_menu
    menu.aboutToShow.emit()
    _entry(menu, "Take off the mark").trigger()
    qtbot.waitUntil(lambda: not counter.desk.tickets.row(counter.other).woke)


def test_a_time_of_ones_own_is_never_in_the_past(qtbot: QtBot) -> None:
    now = datetime.now().astimezone()
    dialog = SnoozeDialog(now, keeps=True)
    qtbot.addWidget(dialog)
    chosen = dialog.chosen()
    assert chosen.until is not None and chosen.until > now and not chosen.on_reply
    dialog.when.setDateTime(dialog.when.dateTime().addYears(-1))
    assert (dialog.chosen().until or now) > now
