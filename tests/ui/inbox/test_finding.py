"""Searches in the Inbox on a real desk: groups above the list, and pinning what was searched."""

import pytest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
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


def test_a_search_is_pinned_counted_followed_and_unpinned(
    page: InboxPage, desk: Desk, qtbot: QtBot
) -> None:
    page.search("note status:new")
    page.list.pin_wanted.emit("note status:new")
    [dialog] = page.findChildren(ViewDialog)
    dialog.name.setText("Đơn mới")
    dialog.shared.setChecked(True)
    dialog._save()
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
