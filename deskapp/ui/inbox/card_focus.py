"""Cards are made anew while shops tell of orders: who is in one with the keyboard stays there."""

from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QMenu, QMessageBox, QWidget

from deskapp.domain.ids import OrderId

from .order_card import OrderCard

Focus = tuple[OrderId, int]


def focused(cards: Iterable[OrderCard]) -> Focus | None:
    """Which button of which order has the keyboard; None for none."""
    for card in cards:
        now = card.window().focusWidget()  # also while another window is in front
        for place, button in enumerate(card.findChildren(QAbstractButton)):
            if button is now:
                return card.shown.detail.row.id, place
    return None


def focus_again(cards: Iterable[OrderCard], kept: Focus | None) -> None:
    """The same button of the card that was made anew, once it is in sight."""
    for card in cards:
        buttons = card.findChildren(QAbstractButton)
        if kept is not None and card.shown.detail.row.id == kept[0] and kept[1] < len(buttons):
            QTimer.singleShot(0, buttons[kept[1]], buttons[kept[1]].setFocus)


def is_asking(part: QWidget) -> bool:
    """Whether a menu or a question of a card is open: it goes with the card it belongs to."""
    open_ones = [*part.findChildren(QMenu), *part.findChildren(QMessageBox)]
    return any(one.isVisible() for one in open_ones)
