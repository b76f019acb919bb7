"""One canned reply to all that are selected: looked at, sent in the background, taken back."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import View
from deskapp.domain.replies import CannedReply
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.bulk_reply import BulkReplyDialog
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from tests.ui.compose.counter import Counter

HELLO = CannedReply(None, "Delayed", "", (("en", "Hello {{ customer.first_name }}, sorry."),), 0)


@pytest.fixture
def counter(counter: Counter) -> Counter:
    counter.desk.canned.save(HELLO)
    return counter


@pytest.fixture
def shell(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Shell:
    """The window at "All open" with two tickets, both selected."""
    made = Shell(counter.work, Bridge(), Remembered(tmp_path / "windows.ini"), "Lotus")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    page = made.page("inbox")
    assert isinstance(page, InboxPage)
    page.show_view(View.ALL_OPEN)
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 2)
    page.list.list.selectAll()
    page.actions_on_tickets.bulk_reply.trigger()
    return made


def waiting(desk: Desk) -> int:
    return len(desk.replies.outbox())


def test_what_customers_get_is_seen_before_it_is_sent_and_all_comes_back(
    shell: Shell, counter: Counter, qtbot: QtBot
) -> None:
    [dialog] = shell.page("inbox").findChildren(BulkReplyDialog)
    qtbot.waitUntil(dialog.send.isEnabled, timeout=20_000)  # the template language is loaded
    assert dialog.send.text() == "Send 2 mails"
    assert dialog.shown.toPlainText().count("sorry.") == 2
    assert waiting(counter.desk) == 0
    dialog.send.click()
    qtbot.waitUntil(lambda: "2 mails wait" in shell.act_bar.words.text())
    assert waiting(counter.desk) == 2
    qtbot.waitUntil(lambda: shell.undo.undo.text() == "Undo: send 2 mails")
    shell.undo.undo.trigger()
    qtbot.waitUntil(lambda: "2 mails taken back" in shell.act_bar.words.text())
    assert waiting(counter.desk) == 0
