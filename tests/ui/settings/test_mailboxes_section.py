"""Mailboxes in the settings: tried step by step, kept, changed, removed, and in trouble."""

from collections.abc import Iterator
from dataclasses import replace

from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.mailboxes import MailboxRow, MailboxSettings, StepResult
from deskapp.ui.mailbox_words import counts, trouble_of
from deskapp.ui.pieces import form
from deskapp.ui.settings.mailbox_dialog import MailboxDialog
from deskapp.ui.settings.mailboxes import MailboxesSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import not_plain
from tests.ui.settings.shown_sections import HERE, SUPPORT, texts

STEPS = ("name", "tls", "sign_in", "folders", "smtp")
PASSWORD = "hunter-42"


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
