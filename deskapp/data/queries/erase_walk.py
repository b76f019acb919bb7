"""Which rows belong to a person, found along the foreign keys; and what becomes of each sort.

A table that points at a customer, a ticket, a message or an order with a key that may not be empty
is erased with it, whoever adds it. What this file has to be told: of keys that may be empty,
whether their rows go (``GOES``) or stay without them (``STAYS``); and of tables that an anonymised
ticket keeps, what of each column goes (``ANONYMOUS``, ``KEPT``). tests/data/test_erase_walk.py
fails for a column that nobody decided about.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, or_, select, update

from deskapp.domain.erasing import ERASED_WORDS
from deskapp.domain.kinds import LedgerState

from ..tables import metadata
from ..tables.acts import act_done
from ..tables.approvals import approval
from ..tables.mail import server_mail
from ..tables.notes import message_entry
from ..tables.order_acts import act_audit, order_act
from ..tables.orders import order_line, order_refund, shipment, shop_order, shop_return
from ..tables.people import customer
from ..tables.presence import presence
from ..tables.replies import canned_use, draft, outbox
from ..tables.returns import order_form, return_case, return_event, return_item
from ..tables.tickets import event, message, message_body, ticket, ticket_seen, ticket_tag
from .parts import parts

Values = Mapping[str, Any]
Ids = dict[Table, set[int]]

ROOTS = (customer, ticket, shop_order)

GOES: frozenset[Column[Any]] = frozenset(
    {
        customer.c.merged_into,
        ticket.c.merged_into,
        draft.c.ticket_id,
        approval.c.message_id,
        act_done.c.ticket_id,
        act_done.c.undoes_id,
        return_case.c.order_id,
        return_case.c.ticket_id,
        return_event.c.undoes_id,
        order_form.c.order_id,
    }
)

_ACT_WORDS: Values = {
    "order_number": "",
    "body": "{}",
    "preview": "",
    "ref": "",
    "link": "",
    "said": "",
    "trouble": "",
    "settled_words": "",
}
STAYS: Mapping[Column[Any], Values] = {
    ticket.c.customer_id: {},
    ticket.c.follows_id: {},
    message.c.origin_id: {},
    message.c.claims_id: {},
    message.c.side_id: {},
    event.c.message_id: {},
    presence.c.ticket_id: {},
    shop_order.c.customer_id: {},
    outbox.c.draft_id: {},
    approval.c.outbox_id: {},
    canned_use.c.ticket_id: {"text": None},
    canned_use.c.draft_id: {"text": None},
    order_act.c.order_id: _ACT_WORDS,
    order_act.c.ticket_id: _ACT_WORDS,
    act_audit.c.act_id: {},  # its rows are for ever, and so are those that they point at
    server_mail.c.message_id: {
        "state": LedgerState.ERASED,
        "sha256": None,
        "filed_at": None,
        "reason": "",
        "size": None,
    },
}

ANONYMOUS: Mapping[Table, Values] = {
    ticket: {"customer_id": None, "subject": ERASED_WORDS, "snippet": "", "has_attachment": False},
    message: {
        "message_id": "",
        "in_reply_to": "",
        "sender_name": "",
        "sender_address": "",
        "subject": "",
        "sha256": None,
        "joined_id": "",
        "claims_id": None,
        "defects": "",
    },
    message_body: {"text": ERASED_WORDS, "reply_text": None, "html": None, "reply_html": None},
    message_entry: {"contact": "", "outcome": ""},
    event: {},  # told apart by kind: see erase_rows
    ticket_tag: {},
    ticket_seen: {},
    shop_order: {
        "customer_id": None,
        "name": "",
        "email": "",
        "email_key": "",
        "phone": "",
        "phone_key": "",
        "address": "",
        "ship_to": "",
        "bill_to": "",
        "postcode_key": "",
        "shop_customer": "",
        "note": "",
        "tags": "[]",
        "ref": "",
        "page": "",
        "status_text": "",
    },  # and its number: see erase_rows
    order_line: {},
    shipment: {"tracking_number": "", "tracking_key": "", "tracking_url": "", "status": ""},
    order_refund: {"ref": "", "reason": ""},
    shop_return: {"ref": "", "name": "", "status": ""},
    return_case: {
        "order_number": "",
        "reason": "",
        "tracking_number": "",
        "label_link": "",
        "label_file": None,
    },
    return_item: {},
    return_event: {"old": "", "new": ""},
}

KEPT: Mapping[Table, frozenset[str]] = {
    ticket: frozenset({"status", "priority", "language", "snooze"}),
    message: frozenset({"direction", "kind", "language", "joined_by", "act"}),
    message_body: frozenset(),
    message_entry: frozenset({"channel", "heard"}),
    event: frozenset({"kind", "old", "new", "reason"}),
    ticket_tag: frozenset(),
    ticket_seen: frozenset(),
    shop_order: frozenset(
        {"status", "payment_status", "fulfilment_status", "currency", "language"}
        | {"number", "number_key", "total"}
    ),
    order_line: frozenset({"sku", "title", "quantity", "price", "ref", "picture"}),
    shipment: frozenset({"carrier"}),
    order_refund: frozenset({"amount", "currency"}),
    shop_return: frozenset({"quantity"}),
    return_case: frozenset(
        {"kind", "state", "ended_as", "reason_code", "carrier"}
        | {"refund_state", "refund_amount", "refund_currency"}
    ),
    return_item: frozenset({"line_key", "sku", "title", "quantity", "condition", "instead"}),
    return_event: frozenset({"what"}),
}
"""Columns of text that say nothing of a person: states, goods and money."""


class Found:
    """Rows by table: ids where a table has them, else the keys by which they point at others."""

    def __init__(self) -> None:
        self.ids: Ids = defaultdict(set)
        self.by_key: dict[Table, dict[Column[Any], set[int]]] = defaultdict(dict)

    def tables(self) -> Iterable[Table]:
        """Those that point at others first, as deleting wants it."""
        known = self.ids.keys() | self.by_key.keys()
        return [table for table in reversed(metadata.sorted_tables) if table in known]

    def choices(self, table: Table) -> Iterable[Any]:
        """Conditions that together choose the rows of a table."""
        if table in self.by_key:
            for column, keys in self.by_key[table].items():
                for part in parts(sorted(keys)):
                    yield column.in_(part)
        else:
            for part in parts(sorted(self.ids[table])):
                yield table.c.id.in_(part)


def pointing_at(table: Table) -> Iterable[Column[Any]]:
    """Every column of any table that is a foreign key to this one."""
    for other in metadata.sorted_tables:
        for column in other.c:
            if any(key.column.table is table for key in column.foreign_keys):
                yield column


def goes_with(column: Column[Any]) -> bool:
    """Whether the rows go whose key this is, when what they point at goes."""
    return (not column.nullable or column in GOES) and column not in STAYS


def rows_below(connection: Connection, roots: Mapping[Table, Iterable[int]]) -> Found:
    """The rows with these ids and all that belong to them, table by table."""
    found = Found()
    fresh: Ids = {table: set(ids) for table, ids in roots.items()}
    while fresh:
        table, ids = fresh.popitem()
        new = ids - found.ids[table]
        found.ids[table] |= new
        if not new:
            continue
        for column in pointing_at(table):
            if not goes_with(column):
                continue
            if "id" not in column.table.c:
                found.by_key[column.table].setdefault(column, set()).update(new)
                continue
            below = set(_ids(connection, column, new))
            if below - found.ids[column.table]:
                fresh.setdefault(column.table, set()).update(below)
    return found


def _ids(connection: Connection, column: Column[Any], keys: Iterable[int]) -> Iterable[int]:
    for part in parts(sorted(keys)):
        yield from connection.execute(select(column.table.c.id).where(column.in_(part))).scalars()


def let_go(connection: Connection, found: Found) -> None:
    """What stays and points at these rows no longer does, and loses what it said of them."""
    for table in list(found.ids):
        for column in pointing_at(table):
            if not column.nullable:
                continue
            values = {column.name: None, **STAYS.get(column, {})}
            if column in (act_audit.c.act_id,):
                continue
            for part in parts(sorted(found.ids[table])):
                connection.execute(update(column.table).where(column.in_(part)).values(**values))


def delete_rows(connection: Connection, found: Found, table: Table) -> int:
    """Deletes the rows found of one table; how many there were."""
    gone = 0
    for chosen in found.choices(table):
        gone += connection.execute(delete(table).where(or_(chosen))).rowcount
    return gone


def blank_rows(connection: Connection, found: Found, table: Table) -> None:
    """Leaves of the rows found what says nothing of a person."""
    values = dict(ANONYMOUS[table])
    if not values:
        return
    if "version" in table.c:
        values["version"] = table.c.version + 1
    for chosen in found.choices(table):
        connection.execute(update(table).where(chosen).values(**values))
