"""Two records of one customer become one, and two again."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from deskapp.data.tables.tickets import event
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.orders import Orders
from deskapp.domain.kinds import ContactKind, EventKind
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.timeline import Happening, TimelineAsk

from .customer_rows import ORDER, names_found, pair, refusal, ticket_of


def test_a_merge_brings_everything_together(context: Context, customers: Customers) -> None:
    kept, merged = pair(context, customers)
    customers.merge(kept, merged)
    record = customers.record(kept)
    assert (record.row.ticket_count, record.row.order_count) == (2, 1)
    assert (record.row.name, record.row.language) == ("Anna Keller", "de")
    assert record.row.must_know == "VIP"
    mails = [one for one in record.contacts if one.kind is ContactKind.MAIL]
    assert [(one.value, one.is_primary) for one in mails] == [
        ("anna@example.com", True),
        ("anna.keller@example.com", False),
    ]
    assert [note.text for note in record.notes] == ["Called twice"]
    assert customers.record(merged) == record
    assert customers.rows([merged, kept]) == [record.row]
    assert customers.ids() == [kept]
    assert customers.by_address("anna.keller@example.com") == kept
    assert names_found(customers, "A. Keller") == ["Anna Keller"]


def test_an_undone_merge_leaves_both_as_they_were(context: Context, customers: Customers) -> None:
    kept, merged = pair(context, customers)
    before = [customers.record(one) for one in (kept, merged)]
    customers.merge(kept, merged)
    customers.unmerge(merged)
    after = [customers.record(one) for one in (kept, merged)]
    same_version = [
        replace(new, row=replace(new.row, version=old.row.version))
        for old, new in zip(before, after, strict=True)
    ]
    assert same_version == before
    assert names_found(customers, "A. Keller") == ["A. Keller"]
    with pytest.raises(Problem) as refused:
        customers.unmerge(merged)
    assert refusal(refused) is ProblemKind.NOT_FOUND


def test_what_changed_since_a_merge_survives_its_undoing(
    context: Context, customers: Customers
) -> None:
    kept, merged = pair(context, customers)
    customers.merge(kept, merged)
    customers.edit(kept, CustomerEdit(must_know="VIP, and call first"))
    ticket_of(context, kept, "Later")
    Orders(context).save("Shop", "file", "shopify", [replace(ORDER, number="#1002")])
    customers.unmerge(merged)
    one, other = customers.record(kept), customers.record(merged)
    assert (one.row.must_know, other.row.must_know) == ("VIP, and call first", "VIP")
    tickets = customers.timeline(kept, TimelineAsk((Happening.TICKET,))).entries
    assert {entry.title for entry in tickets} == {"Kept", "Later"}
    assert other.row.order_count == 2


def test_a_merge_is_told_on_every_ticket_that_moves(context: Context, customers: Customers) -> None:
    kept, merged = pair(context, customers)
    customers.merge(kept, merged)
    customers.unmerge(merged)
    with context.database.reading() as connection:
        told = connection.execute(
            select(event.c.old, event.c.new).where(event.c.kind == EventKind.CUSTOMER)
        ).all()
    assert told == [("A. Keller", "Anna Keller"), ("Anna Keller", "A. Keller")]


def test_merges_in_a_row_are_undone_in_reverse(context: Context, customers: Customers) -> None:
    first, second = pair(context, customers)
    third = customers.create("Anna K.")
    customers.merge(first, second)
    customers.merge(third, first)
    assert customers.record(second).row.id == third
    with pytest.raises(Problem) as refused:
        customers.unmerge(second)
    assert refusal(refused) is ProblemKind.CHANGED_MEANWHILE
    customers.unmerge(first)
    customers.unmerge(second)
    assert [customers.record(one).row.ticket_count for one in (first, second, third)] == [1, 1, 0]


def test_somebody_merged_meanwhile_is_not_changed_unseen(
    context: Context, customers: Customers
) -> None:
    kept, merged = pair(context, customers)
    customers.merge(kept, merged)
    for late in (
        lambda: customers.edit(merged, CustomerEdit(name="X")),
        lambda: customers.add_note(merged, "x"),
        lambda: customers.add_contact(merged, ContactKind.HANDLE, "@x"),
        lambda: customers.merge(merged, kept),
    ):
        with pytest.raises(Problem) as refused:
            late()
        assert refusal(refused) is ProblemKind.CHANGED_MEANWHILE
        assert refused.value.details["kept"] == kept
    with pytest.raises(Problem) as refused:
        customers.merge(kept, kept)
    assert refusal(refused) is ProblemKind.INVALID
