"""Tags, teams and the desk's words for statuses in the settings, over a real desk."""

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.ticket_facts import TagColour
from deskapp.ui.settings.labels import LabelDialog, LabelsSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.tag_dialog import TagDialog, TagMergeDialog
from deskapp.ui.settings.tags import TagsSection
from deskapp.ui.settings.teams import TeamDialog, TeamsSection
from tests.ui.named import nameless, not_plain


def _press(dialog: TagDialog | TagMergeDialog | TeamDialog | LabelDialog, words: str) -> None:
    [button] = [one for one in dialog.findChildren(QPushButton) if one.text() == words]
    button.click()


def test_a_tag_is_made_coloured_renamed_merged_and_unmerged(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.tags.add("refund")
    section = page.show_section("tags")
    assert isinstance(section, TagsSection)
    qtbot.waitUntil(lambda: len(section.rows()) == 1)
    section.add.click()
    [dialog] = section.findChildren(TagDialog)
    dialog.name.setText("Refund")
    _press(dialog, "Save")
    qtbot.waitUntil(lambda: "exists already" in dialog.told.text() or dialog.told.isVisible())
    dialog.name.setText("Trả hàng <b>gấp</b>")
    dialog.colour.setCurrentIndex(list(TagColour).index(TagColour.RED))
    _press(dialog, "Save")
    qtbot.waitUntil(lambda: len(section.rows()) == 2)
    section.list.setCurrentItem(section.list.topLevelItem(1))
    section.merge.click()
    [merging] = section.findChildren(TagMergeDialog)
    _press(merging, "Merge")
    qtbot.waitUntil(lambda: [row.name for row in section.rows()] == ["refund"])
    undo = next(one for one in section.findChildren(QPushButton) if one.text() == "Undo")
    undo.click()
    qtbot.waitUntil(lambda: len(section.rows()) == 2)
    assert desk.tags.list()[1].colour is TagColour.RED
    assert nameless(page) == [] and not_plain(page) == []


def test_a_team_is_made_with_its_members(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    anna = desk.agents.add("Anna & co")
    section = page.show_section("teams")
    assert isinstance(section, TeamsSection)
    qtbot.waitUntil(lambda: section._staff != ())
    section.add.click()
    [dialog] = section.findChildren(TeamDialog)
    dialog.name.setText("Kho")
    dialog.members[anna].setChecked(True)
    _press(dialog, "Save")
    qtbot.waitUntil(lambda: [row.members for row in desk.teams.list()] == [("Anna & co",)])
    [row] = desk.teams.list()
    section.edit(row)
    again = section.findChildren(TeamDialog)[-1]
    assert again.members[anna].isChecked()
    again.members[anna].setChecked(False)
    again.away.setChecked(True)
    _press(again, "Save")
    qtbot.waitUntil(lambda: not desk.teams.list()[0].active)


def test_the_statuses_say_who_is_waited_for_and_take_own_words(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("labels")
    assert isinstance(section, LabelsSection)

    def said() -> str:
        return "\n".join(one.text() for one in section.findChildren(QLabel))

    qtbot.waitUntil(lambda: "waits for a third party" in said())
    section.add.click()
    [dialog] = section.findChildren(LabelDialog)
    dialog.name.setText("Chờ phụ tùng")
    _press(dialog, "Save")
    qtbot.waitUntil(lambda: "Chờ phụ tùng" in said())
    assert desk.labels.named("cho phu tung").status is TicketStatus.ON_HOLD
