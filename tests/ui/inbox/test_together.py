"""Two people's windows on one desk: they see each other, ask, give, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.notices import Notice
from deskapp.domain.presence import Colleague, Doing, Here, Room
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.colleagues import Colleagues
from deskapp.ui.compose.composer import Composer
from deskapp.ui.inbox.conversation_pane import ConversationPane
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.notices.asked import Asked
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.row import RowLook, RowRole
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.top_bar import TopBar
from deskapp.ui.work import Work
from deskapp.watching import watching
from deskapp.wiring import open_house
from tests.desk.ground import Ground
from tests.desk.letters import letter

LONG = "Nguyễn Thị Minh Khai Phương Anh"
_PATIENCE_MS = 60_000


class Seat:
    """One person's Inbox as their program builds it."""

    def __init__(self, url: str, name: str, folder: Path, house: ExitStack, qtbot: QtBot) -> None:
        self.qtbot, bridge = qtbot, Bridge()
        self.desk: Desk = open_house(url, agent_name=name, announce=bridge.changed.emit)
        house.callback(self.desk.close)
        self.work = Work(self.desk)
        bugs: list[Exception] = []
        self.work.bug.connect(bugs.append)
        house.callback(lambda: bugs and pytest.fail(repr(bugs)))
        house.callback(self.work.close)
        house.enter_context(watching(self.desk, bridge.changed.emit))
        self.shell = ShellActions(Remembered(folder / f"{name}.ini"))
        self.shell.outside.settings.folder = folder / name
        self.shell.colleagues.join(self.desk.presence, bridge)
        house.enter_context(self.desk.presence.kept(bridge.room.emit))
        self.page = InboxPage(self.work, bridge, self.shell)
        qtbot.addWidget(self.page)
        self.page.resize(1376, 800)
        self.page.show()
        self.page.show_view("all_open")
        self.until(lambda: self.page.list.list.tickets.row_at(0) is not None)

    def until(self, there: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(there, timeout=_PATIENCE_MS)

    @property
    def pane(self) -> ConversationPane:
        return self.page.conversation

    @property
    def composer(self) -> Composer:
        return self.pane.composer

    def open(self, ticket: TicketId) -> None:
        assert self.page.list.list.choose(ticket)
        self.until(lambda: self.composer.keeper.line("reply") is not None)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.composer.at.editor, text)

    def focus(self) -> None:
        """As a click into the editor does; of two windows only one is active offscreen."""
        self.page.activateWindow()
        self.composer.at.editor.setFocus(Qt.FocusReason.MouseFocusReason)
        self.until(lambda: QApplication.focusWidget() is self.composer.at.editor)

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.pane.head.findChildren(Chip)]

    def marks(self) -> list[str]:
        """The pictures of the chips in the first row of the list."""
        look = self.page.list.list.tickets.index(0, 0).data(RowRole.LOOK)
        assert isinstance(look, RowLook)
        return [f"{chip.picture} {chip.text}" for chip in look.chips if chip.picture]

    def strip(self) -> str:
        notice = self.composer.at.together
        return "" if notice.isHidden() else notice.words.text()

    def says(self, begin: str) -> None:
        self.until(lambda: begin in self.strip())

    def press(self, words: str) -> None:
        self.composer.at.together.choose(words)


@pytest.fixture
def ticket(desk_file: str) -> TicketId:
    ground = Ground(desk_file)
    ground.arrive(letter(message_id="a@customer.example"))
    found = ground.only()
    ground.database.close()
    return found


@pytest.fixture
def seats(
    desk_file: str, ticket: TicketId, tmp_path: Path, qtbot: QtBot
) -> Iterator[tuple[Seat, Seat]]:
    with ExitStack() as house:
        anna = Seat(desk_file, "Anna", tmp_path, house, qtbot)
        anna.desk.agents.edit(anna.desk.agents.by_name("Olga"), name=LONG)
        yield anna, Seat(desk_file, LONG, tmp_path, house, qtbot)


def test_a_colleague_stands_in_list_and_head_in_words_and_goes_again(
    seats: tuple[Seat, Seat], ticket: TicketId
) -> None:
    anna, khai = seats
    khai.open(ticket)
    anna.until(lambda: anna.marks() == ["eye NA"])
    anna.open(ticket)
    anna.until(lambda: f"{LONG} is looking" in anna.chips())
    khai.type("Dear Lan")
    anna.until(lambda: f"{LONG} is writing a reply" in anna.chips())
    assert anna.marks() == ["pencil NA"]
    row = anna.page.list.list.tickets.index(0, 0)
    assert f"{LONG} is writing a reply" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{LONG} is writing a reply" in row.data(Qt.ItemDataRole.ToolTipRole)
    [told] = [chip for chip in anna.pane.head.findChildren(Chip) if "writing" in chip.text()]
    heard = QAccessible.queryAccessibleInterface(told)
    assert heard.text(QAccessible.Text.Name) == f"{LONG} is writing a reply"
    assert anna.strip() == ""  # nobody wants to write here yet
    khai.composer.at.editor.clear()
    anna.until(lambda: f"{LONG} is looking" in anna.chips())
    khai.page.hide()
    anna.until(lambda: not anna.marks())


