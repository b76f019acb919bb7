"""What must be known of a customer stands above the answer as soon as their ticket is open."""

from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.people import CustomerEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.compose.must_know import MustKnowLine
from deskapp.ui.inbox.card_beside import stand_beside
from deskapp.ui.inbox.conversation_pane import ConversationPane
from deskapp.ui.inbox.customer_card import CustomerCard
from deskapp.ui.inbox.ticket_actions import TicketActions
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, shell, work

__all__ = ["bridge", "desk", "shell", "work"]


def test_it_comes_with_the_card_and_goes_with_the_customer(
    desk: Desk, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot
) -> None:
    lan, minh = desk.customers.create("Lan"), desk.customers.create("Minh")
    desk.customers.edit(lan, CustomerEdit(must_know="Call first", vip=True))
    card = CustomerCard(work, shell)
    pane = ConversationPane(work, shell, TicketActions(work, shell, card))
    qtbot.addWidget(card)
    qtbot.addWidget(pane)
    stand_beside(card, pane, shell, bridge)
    line = pane.composer.at.must_know
    assert isinstance(line, MustKnowLine)
    card.show_customer(lan, None)
    qtbot.waitUntil(lambda: line.words.text() == "Must know: Call first")
    assert not line.isHidden()
    card.show_customer(minh, None)
    assert line.isHidden()
    card.show_customer(lan, None)
    qtbot.waitUntil(lambda: not line.isHidden())
    desk.customers.edit(lan, CustomerEdit(must_know="Write first"))
    card.read_again()
    qtbot.waitUntil(lambda: line.words.text() == "Must know: Write first")
