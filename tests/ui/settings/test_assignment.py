"""The rules of assignment in the settings, over a real desk."""

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.assigning import Mode, Rule, Scope
from deskapp.domain.ids import AgentId
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.form import choose
from deskapp.ui.settings.agents import AgentsSection
from deskapp.ui.settings.assignment import AssignmentSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import nameless


def test_what_is_chosen_holds_at_once_and_can_be_taken_off(
    work: Work, bridge: Bridge, shell: ShellActions, desk: Desk, qtbot: QtBot
) -> None:
    team = desk.teams.add("Chăm sóc khách hàng & bảo hành")
    page = SettingsPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.show()
    section = page.show_section("assignment")
    assert isinstance(section, AssignmentSection)
    qtbot.waitUntil(lambda: len(section.modes) == 2)
    wanted: set[Rule] = set()
    for scope, of, mode in (
        (Scope.DESK, 0, Mode.ROUND_ROBIN),
        (Scope.TEAM, int(team), Mode.FEWEST),
    ):
        box = section.modes[scope, of]
        choose(box, mode)
        box.activated.emit(box.currentIndex())
        wanted.add(Rule(scope, of, mode))
        qtbot.waitUntil(lambda: set(desk.assigning.rules()) == wanted)
        qtbot.waitUntil(lambda: len(section.modes) == 2)
    among = section.amongs[Scope.DESK, 0]
    qtbot.waitUntil(lambda: section.amongs[Scope.DESK, 0].isEnabled())
    among = section.amongs[Scope.DESK, 0]
    choose(among, team)
    among.activated.emit(among.currentIndex())
    qtbot.waitUntil(lambda: desk.assigning.rules()[0].among == team)
    qtbot.waitUntil(lambda: len(section.modes) == 2)
    assert nameless(page) == []
    own = section.modes[Scope.TEAM, int(team)]
    choose(own, None)
    own.activated.emit(own.currentIndex())
    qtbot.waitUntil(lambda: len(desk.assigning.rules()) == 1)


def test_who_chooses_twice_at_once_meets_no_colleague(
    work: Work, bridge: Bridge, shell: ShellActions, desk: Desk, qtbot: QtBot
) -> None:
    """The second choice is made before the first is written, let alone read again."""
    page = SettingsPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.show()
    section = page.show_section("assignment")
    assert isinstance(section, AssignmentSection)
    qtbot.waitUntil(lambda: len(section.modes) == 1)
    for mode in (Mode.ROUND_ROBIN, Mode.FEWEST, Mode.OFF):
        box = section.modes[Scope.DESK, 0]
        choose(box, mode)
        box.activated.emit(box.currentIndex())
    off = (Rule(Scope.DESK, 0, Mode.OFF),)
    qtbot.waitUntil(lambda: not work.waiting)
    assert desk.assigning.rules() == off and page.findChildren(QDialog) == []


def test_the_staff_shows_who_is_away(
    work: Work, bridge: Bridge, shell: ShellActions, desk: Desk, qtbot: QtBot
) -> None:
    assert desk.agent is not None
    desk.absences.away(AgentId(desk.agent))
    page = SettingsPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.show()
    section = page.show_section("agents")
    assert isinstance(section, AgentsSection)
    qtbot.waitUntil(lambda: any(one.text() == "away" for one in section.findChildren(QLabel)))
    page.resize(620, 500)
    olga = desk.agents.add("Nguyễn Thị Phương Anh Khánh Huyền Bảo Ngọc" * 2, "ngoc@shop.example")
    desk.absences.away(olga, until=datetime.now(UTC) + timedelta(days=9))
    section.read_again()
    qtbot.waitUntil(lambda: any("until" in one.text() for one in section.findChildren(Chip)))
    qtbot.waitUntil(  # laid out by the event loop
        lambda: all(one.width() >= one.sizeHint().width() for one in section.findChildren(Chip))
    )
