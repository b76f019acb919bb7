"""Searches in the Inbox on a real desk: groups above the list, and pinning what was searched."""

import pytest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from deskapp.desk import Desk
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.replies import CannedReply
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox import list_reading
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.inbox.view_dialog import ViewDialog
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui import real_desk

desk, work, shell, bridge = real_desk.desk, real_desk.work, real_desk.shell, real_desk.bridge


@pytest.fixture
def page(desk: Desk, work: Work, shell: ShellActions, bridge: Bridge, qtbot: QtBot) -> InboxPage:
    for name, subject in (("Mai Le", "Parcel one"), ("Ivan Petrov", "Parcel two")):
        address = f"{name.split()[0].lower()}@mail.example"
        made = desk.tickets.new_ticket(Address(name, address), subject, None)
        desk.tickets.note(made, f"a note about {subject}")
    shown = InboxPage(work, bridge, shell)
    qtbot.addWidget(shown)
    shown.resize(1376, 800)
    shown.show()
    qtbot.waitUntil(lambda: shown.views.count("all") == 2)
    return shown


def test_customers_stand_above_the_tickets_and_open(
    page: InboxPage, shell: ShellActions, qtbot: QtBot
) -> None:
    page.search("mai le")
    qtbot.waitUntil(lambda: bool(page.finding.groups.findChildren(QPushButton)))
    [button] = page.finding.groups.findChildren(QPushButton)
    assert button.text() == "Mai Le"
    with qtbot.waitSignal(shell.customer_wanted):
        button.click()
    page.show_view("mine")
    qtbot.waitUntil(page.finding.groups.isHidden)


def test_a_canned_reply_that_was_found_is_the_one_that_opens(
    page: InboxPage, desk: Desk, shell: ShellActions, qtbot: QtBot
) -> None:
    kept = desk.canned.save(CannedReply(None, "Walrus label", "", (("en", "Here it is"),), 1))
    page.search("walrus")
    qtbot.waitUntil(lambda: bool(page.finding.groups.findChildren(QPushButton)))
    [button] = page.finding.groups.findChildren(QPushButton)
    with qtbot.waitSignal(shell.canned_wanted) as asked:
        button.click()
    assert asked.args == [kept.id]


def test_the_first_answers_stand_before_the_rest_and_the_count_waits_for_it(
    page: InboxPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(list_reading, "_FIRST", 1)
    came: list[int] = []
    page.list.stands.connect(lambda: came.append(page.list.list.tickets.rowCount()))
    page.search("note")
    qtbot.waitUntil(lambda: came[-1:] == [2])
    assert came == [1, 2]
    assert page.list._count.text() == "2"


def test_older_mail_that_is_still_being_indexed_is_told(
    page: InboxPage, desk: Desk, qtbot: QtBot
) -> None:
    with desk.database.writing() as unit:
        unit.connection.execute(text("UPDATE desk_info SET folding_version = 0"))
    page.search("nothing like it")
    qtbot.waitUntil(lambda: not page.finding.groups.isHidden())
    [said] = page.finding.groups.findChildren(QLabel)
    assert "still being indexed (0 %)" in said.text()


def test_a_search_is_pinned_counted_followed_and_unpinned(
    page: InboxPage, desk: Desk, qtbot: QtBot
) -> None:
    page.search("note status:new")
    page.list.pin_wanted.emit("note status:new")
    [dialog] = page.findChildren(ViewDialog)
    dialog.name.setText("Đơn mới")
    dialog.shared.setChecked(True)
    dialog.save()
    qtbot.waitUntil(lambda: len(page.views.all_pinned()) == 1)
    [pinned] = page.views.all_pinned()
    before = pinned.count
    assert (pinned.view.name, pinned.view.shared) == ("Đơn mới", True)
    qtbot.waitUntil(lambda: page.list.view == pinned.view.key)
    assert ("Đơn mới", before) in [(title, count) for _, title, count in page.views.names()]
    one = desk.tickets.view_ids("all")[0]
    status = desk.tickets.row(one).status
    changed = TicketStatus.CLOSED if status is TicketStatus.NEW else TicketStatus.NEW
    desk.tickets.edit(one, TicketEdit(status=changed))
    qtbot.waitUntil(lambda: page.views.all_pinned()[0].count != before)
    menu = QMenu(page)
    page.finding.fill_menu(menu, pinned.view)
    menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: not page.views.all_pinned())
    assert page.list.view == "mine"
