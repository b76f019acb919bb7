"""Card and conversation side by side: what is picked on the card goes into the answer."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from deskapp.domain.order_card import ShownOrder
from deskapp.ui.bridge import Bridge
from deskapp.ui.keys.keymap import make_action
from deskapp.ui.shell_actions import ShellActions

from .strange_order import when_sure

if TYPE_CHECKING:
    from .conversation_pane import ConversationPane
    from .customer_card import CustomerCard


class BesideOrders:
    """What shows a ticket with its customer's card: a number in its mail is looked up there, and
    two keys reach its orders from wherever somebody writes."""

    card: "CustomerCard"

    def order_keys(self, owner: QWidget) -> list[QAction]:
        """The actions of the table; they act while ``owner`` or something in it has the keys."""
        return [
            make_action("inbox.order_find", owner, self._find_order),
            make_action("inbox.order_link", owner, self._insert_tracking),
        ]

    def _find_order(self) -> None:
        if self.card.isVisible():
            self.card.orders.look_up("")

    def _insert_tracking(self) -> None:
        self.card.orders.insert_tracking()

    def look_up_order(self, number: str) -> bool:
        """False where the card is folded away."""
        if not self.card.isVisible():
            return False
        self.card.orders.look_up(number)
        return True


def look_up_beside(part: QWidget, number: str, shell: ShellActions) -> None:
    """On the card beside ``part``, else in the window of orders."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, BesideOrders):
        around = around.parentWidget()
    if not isinstance(around, BesideOrders) or not around.look_up_order(number):
        shell.open_order(number)


def stand_beside(
    card: "CustomerCard", conversation: "ConversationPane", shell: ShellActions, bridge: Bridge
) -> None:
    """Ties the two; both belong to one ticket. ``bridge`` tells what the shops answered."""
    bridge.engine_news.connect(card.orders.asking.hear)
    orders, pick = card.orders, conversation.composer.order
    orders.text_wanted.connect(conversation.insert_text)
    orders.picked.connect(pick.pick)
    pick.changed.connect(orders.use)
    card.known.connect(conversation.composer.at.must_know.show_customer)
    orders.opened.connect(partial(_open_window, card, conversation, shell, bridge))


def _open_window(
    card: "CustomerCard",
    conversation: "ConversationPane",
    shell: ShellActions,
    bridge: Bridge,
    shown: ShownOrder,
) -> None:
    """The order whole, beside the ticket: the answer stays in sight."""
    from deskapp.ui.orders.order_window import OrderWindow

    window = OrderWindow(shown, card.orders.work, shell, card.orders.language, card)
    window.text_wanted.connect(
        lambda words: when_sure(window, shown, lambda: conversation.insert_text(words))
    )
    window.picked.connect(
        lambda: when_sure(window, shown, lambda: conversation.composer.order.pick(shown))
    )
    bridge.changed.connect(window.hear)
    shell.ask_shops(shown.detail.row.id)
    window.show()
