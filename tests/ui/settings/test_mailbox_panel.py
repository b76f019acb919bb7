"""The panel of a mailbox on a real desk: numbers by folder, held mail, audit, stop and go on."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from deskapp.data.queries import ledger_scope
from deskapp.data.queries.blobs import put_blob
from deskapp.data.queries.folders import note_check, note_state
from deskapp.data.queries.leases import acquire
from deskapp.data.queries.mailboxes import lease_name
from deskapp.data.tables.mail import folder, server_mail
from deskapp.desk import Desk
from deskapp.domain.ids import FolderId, MailboxId
from deskapp.domain.kinds import LedgerState, Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.ui import mailbox_words
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.held_row import HeldRow
from deskapp.ui.settings.mailbox_card import MailboxCard
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.data.mail_rows import add_folder
from tests.ui.named import nameless, not_plain

HERE = Server("127.0.0.1", 1143, Security.NONE, "support@shop.example")
SUPPORT = MailboxSettings("support@shop.example", "Lotus", HERE, HERE)
LONG = "INBOX/Khiếu nại về giao hàng chậm và đổi trả sản phẩm mùa mưa bão miền Trung"
NOW = datetime.now(UTC)
RAW = b"Subject: <b>held</b>\r\n\r\n\x00\xffas it came"


@pytest.fixture
def box(desk: Desk) -> MailboxId:
    return desk.mailboxes.add(SUPPORT)


@pytest.fixture
def inbox(desk: Desk, box: MailboxId) -> FolderId:
    """Two folders; of the inbox's 6 mails 3 are stored, 1 is held, 2 wait."""
    made = add_folder(desk.database, box)
    add_folder(desk.database, box, LONG)
    with desk.database.writing() as unit:
        name = put_blob(unit.connection, RAW)
        unit.connection.execute(update(folder).values(uidvalidity=7))
        unit.connection.execute(
            update(folder).where(folder.c.id == made).values(on_server=6, uidvalidity=7)
        )
        states = (*[LedgerState.STORED] * 3, LedgerState.HELD)
        unit.connection.execute(
            insert(server_mail),
            [
                {
                    "folder_id": made,
                    "uidvalidity": 7,
                    "uid": uid,
                    "state": state,
                    "sha256": name,
                    "reason": "nesting" if state is LedgerState.HELD else "",
                    "first_seen_at": NOW,
                }
                for uid, state in enumerate(states, start=1)
            ],
        )
        note_state(unit, box, "ok", "", NOW, success=True)
        acquire(unit.connection, lease_name(box), "till-2:00aa:4711:x")
        unit.touched.areas.add("ledger")
    return made


