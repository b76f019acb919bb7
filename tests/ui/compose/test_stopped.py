"""What does not leave: a reply that is not whole, to nobody, or to a ticket that moved on."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from deskapp.domain.mail import Address
from deskapp.ui.compose.recipients import parse_addresses

from .counter import Counter

Show = Callable[[], None]


def test_an_unresolved_placeholder_stops_the_reply_and_is_selected(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    counter.composer.insert_text("👋 Parcel ⟦order.tracking⟧ is coming")
    counter.composer.send()
    editor = counter.composer.at.editor
    assert editor.textCursor().selectedText() == "⟦order.tracking⟧"
    assert "order.tracking" in counter.composer.at.notice.words.text()
    counter.settle()
    assert counter.desk.replies.outbox() == ()


def test_an_empty_reply_and_one_to_nobody_are_stopped_in_words(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.send()
    qtbot.waitUntil(lambda: "no text" in counter.composer.at.notice.words.text())
    counter.type("Hello")
    counter.composer.at.recipients.to.show_addresses([])
    counter.composer.send()
    assert "Nobody is named in To" in counter.composer.at.notice.words.text()
    assert counter.composer.at.recipients.isVisible()
    counter.settle()
    assert counter.desk.replies.outbox() == ()


def test_a_wrong_address_is_named_and_nothing_leaves(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("Hello")
    counter.composer.at.recipients.cc.line.setText("lan at example")
    counter.composer.send()
    qtbot.waitUntil(lambda: "lan at example" in counter.composer.at.notice.words.text())
    assert counter.desk.replies.outbox() == ()


def test_a_ticket_that_moved_on_stops_the_reply_and_offers_two_ways(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("It will come.")
    counter.customer_writes_again()
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Show what is new", "Send anyway (F9)"])
    assert counter.composer.at.editor.text() == "It will come."
    with qtbot.waitSignal(counter.composer.news_wanted) as news:
        notice.choose("Show what is new")
    conversation = counter.desk.tickets.conversation(counter.ticket)
    assert news.args == [conversation.newest]
    with qtbot.waitSignal(counter.composer.sent):  # it has been seen now
        counter.composer.send()


def test_send_anyway_sends(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.type("It will come.")
    counter.customer_writes_again()
    counter.composer.send()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Show what is new", "Send anyway (F9)"])
    with qtbot.waitSignal(counter.composer.sent):
        notice.choose("Send anyway (F9)")


def test_news_that_came_before_the_first_word_stops_nothing(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.customer_writes_again()
    counter.open(counter.ticket)  # the window around reads it anew
    counter.type("Yes.")
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send()


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("a@b.example", [Address("", "a@b.example")]),
        (
            "Nguyễn, <x@y.example>；陳怡君 <c@d.example>、e@f.example",
            [
                Address("", "Nguyễn"),
                Address("", "x@y.example"),
                Address("陳怡君", "c@d.example"),
                Address("", "e@f.example"),
            ],
        ),
        ('"Doe, Jane" <jane@d.example>', [Address("Doe, Jane", "jane@d.example")]),
        ("lan at example", [Address("", "lan at example")]),
        ("", []),
    ],
)
def test_addresses_are_read_as_typed_and_nothing_is_dropped(
    typed: str, people: list[Address]
) -> None:
    assert parse_addresses(typed) == people
