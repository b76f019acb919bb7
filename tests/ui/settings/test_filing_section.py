"""For how long an answer reopens a ticket is set in a window too."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.ui.settings.filing import FilingSection
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work


def test_the_days_are_read_typed_and_kept(
    desk: Desk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    section = FilingSection(work, shell)
    qtbot.addWidget(section)
    section.read_again()
    qtbot.waitUntil(section.isEnabled)
    assert (section.days.value(), section.save.isEnabled()) == (14, False)
    section.days.selectAll()
    QTest.keyClicks(section.days, "30")
    assert section.save.isEnabled()
    section.read_again()  # a colleague's change comes while somebody types
    section.save.click()
    qtbot.waitUntil(lambda: not section.save.isEnabled() and section.days.value() == 30)
    assert desk.intake.reopen_days() == 30
