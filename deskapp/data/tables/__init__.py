"""Every table of a desk, the same on SQLite and PostgreSQL (DESIGN section 4)."""

from . import (
    acts,
    auto_replies,
    duplicates,
    erasing,
    facts,
    joins,
    mail,
    notes,
    order_acts,
    orders,
    people,
    replies,
    returns,
    search,
    team,
    tickets,
)
from .columns import metadata

__all__ = [
    "acts",
    "auto_replies",
    "duplicates",
    "erasing",
    "facts",
    "joins",
    "mail",
    "metadata",
    "notes",
    "order_acts",
    "orders",
    "people",
    "replies",
    "returns",
    "search",
    "team",
    "tickets",
]
