"""Settings on a real desk: mailboxes with their test, staff, signatures, look."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp import settings as kept_settings
from deskapp.desk import Desk
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxRow, MailboxSettings, Server, StepResult
from deskapp.ui.bridge import Bridge
from deskapp.ui.mailbox_words import counts, trouble_of
from deskapp.ui.pieces import form
from deskapp.ui.settings.agents import AgentsSection
from deskapp.ui.settings.appearance import AppearanceSection
from deskapp.ui.settings.data_folder import DataFolderSection, place_of
from deskapp.ui.settings.mailbox_dialog import MailboxDialog
from deskapp.ui.settings.mailboxes import MailboxesSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.signatures import SignaturesSection
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain

HERE = Server("127.0.0.1", 1143, Security.NONE, "support@shop.example")
SUPPORT = MailboxSettings("support@shop.example", "Lotus <b>support</b>", HERE, HERE)
STEPS = ("name", "tls", "sign_in", "folders", "smtp")
PASSWORD = "hunter-42"


@pytest.fixture
def page(work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def texts(section: object) -> str:
    assert isinstance(section, MailboxesSection | AgentsSection)
    return "\n".join(label.text() for label in section.findChildren(QLabel))


def test_a_new_mailbox_is_tried_step_by_step_and_then_kept(
    page: SettingsPage, desk: Desk, shell: ShellActions, work: Work, qtbot: QtBot
) -> None:
    tried: list[tuple[MailboxSettings, str, str]] = []
    restarted: list[bool] = []

    def live_test(settings: MailboxSettings, imap: str, smtp: str) -> Iterator[StepResult]:
        tried.append((settings, imap, smtp))
        for step in STEPS:
            yield StepResult(step, True, said="INBOX (12)" if step == "folders" else "")

    shell.outside = replace(
        shell.outside,
        suggest_servers=lambda _address: (HERE, HERE),
        live_test=live_test,
        restart_engine=lambda: restarted.append(True),
    )
    section = page.show_section("mailboxes")
    assert isinstance(section, MailboxesSection)
    section.add.click()
    [dialog] = section.findChildren(MailboxDialog)
    qtbot.keyClicks(dialog.form.address, "support@shop.example")
    qtbot.keyClicks(dialog.form.password, PASSWORD)
    with qtbot.waitSignal(dialog.saved):
        dialog.foot.test.click()
    assert "INBOX (12)" in dialog.form.steps.words("folders")
    assert all(dialog.form.steps.words(step) for step in STEPS)
    [(settings, imap, smtp)] = tried
    assert (settings.imap.host, imap, smtp) == ("127.0.0.1", PASSWORD, PASSWORD)
    [row] = desk.mailboxes.list()
    assert row.settings.address == "support@shop.example"
    assert shell.outside.secrets.get("support@shop.example", "smtp") == PASSWORD
    assert restarted == [True]
    qtbot.waitUntil(lambda: "support@shop.example" in texts(section))


def test_a_second_mailbox_of_one_address_is_refused_and_changes_no_password(
    page: SettingsPage, desk: Desk, shell: ShellActions, work: Work, qtbot: QtBot
) -> None:
    desk.mailboxes.add(SUPPORT)
    shell.outside.secrets.set(SUPPORT.address, "imap", "first")
    shell.outside = replace(shell.outside, suggest_servers=lambda _address: (HERE, HERE))
    dialog = MailboxDialog(work, shell.outside, None, page)
    dialog.show()
    qtbot.keyClicks(dialog.form.address, SUPPORT.address)
    qtbot.keyClicks(dialog.form.password, PASSWORD)
    dialog.save()
    qtbot.waitUntil(dialog.form._told.isVisible)
    assert "exists already" in dialog.form._told.text()
    assert shell.outside.secrets.get(SUPPORT.address, "imap") == "first"


def test_an_edit_without_a_password_tries_the_kept_one_and_keeps_the_signature(
    page: SettingsPage, desk: Desk, shell: ShellActions, work: Work, qtbot: QtBot
) -> None:
    box = desk.mailboxes.add(replace(SUPPORT, signature="Lotus", country="TW"))
    shell.outside.secrets.set(SUPPORT.address, "imap", PASSWORD)
    tried: list[tuple[str, str]] = []

    def live_test(_settings: MailboxSettings, imap: str, smtp: str) -> Iterator[StepResult]:
        tried.append((imap, smtp))
        yield StepResult("name", True)

    shell.outside = replace(shell.outside, live_test=live_test)
    dialog = MailboxDialog(work, shell.outside, desk.mailboxes.get(box), page)
    dialog.form.name.setText("Lotus Đà Nẵng")
    assert dialog.form.country.currentData() == "TW"
    form.choose(dialog.form.country, "VN")
    with qtbot.waitSignal(dialog.saved):
        dialog.foot.test.click()
    assert tried == [(PASSWORD, PASSWORD)]
    settings = desk.mailboxes.get(box).settings
    assert (settings.name, settings.signature) == ("Lotus Đà Nẵng", "Lotus")
    assert settings.country == "VN"


def test_without_a_mailbox_the_page_says_what_to_do(page: SettingsPage, qtbot: QtBot) -> None:
    section = page.show_section("mailboxes")
    qtbot.waitUntil(lambda: "No mailbox yet" in texts(section))
    assert "no keyring" in texts(section)


def test_a_removed_mailbox_is_gone_with_its_password(
    page: SettingsPage, desk: Desk, shell: ShellActions, qtbot: QtBot
) -> None:
    box = desk.mailboxes.add(SUPPORT)
    shell.outside.secrets.set(SUPPORT.address, "imap", PASSWORD)
    section = page.show_section("mailboxes")
    assert isinstance(section, MailboxesSection)
    section.remove(desk.mailboxes.get(box))
    qtbot.waitUntil(lambda: "No mailbox yet" in texts(section))
    qtbot.waitUntil(lambda: shell.outside.secrets.get(SUPPORT.address, "imap") is None)


def test_a_colleagues_mailbox_appears_by_itself(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("mailboxes")
    qtbot.waitUntil(lambda: "No mailbox yet" in texts(section))
    desk.mailboxes.add(SUPPORT)
    qtbot.waitUntil(lambda: SUPPORT.address in texts(section))
    assert "not fetched yet" in texts(section)
    assert not_plain(page) == []


def test_a_mailbox_in_trouble_says_what_the_server_said() -> None:
    row = MailboxRow(1, SUPPORT, "sign_in_refused", "[ALERT] app password", None, (), "")  # type: ignore[arg-type]
    told = trouble_of(row)
    assert told is not None
    assert "[ALERT] app password" in told.happened
    assert counts(row) == "not fetched yet"


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


def test_a_signature_being_typed_survives_a_colleagues_change(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.mailboxes.add(SUPPORT)
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    qtbot.waitUntil(section.mine.isEnabled)
    section.mine.setPlainText("Anna\nLotus Đà Nẵng")
    olga = desk.agents.add("Olga")
    desk.agents.edit(olga, signature="Olga")
    section.save_mine.click()
    me = desk.agent
    assert me is not None
    qtbot.waitUntil(lambda: desk.agents.get(me).signature == "Anna\nLotus Đà Nẵng")
    qtbot.waitUntil(lambda: not section.save_mine.isEnabled())


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
    qtbot.waitUntil(section.backup.isEnabled)
    assert "written and checked" in section._told.text()
    kept = file.read_bytes()
    section.back_up(file)
    qtbot.waitUntil(lambda: "already" in section._told.text())
    assert file.read_bytes() == kept


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


def test_a_signature_for_a_language_is_kept_and_taken_away(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    others = section.others
    assert not others.text.isEnabled(), "the usual one stands above"
    others.whose.setCurrentIndex(1)
    others.language.setCurrentIndex(others.language.findData("vi"))
    others.text.setPlainText("Cửa hàng Lotus\n{{ mailbox.address }}")
    others.save.click()
    qtbot.waitUntil(
        lambda: any(one.language == "vi" and one.agent is None for one in desk.signatures.list())
    )
    qtbot.waitUntil(lambda: not others.save.isEnabled())
    others.text.clear()
    others.save.click()
    qtbot.waitUntil(lambda: not any(one.language for one in desk.signatures.list()))


def test_a_signature_that_cannot_be_filled_in_stays_in_its_field(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    section.others.whose.setCurrentIndex(1)
    section.others.text.setPlainText("{% if %}")
    with qtbot.waitSignal(section.others.refused):
        section.others.save.click()
    assert section.others.text.toPlainText() == "{% if %}"
