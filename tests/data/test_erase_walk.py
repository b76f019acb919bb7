"""No table can point at a person without somebody having decided what erasing does to it."""

from sqlalchemy import Column, LargeBinary, String, Table, Text
from sqlalchemy.types import TypeDecorator

from deskapp.data.queries.erase_rows import BY_ADDRESS
from deskapp.data.queries.erase_walk import (
    ANONYMOUS,
    GOES,
    KEPT,
    ROOTS,
    STAYS,
    goes_with,
    pointing_at,
)
from deskapp.data.tables import metadata

_WORDS = (String, Text, LargeBinary)

# Columns with an address, a phone or a name outside of what is found along the keys, each with
# what becomes of it.
_NAMED_ELSEWHERE = {
    "outbox_recipient.address": "erase_rows: blanked where the mail was to others as well",
    "message_bounce.recipient": "erase_rows: by address",
    "saved_view.query": "erase_rows: by address",
    "company.name": "erase_rows: when nobody else is of it",
    "company.domain": "erase_rows: when nobody else is of it",
}


def _personal() -> set[Table]:
    """All tables whose rows go with a customer, a ticket or an order."""
    found: set[Table] = set()
    fresh = list(ROOTS)
    while fresh:
        table = fresh.pop()
        if table not in found:
            found.add(table)
            fresh += [column.table for column in pointing_at(table) if goes_with(column)]
    return found


def _has_words(column: Column[object]) -> bool:
    kind = column.type
    return isinstance(kind.impl if isinstance(kind, TypeDecorator) else kind, _WORDS)


def test_every_key_that_may_be_empty_says_whether_its_rows_go() -> None:
    undecided = [
        str(column)
        for table in _personal()
        for column in pointing_at(table)
        if column.nullable and column not in GOES and column not in STAYS
    ]
    assert undecided == [], "say in erase_walk whether these rows go (GOES) or stay (STAYS)"


def test_every_word_of_what_an_anonymised_ticket_keeps_is_known_to_say_nothing() -> None:
    undecided = [
        str(column)
        for table in ANONYMOUS
        for column in table.c
        if _has_words(column)
        and column.name not in ANONYMOUS[table]
        and column.name not in KEPT[table]
    ]
    assert undecided == [], "say in erase_walk whether these are blanked or say nothing"


def test_what_is_blanked_and_kept_are_columns_there_are() -> None:
    for table, values in ANONYMOUS.items():
        assert (values.keys() | KEPT[table]) <= set(table.c.keys())
        assert not values.keys() & KEPT[table]
    for column, values in STAYS.items():
        assert column.nullable
        assert values.keys() <= set(column.table.c.keys())


def test_every_address_outside_of_a_persons_own_rows_is_known() -> None:
    personal = _personal()
    named = {
        str(column)
        for table in metadata.sorted_tables
        for column in table.c
        if table not in personal
        and table.name not in ("agent", "mailbox", "order_source")
        and any(word in column.name for word in ("address", "email", "phone", "recipient"))
        and not any(column.table is key.table for key in BY_ADDRESS)
    }
    assert named <= _NAMED_ELSEWHERE.keys(), "say in erase_rows what becomes of these"
