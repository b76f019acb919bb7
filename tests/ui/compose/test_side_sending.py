"""What a reply can do a forward can: sender, files, pictures, later, and the stop for news."""

import email
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.replies import FORWARD, CannedReply, Draft
from deskapp.ui.compose.later_dialog import Later
from deskapp.ui.compose.send_button import HOLD, LATER, SendButton
from tests.desk.letters import letter

from .counter import Counter

Show = Callable[[], None]
CARRIER = "desk@carrier.example"


@pytest.fixture
def aside(counter: Counter, at_work: Show, qtbot: QtBot) -> Counter:
    """Chau's mail is about to be forwarded; a reply to her is half written."""
    counter.ground.add_mailbox("sales@shop.example")
    at_work()
    counter.type("Dear Chau")
    first = counter.desk.tickets.conversation(counter.ticket).messages[0].id
    counter.composer.side.forward(first)
    qtbot.waitUntil(lambda: counter.composer.page.kind == FORWARD)
    at = counter.composer.at
    at.recipients.to.line.setText(CARRIER)
    at.recipients.to.finish()
    at.editor.setFocus()
    return counter


def _draft(counter: Counter, kind: str = FORWARD) -> Draft:
    line = counter.composer.keeper.line(kind)
    assert line is not None
    return line.shown


def _sent(counter: Counter, qtbot: QtBot, send: Callable[[], None] | None = None) -> Message:
    with qtbot.waitSignal(counter.composer.sent) as sent:
        (send or counter.composer.send)()
    return email.message_from_bytes(counter.desk.tickets.raw(sent.args[0].message))


def _ways(button: SendButton) -> list[str]:
    menu = button.more.menu()
    shown = [one for one in menu.actions() if one.isVisible()]
    return [one.text().partition("\t")[0] for one in shown]


def test_its_other_ways_to_send_speak_of_the_third_party(aside: Counter, qtbot: QtBot) -> None:
    button = aside.composer.at.send
    assert _ways(button)[:3] == ["Send aside", "Send and hold until they answer", "Send and close"]
    assert "Send and wait for the customer" not in _ways(button)
    aside.type("Where is it?")
    _sent(aside, qtbot, lambda: aside.composer.send(HOLD))
    assert aside.desk.tickets.row(aside.ticket).status is TicketStatus.ON_HOLD
    qtbot.waitUntil(lambda: aside.composer.page.kind == "reply")
    assert _ways(button)[0] == "Send and wait for the customer"
    assert "Send and hold until they answer" not in _ways(button)


def test_it_may_leave_from_another_address_and_says_so(aside: Counter, qtbot: QtBot) -> None:
    at = aside.composer.at
    field = at.recipients.leaves_from
    qtbot.waitUntil(lambda: field.count() == 2)
    assert field.currentText() == "support@shop.example"
    field.setCurrentIndex(1)
    field.textActivated.emit(field.currentText())
    assert "It leaves from sales@shop.example" in at.head_note.text()
    assert "customer sees neither" in at.head_note.text()
    assert at.head_note.property("tone") == "warn"
    assert (_draft(aside).sender, _draft(aside, "reply").sender) == ("sales@shop.example", "")
    aside.type("Where is it?")
    assert "sales@shop.example" in _sent(aside, qtbot)["From"]


def test_an_answer_in_a_side_thread_warns_of_a_stranger_who_would_get_it(
    aside: Counter, qtbot: QtBot
) -> None:
    aside.type("Where is it?")
    ours = str(_sent(aside, qtbot)["Message-ID"]).strip("<>")
    caught = {"Reply-To": "desk@elsewhere.example"}
    aside.ground.arrive(letter("Here", sender=CARRIER, answers=(ours,), hours=25, headers=caught))
    conversation = aside.desk.tickets.conversation(aside.ticket)
    aside.composer.open_ticket(conversation)
    theirs = next(one for one in conversation.messages if one.sender.address == CARRIER)
    assert theirs.side is not None
    aside.composer.side.answer(theirs.id, theirs.side)
    note = aside.composer.at.head_note
    qtbot.waitUntil(lambda: "Look twice" in note.text())
    assert "desk@elsewhere.example" in note.text() and "In the side thread" in note.text()
    assert note.property("tone") == "warn"


def test_news_of_the_customer_stop_it_too_and_one_key_sends_it_anyway(
    aside: Counter, qtbot: QtBot
) -> None:
    aside.type("Where is it?")
    aside.customer_writes_again()
    aside.composer.send()
    notice = aside.composer.at.notice
    qtbot.waitUntil(lambda: "Em cần trước ngày 25." in notice.words.text())
    assert "Nothing was sent" in notice.words.text()
    assert len(aside.desk.tickets.conversation(aside.ticket).messages) == 2
    assert aside.composer.at.editor.text() == "Where is it?"
    mail = _sent(aside, qtbot, aside.composer.steps.send_anyway)
    assert mail["To"] == CARRIER
    qtbot.waitUntil(lambda: aside.composer.at.editor.text() == "Dear Chau")


def test_a_canned_reply_with_a_file_puts_both_into_the_forward(
    aside: Counter, qtbot: QtBot
) -> None:
    canned = aside.desk.canned
    form = canned.keep_file("Form.pdf", "application/pdf", b"%PDF-1.4 form")
    reply = CannedReply(None, "Trace", "", (("en", "Please trace it."),), 1)
    canned.save(replace(reply, files=(form,)))
    aside.type(";trac")
    picker = aside.composer.canned.picker
    qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
    qtbot.keyClick(aside.composer.at.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.filename for one in _draft(aside).files] == ["Form.pdf"])
    assert "Please trace it." in aside.composer.at.editor.text()
    aside.settle()
    mail = _sent(aside, qtbot)
    assert "Form.pdf" in [part.get_filename() for part in mail.walk()]
    reply_draft = _draft(aside, "reply")
    assert (reply_draft.body, reply_draft.files) == ("Dear Chau", ())


def test_a_pasted_picture_stands_in_the_forward(aside: Counter, qtbot: QtBot) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(0x00FF00)
    aside.type("Like this: ")
    aside.composer.at.editor.image_given.emit(picture)
    qtbot.waitUntil(lambda: len(_draft(aside).files) == 1)
    aside.composer.flush()
    aside.settle()
    mail = _sent(aside, qtbot)
    [inside] = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    named = str(inside["Content-ID"]).strip("<>")
    [page] = [part for part in mail.walk() if part.get_content_type() == "text/html"]
    assert f"cid:{named}".encode() in (page.get_payload(decode=True) or b"")
    assert _draft(aside, "reply").files == ()


def test_it_may_leave_later(aside: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    when = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    later = Later(when, unless_answered=True)
    monkeypatch.setattr(aside.composer.steps, "ask_when", lambda _draft: later)
    aside.type("Where is it?")
    _sent(aside, qtbot, lambda: aside.composer.send(LATER))
    [row] = aside.desk.replies.outbox()
    assert (row.to, row.not_before, row.unless_answered) == ((CARRIER,), when, True)
    aside.customer_writes_again()
    assert aside.desk.replies.outbox() == (), "they wrote first, so it stays here"
    back = aside.desk.side_threads.open_draft(aside.ticket)
    assert back is not None and back.body == "Where is it?"
