"""Since when a customer buys, how many orders, for how much, and who says so."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from deskapp.domain.order_card import Figures, OrderCard
from deskapp.ui import text
from deskapp.ui.pieces.labels import label


def figures_line(card: OrderCard) -> QLabel:
    """Since when they buy, how many, for how much, and who says so."""
    told = [_told(one) for one in card.figures]
    if card.since is not None:
        since = _tr("buys since {date}").replace("{date}", text.day(card.since))
        told[:1] = [" · ".join((since, *told[:1]))]
    return label("\n".join(told), tone="muted", wrap=True)


def _told(one: Figures) -> str:
    amounts = [text.money(amount, currency) for currency, amount in one.spent]
    counted = " · ".join((_tr("%n order(s)", one.orders), *amounts))
    said = _tr("{figures} ({shop} says)") if one.source else _tr("{figures} (counted here)")
    return said.replace("{figures}", counted).replace("{shop}", one.source)


def _tr(said: str, count: int = -1) -> str:
    return QCoreApplication.translate("OrdersPart", said, "", count)
