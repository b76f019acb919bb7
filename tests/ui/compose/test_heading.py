"""From can be chosen, and what is odd about From and To stands above the reply in words."""

import email
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.send_button import LATER
from tests.desk.letters import letter

from .counter import CHAU, Counter

Show = Callable[[], None]


@pytest.fixture
def counter(counter: Counter) -> Counter:
    """With a second mailbox, and Chau's newest mail asking for its answer elsewhere."""
    counter.ground.add_mailbox("sales@shop.example")
    counter.ground.arrive(
        letter(
            "Trả lời em ở đây nhé.",
            sender=CHAU,
            message_id="chau2@customer.example",
            answers=("chau@customer.example",),
            headers={"Reply-To": "Nguyễn Thị Minh Châu <minhchau@custorner.example>"},
            hours=1,
        )
    )
    return counter


def test_another_sender_is_warned_of_kept_by_the_draft_and_leaves(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    at = counter.composer.at
    field = at.recipients.leaves_from
    qtbot.waitUntil(lambda: field.count() == 2)
    assert field.currentText() == "support@shop.example" and "It leaves" not in at.head_note.text()
    field.setCurrentIndex(1)
    field.textActivated.emit(field.currentText())
    assert "leaves from sales@shop.example; the customer wrote to support" in at.head_note.text()
    assert at.head_note.property("tone") == "warn" and not at.head_note.isHidden()
    counter.type("Hello")
    counter.composer.flush()
    counter.settle()
    again = counter.new_composer()
    counter.open(counter.ticket, again)
    qtbot.waitUntil(lambda: again.at.recipients.leaves_from.currentText() == "sales@shop.example")
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send()
    raw = counter.desk.tickets.raw(sent.args[0].message)
    assert "sales@shop.example" in email.message_from_bytes(raw)["From"]


def test_a_reply_to_on_another_site_is_said_until_it_is_taken_out(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    at = counter.composer.at
    qtbot.waitUntil(lambda: "another domain" in at.head_note.text())
    assert "custorner.example" in at.head_note.text()
    assert at.head_note.property("tone") == "warn"
    at.recipients.show_people((), ())
    at.recipients.to.line.setText("minhchau@customer.example")
    at.recipients.finish()
    assert at.head_note.isHidden()


def test_when_a_reply_was_to_leave_comes_back_with_its_draft(
    counter: Counter, at_work: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskapp.ui.compose.later_dialog import Later, LaterDialog

    at_work()
    when = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    monkeypatch.setattr(
        counter.composer.steps, "ask_when", lambda _draft: Later(when, unless_answered=False)
    )
    counter.type("Hello")
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send(LATER)
    counter.composer.bring_back(counter.desk.replies.undo(sent.args[0].outbox_id))
    qtbot.waitUntil(lambda: counter.composer.at.editor.text() == "Hello")
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    assert (line.shown.leave_at, line.shown.unless_answered) == (when, False)
    assert "was to leave" in counter.composer.at.state.text()
    now = datetime.now().astimezone()
    dialog = LaterDialog(now, counter.composer, Later(when, unless_answered=False))
    assert dialog.chosen().at == when and not dialog.chosen().unless_answered
