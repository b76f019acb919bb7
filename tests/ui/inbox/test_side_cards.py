"""The cards of a side thread in the whole window: forwarded and answered from there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.replies import FORWARD
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.inbox.conversation_pane import ConversationPane
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.pieces.buttons import IconButton
from deskapp.ui.pieces.card import Chip
from tests.desk.letters import letter
from tests.ui.compose.counter import Counter
from tests.ui.compose.counter_window import inbox, shown_shell

CARRIER = "desk@carrier.example"


@pytest.fixture
def counter(counter: Counter) -> Counter:
    """Chau's mail was handed on to a carrier, who answered."""
    first = counter.desk.tickets.conversation(counter.ticket).messages[0].id
    draft = counter.desk.side_threads.forward(counter.ticket, first)
    sent = counter.desk.replies.send(
        replace(draft, to=(Address("", CARRIER),), body="Where is it?"), delay=timedelta(0)
    )
    counter.ground.arrive(
        letter("In the van", sender=CARRIER, answers=(sent.message_id,), hours=25)
    )
    return counter


@pytest.fixture
def pane(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Iterator[ConversationPane]:
    shell = shown_shell(counter, tmp_path, qtbot)
    page = inbox(shell)
    assert page.list.list.choose(counter.ticket)
    pane = page.conversation
    qtbot.waitUntil(lambda: pane.composer.keeper.line("reply") is not None)
    qtbot.waitUntil(lambda: len(pane.messages.cards) == 3)
    yield pane  # the window lives as long


def _button(card: MessageCard, words: str) -> QPushButton | None:
    return next((one for one in card.findChildren(QPushButton) if one.text() == words), None)


def _card(pane: ConversationPane, sender: str) -> MessageCard:
    return next(one for one in pane.messages.cards if one.message.sender.address == sender)


def _forward(card: MessageCard) -> None:
    menus = [one.menu() for one in card.findChildren(IconButton) if one.menu() is not None]
    actions = [action for menu in menus for action in menu.actions()]
    next(one for one in actions if one.text().startswith("Forward")).trigger()


def test_the_button_on_its_card_answers_the_third_party_and_only_there(
    pane: ConversationPane, qtbot: QtBot
) -> None:
    theirs = _card(pane, CARRIER)
    assert _button(_card(pane, "minhchau@customer.example"), "Answer here") is None
    answer = _button(theirs, "Answer here")
    assert answer is not None
    answer.click()
    qtbot.waitUntil(lambda: pane.composer.page.kind == FORWARD)
    line = pane.composer.keeper.line(FORWARD)
    assert line is not None
    assert (line.shown.to, line.shown.side) == ((Address("", CARRIER),), theirs.message.side)


def test_chips_of_a_narrow_head_do_not_lie_on_each_other(
    pane: ConversationPane, counter: Counter, qtbot: QtBot
) -> None:
    counter.desk.tickets.edit(
        counter.ticket,
        TicketEdit(status=TicketStatus.WAITING, add_tags=("warranty", "lost parcel", "invoice")),
    )
    pane.read_again()

    def chips() -> list[Chip]:
        return [one for one in pane.head.findChildren(Chip) if one.isVisible()]

    qtbot.waitUntil(lambda: any(one.text() == "Waiting for customer" for one in chips()))
    for width in (700, 366):
        pane.head.setFixedWidth(width)
        pane.head.grab()  # lays it out
        places = [one.geometry() for one in chips()]
        assert not any(one.intersects(two) for one, two in combinations(places, 2)), places
    assert chips()[0].text() == "Waiting for customer"


def test_the_menu_of_a_card_forwards_that_message(pane: ConversationPane, qtbot: QtBot) -> None:
    card = _card(pane, CARRIER)
    _forward(card)
    qtbot.waitUntil(lambda: pane.composer.page.kind == FORWARD)
    line = pane.composer.keeper.line(FORWARD)
    assert line is not None and line.shown.hands_on
    assert line.shown.forwards == card.message.id
