"""What an edit of a return case changed, as its history keeps it, and the way back from that."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.return_cases import (
    Condition,
    RefundState,
    ReturnCase,
    ReturnEdit,
    ReturnEvent,
    ReturnItem,
    ReturnState,
    plain_number,
)

_READ: Mapping[str, Callable[[str], object]] = {
    "state": ReturnState,
    "label_file": int,
    "deadline": date.fromisoformat,
    "remind_on": date.fromisoformat,
    "refund_state": RefundState,
    "refund_amount": Decimal,
    "ticket_id": int,
}
"""How a field is read back from its text; the others are text. "" is nothing."""

_TEXTS = ("reason_code", "reason", "carrier", "tracking_number", "label_link", "refund_currency")


def fields(given: ReturnEdit, longest: Mapping[str, int]) -> dict[str, Any]:
    """The columns that an edit names, refund, state and items left out."""
    found: dict[str, Any] = {}
    if given.reason_code is not None:
        found["reason_code"] = given.reason_code
    if given.reason is not None:
        found["reason"] = plain_text(given.reason).strip()
    for name, most in longest.items():
        if getattr(given, name) is not None:
            found[name] = one_line(getattr(given, name), most)
    for name, off in (
        ("label_file", given.no_label_file),
        ("deadline", given.no_deadline),
        ("remind_on", given.no_reminder),
    ):
        if off or getattr(given, name) is not None:
            found[name] = None if off else getattr(given, name)
    return found


def changed(
    before: ReturnCase, values: Mapping[str, Any], items: tuple[ReturnItem, ...]
) -> list[tuple[str, str, str]]:
    """Each field that really becomes another: name, old and new as text."""
    told = []
    for name, new in values.items():
        old_text, new_text = _told(getattr(before, name)), _told(new)
        if old_text != new_text:
            told.append((name, old_text, new_text))
    if items != before.items:
        told.append(("items", items_told(before.items), items_told(items)))
    return told


def step_of(events: Sequence[ReturnEvent], me: str) -> list[ReturnEvent]:
    """The events of the last thing done to a case, if it was ``me`` and can be taken back."""
    if not events:
        return []
    last = events[-1]
    step = [one for one in events if (one.at, one.agent_name) == (last.at, last.agent_name)]
    whole = all(one.undoes is None and one.what != "opened" for one in step)
    return step if whole and last.agent_name == me else []


def restored(
    step: Sequence[ReturnEvent], now: ReturnCase
) -> tuple[dict[str, Any], tuple[ReturnItem, ...]]:
    """The values that were before a step."""
    values: dict[str, Any] = {}
    items = now.items
    for one in step:
        if one.what == "items":
            items = items_read(one.old)
        elif one.what in _TEXTS:
            values[one.what] = one.old
        else:
            values[one.what] = _READ[one.what](one.old) if one.old else None
    return values, items


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def items_told(items: Sequence[ReturnItem]) -> str:
    """Items as the history keeps them."""
    rows = [asdict(one) | {"quantity": plain_number(one.quantity)} for one in items]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def items_read(told: str) -> tuple[ReturnItem, ...]:
    """Reads ``items_told`` back."""
    return tuple(
        ReturnItem(
            one["title"],
            Decimal(one["quantity"]),
            one["sku"],
            one["line_key"],
            Condition(one["condition"]),
            one["instead"],
        )
        for one in json.loads(told)
    )
