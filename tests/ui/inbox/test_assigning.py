"""Taking the next ticket, giving one to somebody who is away, standing in: over a real desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from deskapp.domain.assigning import Absence, How, StandIn, Why
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import View
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.assigned_words import absence_words, promise, stand_in_words, why_assigned
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.pieces.asked_both import AskedBoth
from deskapp.ui.remembered import Remembered
from deskapp.ui.settings.away_dialog import AwayDialog
from deskapp.ui.shell import Shell
from tests.desk.there import come
from tests.ui.compose.counter import Counter
from tests.ui.sample_rows import ticket_row

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def page(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Iterator[InboxPage]:
    """All open tickets, Olga away with Anna standing in."""
    counter.desk.absences.away(counter.ground.olga, substitute=counter.ground.anna)
    shell = Shell(counter.work, Bridge(), Remembered(tmp_path / "windows.ini"), "Lotus Outdoor")
    qtbot.addWidget(shell)
    with qtbot.waitActive(shell):
        shell.show()
    made = shell.page("inbox")
    assert isinstance(made, InboxPage)
    made.show_view(View.ALL_OPEN)
    qtbot.waitUntil(lambda: made.list.list.tickets.rowCount() == 2)
    qtbot.waitUntil(lambda: bool(made.actions_on_tickets._agents))
    yield made


def entry(page: InboxPage, words: str) -> QAction:
    menu = page.actions_on_tickets.assign_menu
    menu.aboutToShow.emit()
    [found] = [one for one in menu.actions() if one.text().startswith(words)]
    return found


def test_the_next_ticket_is_taken_opened_and_told_with_its_reason(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    told: list[str] = []
    page._shell.told.connect(told.append)
    page._shell.did.connect(told.append)
    take, _away = page._taking.all()
    take.trigger()
    qtbot.waitUntil(lambda: page.conversation.ticket == counter.ticket)
    assert counter.desk.tickets.row(counter.ticket).assignee_id == counter.ground.anna
    assert "Ticket 1 is yours: waiting since" in told[-1]
    take.trigger()
    qtbot.waitUntil(lambda: page.conversation.ticket == counter.other)
    take.trigger()
    qtbot.waitUntil(lambda: "Nothing is left" in told[-1])


def given(counter: Counter, page: InboxPage, who: AgentId) -> bool:
    """Whether the ticket is theirs, and the window knows it."""
    shown = page.actions_on_tickets._row
    stored = counter.desk.tickets.row(counter.ticket)
    return shown is not None and shown.assignee_id == stored.assignee_id == who


def test_who_is_away_is_given_a_ticket_only_after_a_question(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    page.list.list.choose(counter.ticket)
    qtbot.waitUntil(lambda: page.actions_on_tickets._row is not None)
    assert "away" in entry(page, "Olga").text()
    for words, who in (("Assign to Anna", counter.ground.anna), ("anyway", counter.ground.olga)):
        entry(page, "Olga").trigger()
        [box] = page.findChildren(QMessageBox)
        assert "Anna stands in" in box.informativeText()
        [button] = [one for one in box.buttons() if words in one.text()]
        button.click()
        qtbot.waitUntil(partial(given, counter, page, who))
    strip = page.conversation.stand_in
    qtbot.waitUntil(strip.isVisible)
    assert strip.words.text() == "You stand in for Olga."


def test_who_is_there_is_marked(page: InboxPage, counter: Counter, qtbot: QtBot) -> None:
    mai = counter.desk.agents.add("Nguyễn Hoàng Thảo Vy & Mai")
    come(counter.ground, mai)
    page.actions_on_tickets.learn_agents()
    qtbot.waitUntil(lambda: mai in page.actions_on_tickets.assign_menu._present)
    assert entry(page, "Nguyễn").text().endswith("&& Mai\there now")


def test_one_says_that_one_is_away_and_back(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    _take, away = page._taking.all()
    for button, noted in (("save", 2), ("back", 1)):
        away.trigger()
        qtbot.waitUntil(lambda: bool(page.findChildren(AwayDialog)))
        [dialog] = page.findChildren(AwayDialog)
        assert not dialog.since.isVisible() and dialog.until.isVisible()
        dialog._save() if button == "save" else dialog._back()
        qtbot.waitUntil(partial(_are, counter, noted))
        qtbot.waitUntil(lambda: not page.findChildren(AwayDialog))


def test_an_absence_that_a_colleague_noted_meanwhile_stands_beside_mine(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    _take, away = page._taking.all()
    away.trigger()
    qtbot.waitUntil(lambda: bool(page.findChildren(AwayDialog)))
    [dialog] = page.findChildren(AwayDialog)
    me = counter.ground.anna
    counter.desk.absences.away(me, reason="Tết")
    dialog.reason.setText("Sick")
    dialog._save()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(AskedBoth)))
    [asked] = dialog.findChildren(AskedBoth)
    said = [one.text() for one in asked.findChildren(QLabel)]
    assert "away, Tết" in said and "not away" in said
    assert _reason(counter) == "Tết"
    asked.card.mine.click()
    qtbot.waitUntil(lambda: not page.findChildren(AwayDialog))
    assert _reason(counter) == "Sick"


def _reason(counter: Counter) -> str:
    noted = {one.agent: one.reason for one in counter.desk.absences.list()}
    return noted[counter.ground.anna]


def _are(counter: Counter, many: int) -> bool:
    return len(counter.desk.absences.list()) == many


def test_a_colleagues_ticket_is_mine_while_i_stand_in(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    counter.desk.tickets.edit(counter.other, TicketEdit(assignee_id=counter.ground.olga))
    page.show_view(View.MINE)
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 1)


def test_every_reason_has_a_sentence(qapp: object) -> None:
    said = {
        "By turns in the team Billing: next after Bình.": Why(How.ROUND_ROBIN, "Billing", "Bình"),
        "By turns: the first to have one.": Why(How.ROUND_ROBIN),
        "Had the fewest open tickets: 3.": Why(How.FEWEST, count=3),
        "Stands in for Anna, who is away.": Why(How.STANDS_IN, after="Anna"),
        "Anna is away, and nobody stands in.": Why(How.AWAY, after="Anna"),
    }
    assert {why_assigned(why, NOW): why for why in said.values()} == said
    due = Why(How.TAKEN, due=NOW + timedelta(minutes=40), waiting=NOW - timedelta(minutes=18))
    assert promise(due, NOW).endswith(", due in 40 min")
    late = Why(How.TAKEN, due=NOW - timedelta(hours=3), back=True)
    assert promise(late, NOW) == "back from a snooze, overdue by 3 h"
    assert why_assigned(Why(How.TAKEN), NOW) == "Taken as the next one: nobody had it."


def test_every_absence_has_a_sentence(qapp: object) -> None:
    until, me = NOW + timedelta(days=60), AgentId(1)
    row = ticket_row(3)
    assert stand_in_words(row, me, NOW) == ""
    for away, words in (
        (StandIn(None, me, "Anna"), "You stand in for"),
        (StandIn(until, me, "Anna"), " until "),
        (StandIn(until, AgentId(2), "Olga", "Tết"), "Olga stands in. Tết"),
        (StandIn(None), "nobody stands in."),
    ):
        assert words in stand_in_words(replace(row, away=away), me, NOW)
    assert absence_words(Absence(me, NOW), NOW) == "away"
    assert "away until" in absence_words(Absence(me, NOW, until), NOW)
    assert "away from" in absence_words(Absence(me, until), NOW)
