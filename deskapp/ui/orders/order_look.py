"""What one line of the order list shows, worked out from its row."""

from datetime import UTC, datetime

from deskapp.domain.order_rows import OrderRow
from deskapp.domain.orders import OrderStatus
from deskapp.ui import text, words
from deskapp.ui.pieces.row import ChipLook, RowLook

TONES = {
    OrderStatus.SHIPPED: "warn",
    OrderStatus.DELIVERED: "good",
    OrderStatus.CANCELLED: "bad",
    OrderStatus.REFUNDED: "bad",
    OrderStatus.RETURNED: "bad",
}


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
    """(words, tone) of the states of an order: ours, then the shop's own where they say more."""
    ours = words.order_status(row.status)
    shown = {ours.casefold(): (ours, TONES.get(row.status, "muted"))} if ours else {}
    for own in (row.payment_text, row.fulfilment_text, row.status_text):
        if own:
            shown.setdefault(own.casefold(), (own, "muted"))
    return tuple(shown.values())


def spoken(row: OrderRow) -> str:
    """The row as one sentence for a screen reader."""
    look = order_look(row)
    parts = (look.who, look.subject, look.when, *(chip.text for chip in look.chips), look.snippet)
    return ", ".join(part for part in parts if part)
