"""A fact that a colleague set after it was seen: both values, who, when; a person decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.stale import Clash
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.inbox.stale_edit import StaleEdit
from deskapp.wiring import open_house
from tests.ui.compose.counter import Counter
from tests.ui.compose.counter_window import inbox, shown_shell


@pytest.fixture
def olga(counter: Counter, desk_file: str) -> Iterator[Desk]:
    """A colleague's program, of which this window hears nothing."""
    desk = open_house(desk_file)
    desk.agent = desk.agents.add("Olga Петрова")
    yield desk
    desk.close()


@pytest.fixture
def page(counter: Counter, olga: Desk, tmp_path: Path, qtbot: QtBot) -> InboxPage:
    made = inbox(shown_shell(counter, tmp_path, qtbot))
    made.show_view("all")
    qtbot.waitUntil(lambda: made.list.list.choose(counter.ticket))
    qtbot.waitUntil(lambda: made.actions_on_tickets._row is not None)
    return made


def asked(page: InboxPage, qtbot: QtBot) -> StaleEdit:
    qtbot.waitUntil(lambda: bool(page.window().findChildren(StaleEdit)))
    return page.window().findChildren(StaleEdit)[-1]


def said(dialog: StaleEdit) -> str:
    return " ".join(one.text() for one in dialog.findChildren(QLabel))


def test_both_values_are_shown_and_ours_is_set_only_on_purpose(
    page: InboxPage, counter: Counter, olga: Desk, qtbot: QtBot
) -> None:
    olga.tickets.edit(counter.ticket, TicketEdit(status=TicketStatus.CLOSED))
    page.actions_on_tickets.set_status(TicketStatus.ON_HOLD)
    dialog = asked(page, qtbot)
    told = said(dialog)
    assert "Closed" in told and "On hold" in told and "Olga Петрова" in told
    assert olga.tickets.row(counter.ticket).status is TicketStatus.CLOSED
    dialog.card.mine.click()
    qtbot.waitUntil(lambda: olga.tickets.row(counter.ticket).status is TicketStatus.ON_HOLD)


def test_theirs_stays_when_it_is_left(
    page: InboxPage, counter: Counter, olga: Desk, qtbot: QtBot
) -> None:
    olga.tickets.edit(counter.ticket, TicketEdit(assignee_id=olga.agent))
    page.actions_on_tickets.assign_to(counter.desk.agent)
    asked(page, qtbot).card.theirs.click()
    counter.settle()
    assert olga.tickets.row(counter.ticket).assignee_name == "Olga Петрова"


def test_another_fact_of_theirs_joins_without_a_question(
    page: InboxPage, counter: Counter, olga: Desk, qtbot: QtBot
) -> None:
    olga.tickets.edit(counter.ticket, TicketEdit(priority=Priority.URGENT))
    page.actions_on_tickets.set_status(TicketStatus.ON_HOLD)
    qtbot.waitUntil(lambda: olga.tickets.row(counter.ticket).status is TicketStatus.ON_HOLD)
    assert olga.tickets.row(counter.ticket).priority is Priority.URGENT
    assert page.window().findChildren(StaleEdit) == []


def test_of_a_selection_those_changed_meanwhile_are_named(
    page: InboxPage, counter: Counter, olga: Desk, qtbot: QtBot
) -> None:
    page.list.list.selectAll()
    olga.tickets.edit(counter.other, TicketEdit(status=TicketStatus.SPAM))
    page.actions_on_tickets.set_status(TicketStatus.SOLVED)
    dialog = asked(page, qtbot)
    number = olga.tickets.row(counter.other).number
    assert f"{number} · Status" in said(dialog) and "Spam" in said(dialog)
    assert olga.tickets.row(counter.ticket).status is TicketStatus.SOLVED
    dialog.card.mine.click()
    qtbot.waitUntil(lambda: olga.tickets.row(counter.other).status is TicketStatus.SOLVED)


def test_of_very_many_the_buttons_stay_in_sight_and_nothing_is_cut_of_few(qtbot: QtBot) -> None:
    edit = TicketEdit(status=TicketStatus.ON_HOLD)
    for count, long in ((30, "Olga"), (1, "關於上週訂購的雙人帳篷與睡袋配件" * 4)):
        clashes = [
            Clash(TicketId(n), n, EventKind.SUBJECT, long, "closed", long) for n in range(count)
        ]
        dialog = StaleEdit(edit, clashes, lambda _fact: "", several=count > 1)
        qtbot.addWidget(dialog)
        dialog.show()
        buttons = (dialog.card.mine, dialog.card.theirs)
        assert all(not one.visibleRegion().isEmpty() for one in buttons)
        cut = [
            one.text()
            for one in dialog.findChildren(QLabel)
            if one.wordWrap() and one.height() < one.heightForWidth(one.width())
        ]
        assert cut == []
