"""What an order knows of places, of its customer and of its id there, as it stands in columns."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal

from deskapp.domain.orders import PostalAddress, ShopCustomer
from deskapp.domain.plain import one_line

ELSEWHERE = "elsewhere:"
"""Stands before the shop's id of an order whose source has led to another place since."""


def ref_of(text: str) -> str:
    """The shop's own id where that shop can be asked for it, else ""."""
    return "" if text.startswith(ELSEWHERE) else text


def place_text(place: PostalAddress | None) -> str:
    """The column's text, "" for none; signs that a database cannot hold are taken out."""
    if place is None or place == PostalAddress():
        return ""
    told = {name: value for name, value in asdict(place).items() if value}
    return json.dumps(_clean(told), ensure_ascii=False)


def place_of(text: str) -> PostalAddress | None:
    """The place behind a column's text."""
    if not text:
        return None
    told = json.loads(text)
    return PostalAddress(**{**told, "lines": tuple(told.get("lines", ()))})


def customer_text(customer: ShopCustomer | None) -> str:
    """The column's text, "" for none. Times are ISO 8601, amounts exact decimals as text."""
    if customer is None:
        return ""
    told = {
        "ref": customer.ref,
        "since": customer.since.astimezone(UTC).isoformat() if customer.since else None,
        "orders": customer.orders,
        "spent": None if customer.spent is None else format(customer.spent, "f"),
        "currency": customer.currency,
    }
    return json.dumps(_clean(told), ensure_ascii=False)


def customer_of(text: str) -> ShopCustomer | None:
    """What the shop said of who ordered, behind a column's text."""
    if not text:
        return None
    told = json.loads(text)
    since, spent = told["since"], told["spent"]
    return ShopCustomer(
        told["ref"],
        datetime.fromisoformat(since) if since else None,
        told["orders"],
        None if spent is None else Decimal(spent),
        told["currency"],
    )


def tags_text(tags: tuple[str, ...]) -> str:
    """The column's text for a list of words."""
    return json.dumps([one_line(tag) for tag in tags], ensure_ascii=False)


def tags_of(text: str) -> tuple[str, ...]:
    """The words behind a column's text."""
    return tuple(json.loads(text))


def _clean(told: Mapping[str, object]) -> dict[str, object]:
    return {name: _clean_value(value) for name, value in told.items()}


def _clean_value(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, tuple):
        return [one_line(str(one)) for one in value]
    return value
