"""Notices over the real shell and desk: one for what comes together, and what a click opens."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.desk.tickets import Tickets
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.mail import Address
from deskapp.domain.notices import Notice, NoticeKind
from deskapp.domain.saved_views import SavedView, SavedViewId
from deskapp.domain.tickets import TicketEdit
from deskapp.settings import Settings
from deskapp.ui.bridge import Bridge
from deskapp.ui.notices.notices import Notices
from deskapp.ui.notices.tray import Tray
from deskapp.ui.notices.wording import worded
from deskapp.ui.outside import Outside
from deskapp.ui.remembered import Remembered
from deskapp.ui.settings.notices import NoticesSection
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, work

__all__ = ["bridge", "desk", "work"]
pytestmark = pytest.mark.qt_log_ignore(
    "systemTrayWindowChanged", "does not support raise", extend=True
)


class ToldTray(Tray):
    """A tray that is there, whatever this computer has; ``said`` is what it showed."""

    def __init__(self, parent: Shell) -> None:
        super().__init__(parent, available=True)
        self.said: list[tuple[str, str]] = []

    def say(self, title: str, text: str) -> None:
        self.said.append((title, text))


@pytest.fixture
def clock() -> list[datetime]:
    return [datetime(2026, 11, 23, 10, 0, tzinfo=UTC)]


@pytest.fixture
def shell(work: Work, bridge: Bridge, qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    lent = Outside(settings=Settings(folder=tmp_path))
    made = Shell(work, bridge, Remembered(tmp_path / "windows.ini"), "Lotus", lent)
    qtbot.addWidget(made)
    made.show()
    yield made
    QApplication.setQuitOnLastWindowClosed(True)


@pytest.fixture
def tray(shell: Shell, work: Work, bridge: Bridge, qtbot: QtBot, clock: list[datetime]) -> ToldTray:
    made = ToldTray(shell)
    notices = Notices(work, bridge, shell, made, lambda: clock[0])
    qtbot.waitUntil(lambda: notices.hearing._after is not None)
    return made


@pytest.fixture
def give(desk: Desk, qtbot: QtBot) -> Callable[[int], list[TicketId]]:
    """A colleague gives tickets of hers to Anna."""
    olga = desk.agents.add("Olga")

    def act(count: int) -> list[TicketId]:
        theirs = Tickets(replace(desk._context, agent=AgentId(olga)))
        made = [
            theirs.new_ticket(Address("Châu", f"c{n}@mail.example"), f"Đơn hàng {n}", None)
            for n in range(count)
        ]
        for one in made:
            theirs.edit(one, TicketEdit(assignee_id=desk.agent))
        return made

    return act


Give = Callable[[int], list[TicketId]]


def test_ten_at_once_are_one_notice_and_the_badge_counts_mine(
    shell: Shell, tray: ToldTray, give: Give, qtbot: QtBot
) -> None:
    give(10)
    qtbot.waitUntil(lambda: bool(tray.said))
    assert tray.said == [("10 things for you", "10 tickets given to you")]
    qtbot.waitUntil(lambda: shell.windowTitle() == "(10) Lotus")


def test_a_click_opens_the_ticket(shell: Shell, tray: ToldTray, give: Give, qtbot: QtBot) -> None:
    [one] = give(1)
    qtbot.waitUntil(lambda: bool(tray.said))
    assert tray.said == [("A ticket is given to me", "A ticket was given to you.")]
    tray.clicked.emit()
    inbox: Any = shell.page("inbox")
    qtbot.waitUntil(lambda: inbox.conversation.ticket == one)


def test_names_and_subjects_are_told_only_when_wished(
    shell: Shell, tray: ToldTray, give: Give, qtbot: QtBot
) -> None:
    shell.shell_actions.outside.settings.private_notices = False
    give(1)
    qtbot.waitUntil(lambda: bool(tray.said))
    assert "Đơn hàng 0" in tray.said[0][1] and "Châu" in tray.said[0][1]


def test_quiet_hours_and_switches_keep_still_but_the_badge_counts(
    shell: Shell, tray: ToldTray, give: Give, clock: list[datetime], qtbot: QtBot
) -> None:
    settings = shell.shell_actions.outside.settings
    settings.quiet_from, settings.quiet_until = "09:00", "11:00"
    give(1)
    qtbot.waitUntil(lambda: shell.windowTitle().startswith("(1)"))
    notices = shell.findChild(Notices)
    assert notices is not None
    qtbot.waitUntil(lambda: not notices._waiting and not notices._group.isActive())
    clock[0] = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    settings.notify["assigned"] = False
    give(2)
    qtbot.waitUntil(lambda: shell.windowTitle().startswith("(3)"))
    assert tray.said == []


def test_what_i_am_told_is_grave_first() -> None:
    one = Notice(NoticeKind.NEW_TICKET, TicketId(1), 1, "a", "b")
    title, text = worded([one, replace(one, kind=NoticeKind.SEND_FAILED)], private=True)
    assert (title, text) == ("2 things for you", "1 reply not sent\n1 new ticket")


def test_closing_hides_only_where_it_is_wished_and_quit_ends(
    shell: Shell, tray: ToldTray, qtbot: QtBot
) -> None:
    shell.shell_actions.outside.settings.close_to_tray = True
    closed: list[bool] = []
    shell.closed.connect(lambda: closed.append(True))
    event = QCloseEvent()
    shell.closeEvent(event)
    assert [title for title, _text in tray.said] == ["deskapp works on"]  # and how to come back
    assert not event.isAccepted() and shell.isHidden() and closed == []
    assert not QApplication.quitOnLastWindowClosed()  # the engine works on
    tray.open_wanted.emit()
    assert shell.isVisible() and QApplication.quitOnLastWindowClosed()
    tray.quit_wanted.emit()
    assert closed == [True]


def test_without_a_tray_closing_closes_and_notices_stand_in_the_window(
    shell: Shell, work: Work, bridge: Bridge, give: Give, qtbot: QtBot
) -> None:
    notices = Notices(work, bridge, shell, Tray(shell, available=False))
    shell.shell_actions.outside.settings.close_to_tray = True
    assert not shell.stays_hidden()
    qtbot.waitUntil(lambda: notices.hearing._after is not None)
    give(1)
    qtbot.waitUntil(lambda: "A ticket was given to you." in shell.status._said.text())


def test_the_page_keeps_what_is_chosen(shell: Shell, work: Work, qtbot: QtBot) -> None:
    section = NoticesSection(work, shell.shell_actions)
    qtbot.addWidget(section)
    settings = shell.shell_actions.outside.settings
    section.switches[NoticeKind.MENTION].setChecked(False)
    section.private.setChecked(False)
    section._came(((SavedView(SavedViewId(3), "Bills", "bill"),), ("a@x.example", "b@x.example")))
    section.boxes[1].setChecked(False)
    section.view.setCurrentIndex(section.view.findText("Bills"))
    section.view.activated.emit(section.view.currentIndex())
    assert (settings.silent_mailboxes, settings.notify_view) == (["b@x.example"], "pinned:3")
    section.quiet.setChecked(True)
    assert settings.notify == {"mention": False} and not settings.private_notices
    assert (settings.quiet_from, settings.quiet_until) == ("19:00", "08:00")
    section.quiet.setChecked(False)
    assert (settings.quiet_from, settings.quiet_until) == ("", "")
