"""A mailbox's automatic reply in the settings, and in the line below when it needs a person."""

import os
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskapp.data.queries.auto_replies import note_fault, pause
from deskapp.desk import Desk
from deskapp.domain.ids import CannedId, MailboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.replies import CannedReply
from deskapp.ui.bridge import Bridge
from deskapp.ui.settings.mailbox_auto_reply import MailboxAutoReply
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.status_line import StatusLine
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain

HERE = Server("127.0.0.1", 1143, Security.NONE, "support@shop.example")
SUPPORT = MailboxSettings("support@shop.example", "Lotus", HERE, HERE)
LONG = "Cảm ơn quý khách đã liên hệ, chúng tôi đã nhận được thư và sẽ trả lời sớm nhất"


@pytest.fixture
def box(desk: Desk) -> MailboxId:
    return desk.mailboxes.add(SUPPORT)


@pytest.fixture
def text(desk: Desk) -> CannedId:
    kept = desk.canned.save(CannedReply(None, LONG, "", (("vi", "Cảm ơn."),), 1)).id
    assert kept is not None
    return kept


@pytest.fixture
def panel(work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot, text: CannedId, box: int):  # type: ignore[no-untyped-def]
    page = SettingsPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    found: list[MailboxAutoReply] = []

    def there() -> bool:
        found[:] = page.findChildren(MailboxAutoReply)
        return bool(found) and found[0].isVisibleTo(page) and found[0].text.count() > 1

    qtbot.waitUntil(there)
    yield found[0]
    if os.environ.get("DESKAPP_PICTURES"):
        page.grab().save(f"{os.environ['DESKAPP_PICTURES']}/auto_reply_settings.png")


def test_it_is_off_until_a_text_is_chosen_and_off_again(
    panel: MailboxAutoReply, desk: Desk, box: MailboxId, text: CannedId, qtbot: QtBot
) -> None:
    assert panel.text.currentText() == "Off" and "Nobody" in panel.state.text()
    assert not panel.resume.isVisibleTo(panel)
    panel.text.setCurrentIndex(1)
    panel.text.activated.emit(1)
    qtbot.waitUntil(lambda: desk.auto_replies.of(box).canned == text)
    qtbot.waitUntil(lambda: "machines never do" in panel.state.text())
    panel.text.setCurrentIndex(0)
    panel.text.activated.emit(0)
    qtbot.waitUntil(lambda: not desk.auto_replies.of(box).on)
    assert not nameless(panel) and not not_plain(panel)


def test_a_pause_is_said_in_both_places_until_a_person_resumes(
    panel: MailboxAutoReply,
    desk: Desk,
    box: MailboxId,
    text: CannedId,
    work: Work,
    bridge: Bridge,
    qtbot: QtBot,
) -> None:
    line = StatusLine(work, bridge)
    qtbot.addWidget(line)
    line.resize(900, 28)
    line.show()
    desk.auto_replies.switch_on(box, text)
    with desk.database.writing() as unit:
        pause(unit, box, datetime.now(UTC))
    qtbot.waitUntil(lambda: "support@ automatic reply paused" in _texts(line))
    qtbot.waitUntil(lambda: "30 mails within 10 minutes" in panel.state.text())
    if os.environ.get("DESKAPP_PICTURES"):
        line.grab().save(f"{os.environ['DESKAPP_PICTURES']}/auto_reply_line.png")
        panel.window().grab().save(f"{os.environ['DESKAPP_PICTURES']}/auto_reply_paused.png")
    panel.resume.click()
    qtbot.waitUntil(lambda: desk.auto_replies.of(box).works)
    qtbot.waitUntil(lambda: "automatic reply" not in _texts(line))


def test_a_text_that_was_not_sent_is_said_with_its_ticket(
    panel: MailboxAutoReply, desk: Desk, box: MailboxId, text: CannedId, qtbot: QtBot
) -> None:
    desk.auto_replies.switch_on(box, text)
    with desk.database.writing() as unit:
        note_fault(unit, box, "unresolved_placeholder", "order.number", 12)
    qtbot.waitUntil(lambda: "ticket 12" in panel.state.text())
    assert "order.number" in panel.state.text() and panel.resume.isVisibleTo(panel)


def _texts(widget: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in widget.findChildren(QLabel))
