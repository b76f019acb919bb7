"""Tickets merged, split and linked in the Inbox, on a real desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from deskapp.data.tables.people import agent
from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.linking import LinkRole
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.errors import explain
from deskapp.ui.inbox.children_dialog import ChildrenDialog
from deskapp.ui.inbox.history_window import HistoryWindow
from deskapp.ui.inbox.link_dialog import LinkDialog
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.inbox.move_dialog import MoveDialog
from deskapp.ui.inbox.ticket_pane import TicketPane
from deskapp.ui.keys.table import ENTRIES
from deskapp.ui.pieces.card import Chip
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.desk.ground import Ground
from tests.desk.letters import letter


class Bench:
    """Three tickets; the first, with two mails, stands open in its own window."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.ground, self.qtbot = Ground(f"sqlite:///{folder / 'desk.db'}"), qtbot
        for n in range(3):
            self.ground.arrive(letter(f"text {n}", sender=f"c{n}@c.example", message_id=f"m{n}@c"))
        self.ground.arrive(letter("more", sender="c0@c.example", answers=("m0@c",), hours=1))
        context = self.ground.context
        self.desk = Desk(context.database, context.mail, agent=self.ground.anna)
        self.work, self.bridge = Work(self.desk), Bridge()
        self.bugs: list[Exception] = []
        self.work.bug.connect(self.bugs.append)
        self.shell = ShellActions(Remembered(folder / "windows.ini"))
        self.pane = TicketPane(self.work, self.bridge, self.shell, self.ticket(1))
        self.shell.ticket_wanted.connect(self.pane.conversation.open_ticket)
        qtbot.addWidget(self.pane)
        self.pane.resize(1000, 700)
        self.pane.show()
        self.until(lambda: self.pane.conversation.conversation is not None)

    def ticket(self, number: int) -> TicketId:
        return TicketId(number)  # on a fresh SQLite desk

    def until(self, there: "object") -> None:
        self.qtbot.waitUntil(there, timeout=60_000)

    def reads_again(self) -> None:
        """As after a change by anybody."""
        self.bridge.changed.emit(Changes(tickets=frozenset(map(TicketId, range(1, 9)))))

    def window(self, kind: type[QWidget]) -> QWidget:
        self.until(lambda: any(one.isVisible() for one in self.pane.findChildren(kind)))
        return next(one for one in self.pane.findChildren(kind) if one.isVisible())

    def do(self, name: str) -> None:
        """What a key or the menu does."""
        words = ENTRIES[name].shown
        next(one for one in self.pane.actions() if one.text() == words).trigger()

    def press(self, window: QWidget, words: str) -> None:
        there = window.findChildren(QPushButton)
        found = [one for one in there if one.text().startswith(words)]
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def shown(self) -> TicketId | None:
        told = self.pane.conversation.conversation
        return None if told is None else told.ticket.id


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(tmp_path, qtbot)
    yield made
    assert made.work.close()
    made.ground.database.close()
    assert made.bugs == []


def test_a_ticket_merged_away_under_a_reply_shows_where_it_lives_on_with_what_was_typed(
    bench: Bench,
) -> None:
    editor = bench.pane.conversation.composer.at.editor
    bench.until(lambda: bench.pane.conversation.composer.keeper.line("reply") is not None)
    bench.qtbot.keyClicks(editor, "Hello Lan")
    bench.ground.as_olga().tickets.merge(bench.ticket(1), bench.ticket(2))
    bench.reads_again()
    bench.until(lambda: bench.shown() == bench.ticket(2))
    bench.until(lambda: editor.toPlainText() == "Hello Lan")
    cards = bench.pane.conversation.messages.findChildren(MessageCard)
    chips = [one.text() for card in cards for one in card.findChildren(Chip)]
    assert chips.count("from #1") == 2

    bench.do("ticket.history")
    window = bench.window(HistoryWindow)
    bench.press(window, "Undo this")
    bench.until(lambda: bench.desk.tickets.row(TicketId(1)).status is TicketStatus.NEW)
    assert bench.desk.replies.draft(TicketId(1)).body == "Hello Lan"


def test_a_junior_is_told_before_anything_is_asked(bench: Bench) -> None:
    with bench.desk.database.writing() as unit:
        unit.connection.execute(update(agent).values(role="junior"))
    told: list[object] = []
    bench.shell.troubled.connect(told.append)
    for begin in ("ticket.merge", "ticket.split"):
        bench.do(begin)
        bench.until(lambda: bool(told))
        [problem] = [told.pop()]
        assert isinstance(problem, Problem) and "splits" in explain(problem).happened
        assert not bench.pane.findChildren(QDialog)


def test_chosen_messages_are_split_off_and_others_moved(bench: Bench) -> None:
    second = bench.desk.tickets.conversation(bench.ticket(1)).messages[1].id
    bench.pane.conversation.messages.move_wanted.emit(second)
    dialog = bench.window(MoveDialog)
    assert isinstance(dialog, MoveDialog) and dialog.chosen() == [second]
    dialog.subject.setText("Another matter")
    bench.press(dialog, "Split off")
    bench.until(lambda: bench.shown() == bench.ticket(4))
    row = bench.desk.tickets.row(bench.ticket(4))
    assert (row.subject, row.message_count) == ("Another matter", 1)

    bench.desk.tickets.merge(bench.ticket(3), bench.ticket(4))
    bench.reads_again()
    bench.pane.conversation.messages.move_wanted.emit(second)
    dialog = bench.window(MoveDialog)
    assert isinstance(dialog, MoveDialog)
    dialog.where.buttons()[1].setChecked(True)
    bench.press(dialog, "Move")
    assert "number" in dialog.told.text()
    dialog.other.setText("2")
    bench.press(dialog, "Move")
    bench.until(lambda: bench.desk.tickets.row(bench.ticket(2)).message_count == 2)


def test_a_parent_is_linked_and_closing_it_asks_about_its_open_children(bench: Bench) -> None:
    bench.do("ticket.link")
    dialog = bench.window(LinkDialog)
    assert isinstance(dialog, LinkDialog)
    dialog.other.setText("#2")
    dialog.role.setCurrentIndex(dialog.role.findData(LinkRole.CHILD))
    bench.press(dialog, "Link")
    links = bench.pane.conversation.links
    bench.until(lambda: "Child #2 · New" in [b.text() for b in links.findChildren(QPushButton)])
    bench.do("ticket.close")
    asks = bench.window(ChildrenDialog)
    bench.press(asks, "Leave them open")
    bench.until(lambda: "End them too" in [b.text() for b in links.findChildren(QPushButton)])
    bench.press(links, "End them too")
    bench.until(lambda: bench.desk.tickets.row(bench.ticket(2)).status is TicketStatus.CLOSED)
    bench.desk.tickets.edit(bench.ticket(2), TicketEdit(status=TicketStatus.OPEN))
    bench.press(links, "Child #2")
    bench.until(lambda: bench.shown() == bench.ticket(2))
