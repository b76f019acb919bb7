"""Two records of one customer become one, and two again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from deskapp.data.tables.tickets import event
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.orders import Orders
from deskapp.domain.kinds import ContactKind, EventKind, Purpose
from deskapp.domain.people import CustomerEdit, CustomerRecord
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.timeline import Happening, TimelineAsk
from tests.desk.house import NOW

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
    history = customers.history(kept)
    customers.merge(kept, merged)
    customers.unmerge(merged)
    written = [(told.field, told.old, told.new) for told in customers.history(kept)]
    fresh = written[: len(written) - len(history)]
    assert fresh
    assert {(field, new, old) for field, old, new in fresh} == {*fresh}
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


@pytest.mark.parametrize("first_undone", ["inner", "outer"])
def test_merges_in_a_row_are_undone_in_any_order(
    context: Context, customers: Customers, first_undone: str
) -> None:
    first, second = pair(context, customers)
    third = customers.create("Anna K.")
    before = [customers.record(one) for one in (first, second, third)]
    customers.merge(first, second)
    customers.merge(third, first)
    assert customers.record(second).row.id == third
    assert [one.merged for one in customers.merges(third)] == [first, second]
    for one in (second, first) if first_undone == "inner" else (first, second):
        customers.unmerge(one)
    after = [customers.record(one) for one in (first, second, third)]
    assert [_told(one) for one in after] == [_told(one) for one in before]
    assert customers.merges(third) == ()


def _told(record: CustomerRecord) -> CustomerRecord:
    return replace(record, row=replace(record.row, version=0), company_by="")


def test_each_field_becomes_what_was_chosen_or_written(
    context: Context, customers: Customers
) -> None:
    kept, merged = pair(context, customers)
    customers.edit(kept, CustomerEdit(honorific="Ms.", must_know="Deaf"))
    customers.edit(merged, CustomerEdit(honorific="Mrs.", company="Keller & Sons"))
    fields = {one.name: one for one in customers.merge_fields(kept, merged)}
    assert fields["name"].proposed == "Anna Keller"
    assert fields["must_know"].proposed == "Deaf\nVIP"
    assert fields["company"].proposed == "Keller & Sons"
    customers.merge(kept, merged, {"honorific": "Mrs.", "name": "Anna M. Keller"})
    record = customers.record(kept)
    assert (record.row.name, record.honorific) == ("Anna M. Keller", "Mrs.")
    assert (record.row.must_know, record.company) == ("Deaf\nVIP", "Keller & Sons")
    customers.edit(kept, CustomerEdit(honorific="Dr."))
    told = customers.unmerge(merged)
    assert told.changed_since == ("honorific",)
    record = customers.record(kept)
    assert (record.row.name, record.honorific) == ("Anna Keller", "Dr.")
    assert (record.row.must_know, record.company) == ("Deaf", "")
    assert customers.record(merged).company == "Keller & Sons"


def test_the_shorter_of_two_spellings_gives_way(context: Context, customers: Customers) -> None:
    kept = customers.create("A. Keller", "a@example.com")
    merged = customers.create("Anna Keller", "b@example.com")
    customers.merge(kept, merged)
    assert customers.record(kept).row.name == "Anna Keller"
    customers.unmerge(merged)
    assert customers.record(kept).row.name == "A. Keller"


def test_who_is_not_to_be_mailed_in_one_record_is_not_in_both(
    context: Context, customers: Customers
) -> None:
    kept, merged = pair(context, customers)
    customers.consent(kept, Purpose.MAIL, False, reason="Asked by phone")
    customers.consent(merged, Purpose.MAIL, True, reason="Ticked a box")
    customers.merge(kept, merged)
    no_mail = customers.record(kept).no_mail
    assert no_mail is not None
    assert no_mail.reason == "Asked by phone"
    customers.unmerge(merged)
    assert customers.record(kept).no_mail is not None
    assert customers.record(merged).no_mail is None


def test_a_merge_can_be_undone_for_thirty_days(context: Context, customers: Customers) -> None:
    kept, merged = pair(context, customers)
    customers.merge(kept, merged)
    late = Customers(replace(context, machine=lambda: NOW + timedelta(days=31)))
    with pytest.raises(Problem) as refused:
        late.unmerge(merged)
    assert refusal(refused) is ProblemKind.TOO_LATE
    Customers(replace(context, machine=lambda: NOW + timedelta(days=29))).unmerge(merged)


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