@pytest.fixture
def page(work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def card_of(page: SettingsPage, qtbot: QtBot) -> MailboxCard:
    page.show_section("mailboxes")
    qtbot.waitUntil(lambda: bool(page.findChildren(MailboxCard)))
    return page.findChildren(MailboxCard)[0]


def said(card: MailboxCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if not one.isHidden())


def test_each_folder_stands_with_its_numbers_and_who_fetches_it(
    page: SettingsPage, inbox: FolderId, qtbot: QtBot
) -> None:
    card = card_of(page, qtbot)
    told = {one.accessibleName() for one in card.findChildren(QLabel)}
    for fact in ("On server: 6", "Stored: 3", "Held: 1", "Waiting: 2", "Last full check: not yet"):
        assert f"INBOX, {fact}" in told
    assert f"{LONG}, On server: –" in told
    assert "till-2 fetches it since" in card.lease.text()
    assert "(process 4711)" in card.lease.text()
    assert card.state.text().startswith("Connected.")
    assert "4 of 6" in card.import_.words.text()
    assert nameless(page) == []
    assert not_plain(page) == []


def test_a_held_mail_says_why_is_opened_as_text_and_tried_again(
    page: SettingsPage, desk: Desk, inbox: FolderId, qtbot: QtBot
) -> None:
    card = card_of(page, qtbot)
    [row] = card.findChildren(HeldRow)
    assert "too deep to read safely" in said(card)
    row.raw.click()
    qtbot.waitUntil(
        lambda: any("<b>held</b>" in one.toPlainText() for one in page.findChildren(QPlainTextEdit))
    )
    [source] = page.findChildren(QPlainTextEdit)
    assert source.isReadOnly()
    row.again.click()
    qtbot.waitUntil(lambda: desk.mailboxes.held() == ())
    qtbot.waitUntil(lambda: card.findChildren(HeldRow) == [])


def test_an_audit_waits_for_the_engine_and_names_what_is_not_here(
    page: SettingsPage, desk: Desk, box: MailboxId, inbox: FolderId, qtbot: QtBot
) -> None:
    card = card_of(page, qtbot)
    card.audit.button.click()
    qtbot.waitUntil(lambda: "Comparing with the server" in card.audit.result.text())
    [row] = desk.mailboxes.list()
    with desk.database.writing() as unit:
        ledger_scope.stop_at(unit, inbox, 7, [5, 6], NOW)
        for one in row.folders:
            exists = 6 if one.id == inbox else 0
            note_check(unit, one.id, exists=exists, at=NOW, answered=row.asked)
    qtbot.waitUntil(lambda: "2 mails on the server are not here" in card.audit.result.text())
    stopped = "INBOX · 2 mails · The import was stopped before their turn · UID 5, 6"
    qtbot.waitUntil(lambda: stopped in said(card))
    assert "INBOX · 1 mail · Mails within mails" in said(card)
    assert card.audit.button.isEnabled()


def test_a_complete_mailbox_is_said_to_be_complete(
    page: SettingsPage, desk: Desk, box: MailboxId, inbox: FolderId, qtbot: QtBot
) -> None:
    desk.mailboxes.fetch_since(box, NOW - timedelta(days=90))
    with desk.database.writing() as unit:
        unit.connection.execute(update(server_mail).values(state=LedgerState.STORED))
        ledger_scope.leave_out(unit, inbox, 7, [5, 6], NOW)
    card = card_of(page, qtbot)
    card.audit.button.click()
    qtbot.waitUntil(lambda: desk.mailboxes.list()[0].asked == 2)
    with desk.database.writing() as unit:
        for one in desk.mailboxes.list()[0].folders:
            exists = 6 if one.id == inbox else 0
            note_check(unit, one.id, exists=exists, at=NOW, answered=2)
    qtbot.waitUntil(lambda: "4 of 4: every mail on the server is here." in said(card))
    assert "2 older than" in card.audit.result.text()


def test_an_import_is_stopped_and_goes_on_with_the_keyboard_where_it_was(
    page: SettingsPage, desk: Desk, box: MailboxId, inbox: FolderId, qtbot: QtBot
) -> None:
    card = card_of(page, qtbot)
    qtbot.waitUntil(card.import_.stop.isVisible)
    assert not card.import_.resume.isVisible()
    [for_good, for_now] = card.import_.stop.menu().actions()
    for_now.trigger()
    qtbot.waitUntil(card.import_.resume.isVisible)
    assert "stopped by you until the next start" in card.state.text()
    assert desk.mailboxes.get(box).stopped_until_start
    card.import_.resume.setFocus()
    card.import_.resume.click()
    qtbot.waitUntil(card.import_.stop.isVisible)
    assert desk.mailboxes.get(box).stopped is None
    assert page.findChildren(MailboxCard) == [card]
    for_good.trigger()
    qtbot.waitUntil(card.import_.resume.isVisible)
    assert not desk.mailboxes.get(box).stopped_until_start


@pytest.mark.parametrize(
    ("state", "retry", "words"),
    [
        ("offline", False, "Offline since"),
        ("sign_in_refused", False, "Sign-in refused since"),
        ("server_refused", True, "because the server said so"),
        ("no_secret", False, "Not working since"),
        ("folder_missing", False, "Fetched in part since"),
    ],
)
def test_every_state_of_a_mailbox_is_told_in_words(
    desk: Desk, box: MailboxId, qapp: object, state: str, retry: bool, words: str
) -> None:
    later = NOW + timedelta(minutes=9) if retry else None
    with desk.database.writing() as unit:
        note_state(unit, box, state, "said {so}", NOW, success=False, retry_at=later)
    [row] = desk.mailboxes.list()
    assert words in mailbox_words.state(row, NOW)
    assert "No computer fetches" in mailbox_words.lease(row, NOW)
    assert mailbox_words.short_state(row, NOW)[0]


def test_a_folder_that_is_not_on_the_server_is_not_called_complete(
    desk: Desk, box: MailboxId, qapp: object
) -> None:
    with desk.database.writing() as unit:
        note_state(unit, box, "folder_missing", "Returns", NOW, success=True)
    [row] = desk.mailboxes.list()
    said, tone = mailbox_words.audit(row, ())
    assert said.endswith(
        "every mail in the other folders is here. Could not be looked at: Returns."
    )
    assert tone == "warn"


def test_how_long_it_takes_is_told_roughly(qapp: object) -> None:
    told = [
        mailbox_words.left(None if seconds is None else timedelta(seconds=seconds))
        for seconds in (None, 20, 61, 240, 7200)
    ]
    assert told == ["", "less than a minute", "about 1 minute", "about 4 minutes", "about 2 hours"]


def test_a_changed_reach_is_saved_with_the_mailbox(
    page: SettingsPage, desk: Desk, box: MailboxId, shell: ShellActions, work: Work, qtbot: QtBot
) -> None:
    from deskapp.ui.pieces import form
    from deskapp.ui.settings.mailbox_dialog import MailboxDialog

    since = NOW - timedelta(days=30)
    desk.mailboxes.fetch_since(box, since)
    kept = desk.mailboxes.get(box).settings.since
    dialog = MailboxDialog(work, shell.outside, desk.mailboxes.get(box), page)
    assert dialog.form.settings().since == kept
    form.choose(dialog.form.since, 0)
    assert dialog.form.settings().since is None
