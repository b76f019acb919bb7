"""Facts of a ticket at the keyboard and in its head, over a real desk."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.ticket_facts import Priority, TagColour
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.head_chips import head_chips
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from tests.ui.compose.counter import Counter
from tests.ui.sample_rows import ticket_row


@pytest.fixture
def counter(counter: Counter) -> Counter:
    counter.desk.teams.add("Kho")
    counter.desk.labels.add("Chờ phụ tùng", TicketStatus.ON_HOLD)
    return counter


@pytest.fixture
def page(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Iterator[InboxPage]:
    """With the first ticket open."""
    shell = Shell(counter.work, Bridge(), Remembered(tmp_path / "windows.ini"), "Lotus Outdoor")
    qtbot.addWidget(shell)
    with qtbot.waitActive(shell):
        shell.show()
    made = shell.page("inbox")
    assert isinstance(made, InboxPage)
    made.show_view(View.ALL_OPEN)
    qtbot.waitUntil(lambda: made.list.list.tickets.rowCount() == 2)
    made.list.list.choose(counter.ticket)
    qtbot.waitUntil(lambda: made.actions_on_tickets._row is not None)
    qtbot.waitUntil(lambda: bool(made.actions_on_tickets.facts._teams))
    made.list.list.setFocus()
    yield made  # the window lives as long


def _entry(menu: QMenu, words: str) -> QAction:
    menu.aboutToShow.emit()
    [found] = [one for one in menu.actions() if one.text().strip().startswith(words)]
    return found


def test_menus_set_priority_team_due_date_and_a_label(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    facts, row = page.actions_on_tickets.facts, counter.desk.tickets.row
    _entry(facts.priority_menu, "Urgent").trigger()
    qtbot.waitUntil(lambda: row(counter.ticket).priority is Priority.URGENT)
    qtbot.waitUntil(lambda: page.actions_on_tickets._row.priority is Priority.URGENT)  # type: ignore[union-attr]
    _entry(facts.team_menu, "Kho").trigger()
    qtbot.waitUntil(lambda: page.actions_on_tickets._row.team_name == "Kho")  # type: ignore[union-attr]
    _entry(facts.due_menu, "Tomorrow").trigger()
    qtbot.waitUntil(lambda: page.actions_on_tickets._row.due_at is not None)  # type: ignore[union-attr]
    held = _entry(facts.status_menu, "Chờ phụ tùng")
    assert held.text().endswith("\twaits for a third party")
    held.trigger()
    qtbot.waitUntil(lambda: row(counter.ticket).label == "Chờ phụ tùng")


def test_keys_star_and_follow_and_take_it_back(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    facts, row = page.actions_on_tickets.facts, counter.desk.tickets.row
    qtbot.keyClick(page.list.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]
    qtbot.waitUntil(lambda: row(counter.ticket).starred)
    facts.follow.trigger()
    qtbot.waitUntil(lambda: row(counter.ticket).follower_names != ())
    qtbot.waitUntil(lambda: page.actions_on_tickets._row.followers != ())  # type: ignore[union-attr]
    facts.follow.trigger()
    facts.star.trigger()
    qtbot.waitUntil(lambda: not row(counter.ticket).starred and not row(counter.ticket).followers)


def test_a_change_of_a_tags_name_is_seen_where_it_stands(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    tickets, tags = counter.desk.tickets, counter.desk.tags
    tickets.edit(counter.ticket, TicketEdit(add_tags=("refund",)))
    tags.rename(tags.named("refund"), "Hoàn tiền")
    from deskapp.domain.changes import Changes

    page._changed(Changes(areas=frozenset({"tags"})))
    rows = page.list.list.tickets
    place = rows.place_of(counter.ticket)
    assert place is not None

    def shown() -> bool:
        row = rows.row_at(place)
        return row is not None and row.tags == ("Hoàn tiền",)

    qtbot.waitUntil(shown)


def test_the_head_says_in_words_who_is_waited_for_and_what_presses(qapp: object) -> None:
    now = datetime.now(UTC)
    row = ticket_row(
        6,
        status=TicketStatus.ON_HOLD,
        label="Waiting for parts",
        priority=Priority.HIGH,
        due_at=now - timedelta(days=2, hours=1),
        team_name="Kho",
        tags=("refund",),
        tag_colours=(TagColour.RED,),
        follower_names=("Anna",),
    )
    chips = head_chips(row, now)
    assert [chip.text() for chip in chips] == [
        "Waiting for parts · waits for a third party",
        "High priority",
        "overdue by 2 days",
        "Team Kho",
        "Followed by Anna",
        "refund",
    ]
    assert "On hold" in chips[0].toolTip() and "Red" in chips[-1].toolTip()