def test_what_is_asked_for_and_given_stands_in_the_askers_reply(
    seats: tuple[Seat, Seat], ticket: TicketId
) -> None:
    anna, khai = seats
    khai.desk.tickets.edit(ticket, TicketEdit(assignee_id=khai.desk.agent))
    khai.open(ticket)
    khai.type("Dear Lan, it is on its way.")
    anna.open(ticket)
    anna.until(lambda: f"{LONG} is writing a reply" in anna.chips())
    anna.focus()
    anna.says(f"{LONG} is writing a reply to this customer.")
    anna.press("Ask to take over")
    anna.says("was asked to give you this ticket")
    khai.says("Anna asks to take over this ticket.")
    khai.press("Give it away")
    anna.says(f"{LONG} gave you this ticket.")
    anna.until(lambda: anna.composer.at.editor.text() == "Dear Lan, it is on its way.")
    khai.until(lambda: khai.composer.at.editor.text() == "")
    assert "You gave this ticket to Anna" in khai.strip()
    assert anna.desk.tickets.row(ticket).assignee_name == "Anna"
    assert anna.desk.tickets.drafts_of_others(ticket) == ()


def test_a_holder_who_gives_and_goes_on_at_once_keeps_no_second_copy(
    seats: tuple[Seat, Seat], ticket: TicketId
) -> None:
    anna, khai = seats
    khai.open(ticket)
    khai.type("Dear Lan")
    khai.until(lambda: bool(khai.desk.replies.draft(ticket).body))
    holder = khai.desk.agent
    assert holder is not None
    khai.pane.close_ticket()
    told: list[Notice] = []
    asked = Asked(khai.shell.colleagues, khai.page)
    asked.told.connect(told.extend)
    request = anna.desk.take_overs.ask(ticket, holder)
    khai.until(lambda: [(one.number, one.customer) for one in told] == [(request.number, "Anna")])
    khai.pane.open_ticket(ticket)
    khai.says("Anna asks to take over this ticket.")
    khai.press("Give it away")
    khai.pane.close_ticket()
    anna.until(lambda: anna.desk.tickets.drafts_of_others(ticket) != ())
    anna.open(ticket)
    anna.until(lambda: anna.composer.at.editor.text() == "Dear Lan")
    anna.until(lambda: anna.desk.tickets.drafts_of_others(ticket) == ())


def test_a_holder_who_gives_and_quits_has_no_copy_when_they_come_back(
    desk_file: str, ticket: TicketId, tmp_path: Path, qtbot: QtBot
) -> None:
    with ExitStack() as house:
        with ExitStack() as shift:
            olga = Seat(desk_file, "Olga", tmp_path / "first", shift, qtbot)
            olga.open(ticket)
            olga.type("Dear Lan")
            olga.until(lambda: bool(olga.desk.replies.draft(ticket).body))
            holder = olga.desk.agent
            assert holder is not None
            with ExitStack() as asking:
                desk = open_house(desk_file, agent_name="Anna")
                asking.callback(desk.close)
                request = desk.take_overs.ask(ticket, holder)
                olga.desk.take_overs.give(request.id)  # and quits before it is taken
        anna = Seat(desk_file, "Anna", tmp_path, house, qtbot)
        anna.open(ticket)
        anna.until(lambda: anna.composer.at.editor.text() == "Dear Lan")
        assert anna.desk.tickets.drafts_of_others(ticket) == ()
        olga = Seat(desk_file, "Olga", tmp_path / "second", house, qtbot)
        olga.until(lambda: olga.desk.replies.draft(ticket).body == "")
        olga.open(ticket)
        assert olga.composer.at.editor.text() == ""
        assert anna.desk.replies.draft(ticket).body == "Dear Lan"


def test_what_is_kept_is_told_and_one_can_write_anyway(
    seats: tuple[Seat, Seat], ticket: TicketId
) -> None:
    anna, khai = seats
    khai.open(ticket)
    khai.type("Dear Lan")
    anna.open(ticket)
    anna.until(lambda: f"{LONG} is writing a reply" in anna.chips())
    anna.type("H")
    anna.says("is writing a reply to this customer.")
    anna.press("Ask to take over")
    khai.says("Anna asks to take over")
    khai.press("Keep it")
    anna.says(f"{LONG} keeps this ticket.")
    anna.press("Write anyway")
    assert anna.strip() == ""
    anna.type("ello")
    assert (anna.strip(), anna.composer.at.editor.text()) == ("", "Hello")
    assert khai.composer.at.editor.text() == "Dear Lan"


def test_a_colleague_who_is_heard_no_more_leaves_by_this_machines_clock(
    qapp: QApplication, qtbot: QtBot
) -> None:
    colleagues, ticket, at = Colleagues(), TicketId(1), datetime.now(UTC)
    there = Colleague(AgentId(2), LONG, ticket, Doing.WRITING, at, 0.05)
    colleagues.hear(Room(AgentId(1), (there,)))
    assert [one.name for one in colleagues.on(ticket)] == [LONG]
    qtbot.waitUntil(lambda: colleagues.on(ticket) == (), timeout=_PATIENCE_MS)


def test_who_has_the_desk_open_stands_beside_its_name(qapp: QApplication, qtbot: QtBot) -> None:
    colleagues, top = Colleagues(), TopBar("Lotus")
    qtbot.addWidget(top)
    top.follow(colleagues)
    olga, long = Here(AgentId(2), "Ольга", 60), Here(AgentId(3), LONG, 0.05)
    colleagues.hear(Room(AgentId(1), here=(olga, long)))
    assert top._here.text() == f"3 here: Ольга, {LONG}, you"
    qtbot.waitUntil(lambda: top._here.text() == "2 here: Ольга, you", timeout=_PATIENCE_MS)
    colleagues.hear(Room(AgentId(1)))
    assert top._here.text() == ""
