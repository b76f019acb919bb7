"""The history of a ticket: every event a whole sentence, and why it happened."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import EventKind, MailKind
from deskapp.domain.tickets import Conversation, EventRow
from deskapp.ui import words
from deskapp.ui.inbox.history_window import HistoryWindow
from deskapp.ui.inbox.history_words import why
from tests.ui.sample_rows import NOW, conversation_messages, ticket_row

MESSAGES = conversation_messages()
SHOWN = Conversation(ticket_row(1), MESSAGES, ())  # type: ignore[arg-type]
THEIRS = MESSAGES[0]


def told(kind: EventKind, old: str = "", new: str = "", reason: str = "") -> EventRow:
    return EventRow(kind, NOW, "Anna", old, new, reason, 1, THEIRS.id)


def explained(event: EventRow, shown: Conversation = SHOWN) -> str:
    return why(event, shown.messages, shown.events)


@pytest.mark.parametrize("kind", list(EventKind))
@pytest.mark.usefixtures("qapp")
def test_every_event_is_a_sentence_without_holes(kind: EventKind) -> None:
    old, new = ("new", "open") if kind is EventKind.STATUS else ("7", "8")
    if kind is EventKind.PRIORITY:
        old, new = "low", "high"
    if kind is EventKind.DUE:
        old, new = "", NOW.isoformat()
    said = words.event(told(kind, old, new))
    assert len(said.split()) >= 2
    assert "{" not in said


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (told(EventKind.STATUS, "closed", "open", "mail"), "an answer reopens what had ended"),
        (told(EventKind.STATUS, "open", "waiting", "mail"), "now the customer is waited for"),
        (told(EventKind.STATUS, "open", "waiting", "reply"), "chosen when the reply was sent"),
        (told(EventKind.STATUS, "closed", "open", "undo"), "taken back"),
        (told(EventKind.TAGGED, "", "vip", "canned Đổi hàng"), "canned reply “Đổi hàng”"),
        (told(EventKind.UNTAGGED, "vip", "", "tag_deleted"), "The tag was deleted"),
        (told(EventKind.CREATED, "", "new"), "belonged to no other ticket"),
        (told(EventKind.CREATED, "", "closed"), "from before this desk"),
        (told(EventKind.AUTO_REPLIED), "answers by itself"),
        (told(EventKind.FOLLOWED, "7"), "too long after the end"),
        (told(EventKind.CUSTOMER, "A", "B", "merge"), "made one"),
        (told(EventKind.CUSTOMER, "A", "B", "unmerge"), "taken back"),
        (told(EventKind.SEND_FAILED, reason="550 no such user"), "550 no such user"),
        (told(EventKind.HANDED_OVER, "", "Kho", "to_team Count it"), "needed: Count it"),
        (told(EventKind.TEAM, "", "Kho", "hand_over"), "hand-over"),
        (replace(told(EventKind.UNDONE), agent_name=""), "wrote first, and they did"),
    ],
)
def test_what_happened_by_itself_is_explained(event: EventRow, reason: str) -> None:
    assert reason in explained(event)


@pytest.mark.usefixtures("qapp")
def test_a_bounce_that_reopened_says_that_the_mail_never_arrived() -> None:
    bounced = replace(SHOWN, messages=(replace(THEIRS, kind=MailKind.BOUNCE), *MESSAGES[1:]))
    said = explained(told(EventKind.STATUS, "closed", "open", "mail"), bounced)
    assert "came back" in said


@pytest.mark.usefixtures("qapp")
def test_what_came_back_says_who_had_put_it_aside_and_what_came_from_elsewhere_how() -> None:
    aside = told(EventKind.SNOOZED, "", "reply")
    woke = EventRow(EventKind.WOKE, NOW, "", "", "", "reply", 2, THEIRS.id)
    shown = replace(SHOWN, events=(aside, woke))
    assert explained(woke, shown) == "Anna had snoozed it until the customer writes."
    ours = replace(THEIRS, joined_by="in_reply_to")
    reply = replace(told(EventKind.REPLIED), agent_name="")
    shown = replace(SHOWN, messages=(ours, *MESSAGES[1:]))
    assert words.event(reply) == "Replied from another mail program"
    assert "found in Sent: joined by In-Reply-To" in explained(reply, shown)


@pytest.mark.usefixtures("qapp")
def test_what_a_person_did_needs_no_reason() -> None:
    assert explained(told(EventKind.STATUS, "open", "closed")) == ""


def test_the_window_shows_the_newest_first_and_copies_it(qtbot: QtBot) -> None:
    events = (told(EventKind.CREATED, "", "new"), told(EventKind.ASSIGNED, "", "Olga"))
    window = HistoryWindow(replace(SHOWN, events=events))
    qtbot.addWidget(window)
    window.show()
    assert window.table.rowCount() == 2
    window.copy()
    first, second = QGuiApplication.clipboard().text().splitlines()
    assert "Anna assigned it to Olga" in first
    assert "Ticket created" in second


def test_a_reason_has_the_room_that_what_happened_leaves(qtbot: QtBot) -> None:
    window = HistoryWindow(replace(SHOWN, events=(told(EventKind.ASSIGNED, "", "Olga"),)))
    qtbot.addWidget(window)
    reason = window.table.item(0, 2)
    assert reason is not None
    reason.setText("By turns: " + "it was Olga's turn, and she has the desk open. " * 2)
    window.show()
    window.resize(1100, 400)
    wanted = window.table.fontMetrics().horizontalAdvance(reason.text())
    qtbot.waitUntil(lambda: window.table.columnWidth(2) > wanted)
    assert window.table.horizontalScrollBar().maximum() == 0
