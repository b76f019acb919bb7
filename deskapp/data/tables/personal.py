"""Which tables hold something about one customer, and where it says about whom.

Merging moves, exporting a person writes and erasing a person removes along this list; a test holds
it against the foreign keys, so that a new table cannot be forgotten.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from .customer_facts import consent, custom_value, customer_change, customer_tag
from .duplicates import customer_imported, customer_looked, customer_pair, customer_trait
from .erasing import legal_hold
from .orders import shop_order
from .people import contact_point, customer, customer_merge, customer_note
from .tickets import ticket


@dataclass(frozen=True, slots=True)
class Held:
    """One place. ``owner`` is the column with the customer's id; ``once``: rows of which one
    customer can have only one for each value of that column, so that a merge meets doubles."""

    table: Table
    owner: Column[Any]
    once: Column[Any] | None = None


PERSONAL: tuple[Held, ...] = (
    Held(contact_point, contact_point.c.customer_id),
    Held(customer_note, customer_note.c.customer_id),
    Held(customer_change, customer_change.c.customer_id),
    Held(custom_value, custom_value.c.customer_id, custom_value.c.field_id),
    Held(customer_tag, customer_tag.c.customer_id, customer_tag.c.tag_id),
    Held(consent, consent.c.customer_id),
    Held(customer_imported, customer_imported.c.customer_id, customer_imported.c.field),
    Held(legal_hold, legal_hold.c.customer_id),
    Held(shop_order, shop_order.c.customer_id),
    Held(ticket, ticket.c.customer_id),
)
"""What is theirs. Tickets and orders bring what points at them along: messages, lines, cases."""

WITNESSES: tuple[Held, ...] = (
    Held(customer, customer.c.merged_into),
    Held(customer_merge, customer_merge.c.kept_id),
    Held(customer_merge, customer_merge.c.merged_id),
)
"""Records that two customers were one: they name people and are not moved by another merge."""

DERIVED: tuple[Held, ...] = (
    Held(customer_trait, customer_trait.c.customer_id),
    Held(customer_looked, customer_looked.c.customer_id),
    Held(customer_pair, customer_pair.c.one_id),
    Held(customer_pair, customer_pair.c.other_id),
)
"""What the program worked out by itself: erased, never moved, worked out again."""
