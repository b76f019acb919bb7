"""Whether a return case that is opened again, or taken a step back, still fits its order."""

from collections.abc import Mapping
from typing import Any

from deskapp.data.database import Unit
from deskapp.data.queries.returns import gone_pieces
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.return_cases import ReturnCase, ReturnItem, ReturnState
from deskapp.domain.return_rules import checked_items, checked_refund, counts


def check_fit(
    unit: Unit,
    of: OrderDetail | None,
    before: ReturnCase,
    values: Mapping[str, Any],
    items: tuple[ReturnItem, ...],
) -> None:
    """While a case did not count, others may have taken its pieces or its money. Raises Problem
    as ``checked_items`` and ``checked_refund``."""
    if of is None:
        return
    state = values.get("state", before.state)
    ended_as = before.state if state is ReturnState.CLOSED else ""
    counted = counts(before.kind, before.state, before.ended_as)
    gone, given = gone_pieces(unit.connection, of.row.id, before.id)
    if counts(before.kind, state, ended_as) and (not counted or items != before.items):
        checked_items(items, of.lines, gone)
    amount = values.get("refund_amount")
    if amount is not None and (before.refund_amount is None or amount > before.refund_amount):
        currency = values.get("refund_currency") or before.refund_currency
        checked_refund(amount, currency, of.row.total, of.row.currency, given, over=False)
