"""What one line of the order list shows, worked out from its row."""

from datetime import UTC, datetime

from deskapp.domain.order_rows import OrderRow
from deskapp.domain.orders import OrderStatus
from deskapp.ui import text, words
from deskapp.ui.pieces.row import ChipLook, RowLook

from .shop_words import shop_word

_TONES = {
    OrderStatus.SHIPPED: "warn",
    OrderStatus.DELIVERED: "good",
    OrderStatus.CANCELLED: "bad",
    OrderStatus.REFUNDED: "bad",
    OrderStatus.RETURNED: "bad",
}
_ON_THE_WAY = {
    OrderStatus.SHIPPED,
    OrderStatus.DELIVERED,
    OrderStatus.CANCELLED,
    OrderStatus.RETURNED,
}
_MONEY = {OrderStatus.PAID, OrderStatus.REFUNDED}


def order_look(row: OrderRow) -> RowLook:
    """Number and total, who and when, where it stands."""
    placed = "" if row.placed_at is None else text.day(row.placed_at, datetime.now(UTC))
    who = row.name or row.email or row.phone
    return RowLook(
        who=row.number,
        when=text.money(row.total, row.currency),
        when_tone="muted",
        subject=who,
        snippet=" · ".join(part for part in (placed, row.source) if part),
        chips=tuple(ChipLook(said, tone) for said, tone in states(row)),
        unread=False,
        language="",
        strong=True,
    )


def states(row: OrderRow) -> tuple[tuple[str, str], ...]:
    """(words, tone) of the two states of an order: how it is paid, and where it is. What a source
    does not tell is left out; never none where anything is known."""
    told = [one for one in (_payment(row), _delivery(row)) if one[0]]
    return tuple({said.casefold(): (said, tone) for said, tone in told}.values())


def _payment(row: OrderRow) -> tuple[str, str]:
    if row.payment_text:
        return shop_word(row.payment_text)
    return _ours(row.status) if row.status in _MONEY else ("", "")


def _delivery(row: OrderRow) -> tuple[str, str]:
    if row.status in _ON_THE_WAY:
        return _ours(row.status)
    own = row.fulfilment_text or row.status_text
    if own:
        return shop_word(own)
    return ("", "") if row.status in _MONEY else _ours(row.status)


def _ours(status: OrderStatus) -> tuple[str, str]:
    return words.order_status(status), _TONES.get(status, "muted")


def spoken(row: OrderRow) -> str:
    """The row as one sentence for a screen reader."""
    look = order_look(row)
    parts = (look.who, look.subject, look.when, *(chip.text for chip in look.chips), look.snippet)
    return ", ".join(part for part in parts if part)
