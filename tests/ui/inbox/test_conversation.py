"""An opened conversation: what its messages say, hide and bring, and what became of a reply."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import Direction, OutboxState
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.attachments import AttachmentChip
from deskapp.ui.inbox.delivery_line import DeliveryLine
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.inbox.opened_files import place_to_open
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.shell_actions import ShellActions
from tests.ui.inbox.opening import opened
from tests.ui.sample_desk import SampleDesk
from tests.ui.sample_rows import delivery, message, ticket_row


def shown_words(page: InboxPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_folded_quote_says_how_much_it_hides_and_opens(page: InboxPage, qtbot: QtBot) -> None:
    opened(page, qtbot, 1)
    card = page.conversation.messages.cards[-1]
    fold = next(b for b in card.findChildren(QPushButton) if b.text().startswith("quoted text"))
    assert fold.text() == "quoted text, 6 lines"
    assert ">" not in card.body.toPlainText()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert "> Chào chị Châu" in card.body.toPlainText()
    assert fold.text() == "hide quoted text"


def test_mail_data_in_labels_is_never_read_as_html(
    page: InboxPage, desk: SampleDesk, bridge: Bridge, qtbot: QtBot
) -> None:
    evil = '<img src="file:///etc/passwd">'
    desk.tickets.rows_by_id[TicketId(2)] = ticket_row(2, subject=evil, customer_name=evil)
    bridge.changed.emit(Changes(tickets=frozenset({TicketId(2)})))
    opened(page, qtbot, 2)
    page.grab()
    for one in page.findChildren(QLabel):
        assert one.textFormat() is Qt.TextFormat.PlainText, one.text()
        assert "<img" not in one.toolTip()


@pytest.mark.parametrize(
    ("state", "words", "buttons"),
    [
        (OutboxState.QUEUED, "Leaves in", ["Undo"]),
        (OutboxState.CLAIMED, "Being sent", []),
        (OutboxState.FAILED, "Not sent. The server said: 550 no such user", ["Try again"]),
        (OutboxState.UNCERTAIN, "May have been sent", ["It was sent", "Send it again"]),
        (OutboxState.CANCELLED, "Taken back", []),
    ],
)
def test_delivery_is_told_in_words_with_what_can_be_done(
    page: InboxPage,
    shell: ShellActions,
    qtbot: QtBot,
    state: OutboxState,
    words: str,
    buttons: list[str],
) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=14)
    line = DeliveryLine(
        delivery(state, not_before=soon, last_error="550 no such user"), page._work, shell
    )
    qtbot.addWidget(line)
    line.show()
    assert words in line.findChild(QLabel).text()
    assert [b.text() for b in line.findChildren(QPushButton) if b.isVisible()] == buttons


def test_fifty_messages_open_from_the_newest_and_the_older_ones_follow(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    desk.tickets.messages = tuple(
        message(number, Direction.IN, f"Message {number}\n" + "line\n" * 8)
        for number in range(1, 121)
    )
    opened(page, qtbot, 1)
    column = page.conversation.messages
    assert [card.message.id for card in column.cards][-6:] == list(range(115, 121))
    qtbot.waitUntil(lambda: len(column.cards) == 40)
    bar = column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    more = next(b for b in column.findChildren(QPushButton) if "earlier" in b.text())
    assert more.text() == "show 80 earlier messages"


def test_a_dangerous_attachment_can_be_saved_and_not_opened(page: InboxPage, qtbot: QtBot) -> None:
    opened(page, qtbot, 1)
    card: MessageCard = page.conversation.messages.cards[0]
    harmless, dangerous = card.findChildren(AttachmentChip)
    assert [action.isEnabled() for action in harmless.menu().actions()] == [True, True]
    assert [action.isEnabled() for action in dangerous.menu().actions()] == [True, False]
    assert "Not opened" in dangerous.menu().actions()[1].text()


def test_files_that_were_opened_are_gone_when_the_program_ends(qapp: QApplication) -> None:
    first, second = place_to_open("order.pdf"), place_to_open("order.pdf")
    for place in (first, second):
        place.write_bytes(b"%PDF")
    assert first != second
    assert first.parent.stat().st_mode & 0o077 == 0
    qapp.aboutToQuit.emit()
    assert not first.exists() and not second.exists()
    assert place_to_open("later.pdf").parent.is_dir()  # and a next time there is a place again
    qapp.aboutToQuit.emit()
