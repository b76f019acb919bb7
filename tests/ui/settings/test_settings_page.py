"""The settings page on a real desk: staff, look, data folder, and that every control has a name."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp import settings as kept_settings
from deskapp.desk import Desk
from deskapp.domain.identity import Identity
from deskapp.ui.settings.agents import AgentsSection
from deskapp.ui.settings.appearance import AppearanceSection
from deskapp.ui.settings.data_folder import DataFolderSection, place_of
from deskapp.ui.settings.mailbox_dialog import MailboxDialog
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work
from tests.ui.named import nameless
from tests.ui.settings.shown_sections import SUPPORT, texts


def test_who_i_am_is_kept_for_the_next_start(
    page: SettingsPage, desk: Desk, shell: ShellActions, qtbot: QtBot
) -> None:
    olga = desk.agents.add("Ольга Сидорова")
    section = page.show_section("agents")
    assert isinstance(section, AgentsSection)
    qtbot.waitUntil(lambda: "Ольга" in texts(section))
    buttons = section.findChildren(QPushButton)
    [me] = [one for one in buttons if one.accessibleName() == "I am Ольга Сидорова"]
    me.click()
    qtbot.waitUntil(lambda: desk.agent == olga)
    assert kept_settings.load().agent_name == "Ольга Сидорова"


def test_two_agents_of_one_name_are_refused_in_words(page: SettingsPage, qtbot: QtBot) -> None:
    from deskapp.ui.settings.agent_dialog import AgentDialog

    section = page.show_section("agents")
    assert isinstance(section, AgentsSection)
    section.add.click()
    [dialog] = section.findChildren(AgentDialog)
    qtbot.keyClicks(dialog.name, "anna")
    dialog.save()
    qtbot.waitUntil(dialog.told.isVisible)
    assert "exists already" in dialog.told.text()


def test_appearance_applies_at_once_and_is_kept(
    page: SettingsPage, shell: ShellActions, qtbot: QtBot
) -> None:
    section = page.show_section("appearance")
    assert isinstance(section, AppearanceSection)
    try:
        section.colours.setCurrentIndex(section.colours.findData("dark"))
        with qtbot.waitSignal(shell.settings_changed):
            section.colours.activated.emit(section.colours.currentIndex())
        assert theme().colours.dark
        section.undo.setText("999")
        section.undo.editingFinished.emit()
        kept = kept_settings.load()
        assert (kept.appearance, kept.undo_seconds) == ("dark", 120)
    finally:
        theme().choose(type(theme().appearance)("light"))


def test_what_is_chosen_at_the_list_is_shown_in_the_settings(
    page: SettingsPage, shell: ShellActions
) -> None:
    section = page.show_section("appearance")
    assert isinstance(section, AppearanceSection)
    shell.outside.settings.density = "compact"
    shell.keep_settings()
    assert section.density.currentData() == "compact"


def test_settings_that_cannot_be_written_hold_until_the_end(
    shell: ShellActions, own_home: Path, qtbot: QtBot
) -> None:
    own_home.write_text("a file where the folder should be")
    shell.outside.settings.undo_seconds = 3
    told: list[int] = []
    shell.settings_changed.connect(lambda settings: told.append(settings.undo_seconds))
    with qtbot.waitSignal(shell.troubled):
        assert not shell.keep_settings()
    assert told == [3]


def test_a_backup_is_written_once_and_never_over_another_file(
    page: SettingsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    section = page.show_section("data")
    assert isinstance(section, DataFolderSection)
    assert any("deskapp move" in one.text() for one in section.findChildren(QLabel))
    qtbot.waitUntil(lambda: section._where.text().endswith("desk.db"))
    file = tmp_path / "backup.db"
    section.back_up(file)
    section._came((place_of(str(tmp_path / "desk.db")), Identity()))  # opened again meanwhile
    assert not section.backup.isEnabled()
    qtbot.waitUntil(section.backup.isEnabled)
    assert "written and checked" in section._told.text()
    kept = file.read_bytes()
    section.back_up(file)
    qtbot.waitUntil(lambda: "already" in section._told.text())
    assert file.read_bytes() == kept


def test_who_signs_in_to_a_teams_desk_is_told_who_backs_it_up(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    desk._context.identity = Identity(True, "admin", desk.agent, "anna")
    page._shell.outside.settings.desk_url = "postgresql://anna:hunter-42@db.example:5433/lotus"
    section = page.show_section("data")
    assert isinstance(section, DataFolderSection)
    qtbot.waitUntil(section.owner_only.isVisible)
    said = section.owner_only.text()
    assert "deskapp --desk postgresql://OWNER@db.example:5433/lotus backup" in said
    assert not section.backup.isEnabled() and not section.move_desk.isEnabled()


def test_a_teams_database_is_named_without_its_password() -> None:
    place = place_of("postgresql://anna:hunter-42@db.example:5433/lotus")
    assert place.shown == "db.example:5433/lotus"
    assert place.file is None


def test_every_control_of_every_section_has_a_name(
    page: SettingsPage, desk: Desk, work: Work, qtbot: QtBot
) -> None:
    desk.mailboxes.add(SUPPORT)
    for name in ("mailboxes", "agents", "signatures", "appearance", "data", "about"):
        page.show_section(name)
    qtbot.waitUntil(lambda: SUPPORT.address in texts(page.show_section("mailboxes")))
    dialog = MailboxDialog(work, page._shell.outside, desk.mailboxes.list()[0], page)
    assert nameless(page) == []
    assert nameless(dialog) == []
