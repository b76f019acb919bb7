"""What filing asks and tells on the cards of a conversation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import Direction, EventKind, MailKind
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.mail import Address
from deskapp.domain.messages import Ask, AskKind, Returned
from deskapp.domain.tickets import Conversation, EventRow
from deskapp.ui import words
from deskapp.ui.inbox.filed_remarks import returned_words
from deskapp.ui.inbox.filed_words import how_filed
from deskapp.ui.inbox.linked_strip import LinkedStrip
from deskapp.ui.inbox.newcomer_line import NewcomerLine
from deskapp.ui.inbox.remarks import filed_line
from tests.ui.sample_rows import NOW, message, ticket_row

EVE = Address("Eve", "eve@other.example")


class Recorder:
    """Runs what is asked at once, on a desk that notes it."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any, Any]] = []
        self.newcomers = self.tickets = self

    def __getattr__(self, name: str) -> Any:
        return lambda one, other: self.calls.append((name, one, other))

    def do(self, act: Any, done: Any, _failed: Any, owner: object) -> None:
        act(self)
        done(None)


@pytest.mark.parametrize(
    ("kind", "calls"),
    [
        (AskKind.NEWCOMER, ["add", "make_customer", "same_person", "separate"]),
        (AskKind.FORWARDED, ["make_customer", "add"]),
        (AskKind.CLAIMS, ["merge", "add"]),
    ],
)
def test_each_answer_is_one_click(qtbot: Any, kind: AskKind, calls: list[str]) -> None:
    desk = Recorder()
    for place, call in enumerate(calls):
        ask = Ask(kind, EVE, TicketId(9), 123)
        line = NewcomerLine(ask, TicketId(1), desk, None)  # type: ignore[arg-type]
        qtbot.addWidget(line)
        assert len(line.buttons) == len(calls)
        with qtbot.waitSignal(line.settled):
            line.buttons[place].click()
        assert desk.calls[-1] == (call, 1, 9 if call == "merge" else EVE)


def test_the_question_names_who_and_the_claimed_ticket(qtbot: Any) -> None:
    line = NewcomerLine(Ask(AskKind.CLAIMS, EVE, TicketId(9), 123), TicketId(1), None, None)  # type: ignore[arg-type]
    qtbot.addWidget(line)
    [told] = [one.text() for one in line.findChildren(QLabel)]
    assert told == "Eve <eve@other.example> claims to belong to ticket 123."


def test_the_links_of_a_conversation_open_the_other_tickets(qtbot: Any) -> None:
    strip = LinkedStrip()
    qtbot.addWidget(strip)
    row = ticket_row(1)
    strip.show_links(Conversation(row, (), ()))
    assert strip.isHidden()
    before, after = LinkedTicket(TicketId(5), 50, "Old"), LinkedTicket(TicketId(7), 70, "New")
    strip.show_links(Conversation(row, (), (), before, (after,)))
    buttons = strip.findChildren(QPushButton)
    assert [one.text() for one in buttons] == ["Continues ticket 50", "Continued in ticket 70"]
    with qtbot.waitSignal(strip.ticket_wanted) as wanted:
        buttons[1].click()
    assert wanted.args == [TicketId(7)]


def test_returned_mail_and_history_are_told_in_words() -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    assert returned_words(Returned("mai@c.example", "5.1.1", True, at)) == (
        "Not delivered to mai@c.example. Their server refused it for good (5.1.1). "
        "Nobody has this address there."
    )
    assert "go on trying." in returned_words(Returned("mai@c.example", "", False, at))
    told = [
        words.event(EventRow(kind, NOW + timedelta(0), "Anna", old, new, ""))
        for kind, old, new in (
            (EventKind.FOLLOWED, "3", ""),
            (EventKind.FOLLOWED, "", "4"),
            (EventKind.ADMITTED, "", "eve@other.example"),
        )
    ]
    assert told == [
        "Continues ticket 3",
        "Continued in ticket 4",
        "Anna added eve@other.example to the ticket",
    ]
    assert words.joined_by("reference") == "joined by References"


def test_every_message_tells_how_it_came_here() -> None:
    came = message(1, Direction.IN, "Where is it?", joined_by="reference", message_id="a@c.example")
    told = " ".join(how_filed(came))
    assert "joined by References" in told and "a@c.example" in told
    assert filed_line(came) == ""  # sure, so that no card needs a line for it
    assert filed_line(replace(came, joined_by="subject")) == "Joined by subject and sender"
    ours = replace(came, direction=Direction.OUT, agent_name="Anna", joined_by="written")
    assert how_filed(ours)[0] == "Anna wrote it here."
    began = replace(came, joined_by="new", kind=MailKind.AUTO_REPLY)
    assert how_filed(began)[:2] == [
        "It began this ticket: it belongs to no other.",
        "A machine wrote it: automatic reply.",
    ]
