"""Customers: found by what somebody remembers, changed by two people, joined and parted again."""

from dataclasses import replace

import pytest
from sqlalchemy import event as listening

from deskapp.data.queries.people_write import ensure_customers
from deskapp.desk.agents import Agents
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.orders import Orders
from deskapp.domain.ids import ContactPointId, CustomerId
from deskapp.domain.kinds import ContactKind, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.timeline import Happening, TimelineAsk
from tests.desk.house import NOW

from .customer_rows import ORDER, names_found, pair, refusal, ticket_of


def test_a_customer_made_by_hand_shows_what_was_typed(customers: Customers) -> None:
    anna = customers.create("  Anna   Keller ", "Anna.Keller@example.com", "+44 20 7946 0958")
    [row] = customers.rows([anna])
    assert (row.name, row.email, row.phone) == (
        "Anna Keller",
        "Anna.Keller@example.com",
        "+44 20 7946 0958",
    )
    assert (row.ticket_count, row.open_count, row.order_count, row.version) == (0, 0, 0, 3)
    assert customers.by_address("ANNA.KELLER@example.com") == anna
    assert customers.by_address("ben@example.com") is None


def test_one_mail_address_belongs_to_one_customer(customers: Customers) -> None:
    anna = customers.create("Anna", "anna@example.com")
    with pytest.raises(Problem) as refused:
        customers.create("Another", "Anna@Example.com")
    assert refusal(refused) is ProblemKind.DUPLICATE
    assert refused.value.details["customer"] == anna
    assert customers.ids() == [anna]


def test_nobody_is_not_a_customer(customers: Customers) -> None:
    with pytest.raises(Problem) as refused:
        customers.create("  ")
    assert refusal(refused) is ProblemKind.EMPTY


@pytest.mark.parametrize(
    "words",
    ["nguyen van minh", "Nguyễn", "minh", "minh.nguyen@example.com", "MINH.NGUYEN@EXA",
     "nguyen@example", "inh.ngu", "0912 345 678", "0912345678", "+84912345678", "091234",
     "2345678", "may do viet nam", "@minhtea"],
)  # fmt: skip
def test_a_customer_is_found_by_what_somebody_remembers(customers: Customers, words: str) -> None:
    minh = customers.create("Nguyễn Văn Minh", "Minh.Nguyen@example.com")
    customers.edit(minh, CustomerEdit(language="vi", company="May Đỏ Việt Nam"))
    customers.add_contact(minh, ContactKind.PHONE, "0912 345 678")
    customers.add_contact(minh, ContactKind.HANDLE, "@MinhTea")
    customers.create("Anna Keller", "anna@example.org", "+44 20 7946 0958")
    assert names_found(customers, words) == ["Nguyễn Văn Minh"]


def test_a_name_is_found_in_the_other_chinese_script(customers: Customers) -> None:
    customers.create("陳麗華")
    assert names_found(customers, "陈丽华") == ["陳麗華"]


@pytest.mark.parametrize("words", ["", " ", "zz", "%", "nobody@example.net", "+1 999", "\x00"])
def test_what_nobody_has_finds_nobody(customers: Customers, words: str) -> None:
    customers.create("Anna Keller", "anna@example.org", "+44 20 7946 0958")
    assert customers.find(words) == ()


def test_customers_are_listed_by_name_and_the_nameless_last(customers: Customers) -> None:
    nameless = customers.create("", "x@example.com")
    ben, anna = customers.create("ben"), customers.create("Anna")
    assert customers.ids() == [anna, ben, nameless]
    assert customers.ids("anna") == [anna]


def test_a_page_of_rows_costs_the_same_few_statements_as_one_row(
    context: Context, customers: Customers
) -> None:
    ids = [customers.create(f"Customer {number}", f"c{number}@example.com") for number in range(40)]
    for one in ids[:7]:
        ticket_of(context, one)
    asked: list[str] = []
    listening.listen(
        context.database.reader, "before_cursor_execute", lambda *words: asked.append(words[2])
    )
    [first] = customers.rows(ids[:1])
    alone = len(asked)
    rows = customers.rows(ids)
    assert len(asked) == 2 * alone
    assert [row.id for row in rows] == ids
    assert sum(row.ticket_count for row in rows) == 7
    assert first == rows[0]


def test_a_row_counts_tickets_and_orders(context: Context, customers: Customers) -> None:
    anna = customers.create("Anna", "anna.keller@example.com")
    ticket_of(context, anna)
    ticket_of(context, anna, status=TicketStatus.CLOSED)
    Orders(context).save("Shop", "file", "shopify", [ORDER])
    [row] = customers.rows([anna])
    assert (row.ticket_count, row.open_count, row.order_count) == (2, 1, 1)


def test_the_record_shows_one_axis_newest_first(context: Context, customers: Customers) -> None:
    context.agent = Agents(context).add("Olga")
    anna = customers.create("Anna", "anna.keller@example.com")
    old, new = ticket_of(context, anna, "Old matter", days_ago=9), ticket_of(context, anna, "New")
    Orders(context).save("Shop", "file", "shopify", [ORDER])
    customers.add_note(anna, "Prefers the phone\r\n")
    record = customers.record(anna)
    kinds = (Happening.TICKET, Happening.ORDER, Happening.NOTE)
    entries = customers.timeline(anna, TimelineAsk(kinds)).entries
    assert [entry.what for entry in entries] == ["note", "ticket", "order", "ticket"]
    note, newest, bought, oldest = entries
    assert (note.title, note.detail) == ("Olga", "Prefers the phone")
    assert (newest.ticket_id, newest.title, oldest.ticket_id) == (new, "New", old)
    assert (bought.title, bought.detail) == ("#1001", "paid · 24.90 USD")
    assert bought.order_id == Orders(context).ids()[0]
    assert [(one.agent_name, one.text) for one in record.notes] == [("Olga", "Prefers the phone")]


def test_edited_fields_are_kept_and_the_others_left_alone(customers: Customers) -> None:
    anna = customers.create("Anna", "anna@example.com")
    customers.edit(anna, CustomerEdit(must_know="VIP\nCall first", company="Acme", address="Bath"))
    customers.edit(anna, CustomerEdit(name="Anna Keller", time_zone="Europe/London"))
    record = customers.record(anna)
    assert (record.row.name, record.row.must_know) == ("Anna Keller", "VIP\nCall first")
    assert (record.company, record.address, record.time_zone) == ("Acme", "Bath", "Europe/London")
    customers.edit(anna, CustomerEdit(company=""))
    assert customers.record(anna).company == ""
    assert names_found(customers, "acme") == []


def test_the_second_of_two_edits_of_one_version_is_refused(customers: Customers) -> None:
    anna = customers.create("Anna")
    [seen] = customers.rows([anna])
    first = customers.edit(anna, CustomerEdit(must_know="Allergic to nickel"), seen.version)
    with pytest.raises(Problem) as refused:
        customers.edit(anna, CustomerEdit(must_know="Nothing special"), seen.version)
    assert refusal(refused) is ProblemKind.CHANGED_MEANWHILE
    assert customers.rows([anna]) == [first]


def test_an_edit_of_nobody_says_so(customers: Customers) -> None:
    for edit in (CustomerEdit(), CustomerEdit(name="Anna")):
        with pytest.raises(Problem) as refused:
            customers.edit(CustomerId(77), edit)
        assert refusal(refused) is ProblemKind.NOT_FOUND


def test_the_first_contact_of_a_kind_is_primary_and_has_an_heir(customers: Customers) -> None:
    anna = customers.create("Anna", "anna@example.com")
    customers.add_contact(anna, ContactKind.MAIL, "a.keller@example.org")
    first, second = customers.record(anna).contacts
    assert (first.is_primary, second.is_primary) == (True, False)
    customers.remove_contact(first.id)
    [left] = customers.record(anna).contacts
    assert (left.value, left.is_primary) == ("a.keller@example.org", True)
    assert customers.by_address("anna@example.com") is None
    assert names_found(customers, "anna@example.com") == []
    with pytest.raises(Problem) as refused:
        customers.remove_contact(first.id)
    assert refusal(refused) is ProblemKind.NOT_FOUND


def test_a_contact_somebody_has_is_refused_with_their_id(customers: Customers) -> None:
    anna, ben = customers.create("Anna", "anna@example.com"), customers.create("Ben")
    with pytest.raises(Problem) as refused:
        customers.add_contact(ben, ContactKind.MAIL, "anna@example.com")
    assert (refusal(refused), refused.value.details["customer"]) == (ProblemKind.DUPLICATE, anna)


def test_orders_find_their_customer_when_the_contact_is_added_and_leave_with_it(
    context: Context, customers: Customers
) -> None:
    orders = Orders(context)
    orders.save("Shop", "file", "shopify", [ORDER, replace(ORDER, number="#1002", email="")])
    anna = customers.create("Anna")
    mail = customers.add_contact(anna, ContactKind.MAIL, "Anna.Keller@example.com")
    assert [one.row.number for one in orders.for_customer(anna)] == ["#1001"]
    customers.add_contact(anna, ContactKind.PHONE, "+442079460958")
    assert len(orders.for_customer(anna)) == 2
    customers.remove_contact(mail)  # the phone alone still says whose both are
    assert len(orders.for_customer(anna)) == 2
    phone = ContactPointId(customers.record(anna).contacts[0].id)
    customers.remove_contact(phone)
    assert orders.for_customer(anna) == ()


def test_a_write_says_whose_windows_to_repaint(context: Context, customers: Customers) -> None:
    kept, merged = pair(context, customers)
    with context.database.writing() as unit:
        from deskapp.data.queries.customer_merge import merge_customers

        merge_customers(unit, kept, merged, NOW, None)
        touched = unit.touched.frozen("test")
    assert touched.customers == {kept, merged}
    assert len(touched.tickets) == 1
    assert "orders" in touched.areas


def test_whoever_wrote_without_a_name_is_found_once_a_mail_brings_it(
    context: Context, customers: Customers
) -> None:
    Orders(context).save("Shop", "file", "shopify", [ORDER])
    for name in ("", "Anna Keller"):
        with context.database.writing() as unit:
            sender = Address(name, "Anna.Keller@example.com")
            known = ensure_customers(unit, [(sender, "en")], NOW)
    [row] = customers.find("anna keller")
    assert known == {"anna.keller@example.com": row.id}
    assert (row.name, row.order_count) == ("Anna Keller", 1)


def test_customers_stand_in_the_order_that_people_look_them_up_in(customers: Customers) -> None:
    expected = [
        "Ánh Trần",
        "anna Keller",
        "Châu Nguyễn",
        "Đặng Minh",
        "Dũng Lê",
        "Lương Văn",
        "Lý Thu",
        "Øystein",
        "Zoë",
        "Ёлкина Анна",
        "Иванов",
        "Иванова",
        "Щукин",
        "王小明",
        "陈怡君",
    ]
    for name in reversed(expected):
        customers.create(name)
    nameless = customers.create("", "nobody@example.com")
    assert [row.name for row in customers.rows(customers.ids())] == [*expected, ""]
    assert customers.ids()[-1] == nameless
    assert len(customers.ids(limit=3)) == 3


def test_a_new_name_finds_its_place_however_it_came(context: Context, customers: Customers) -> None:
    anh, chau, nobody = (
        customers.create(name, f"{number}@example.com")
        for number, name in enumerate(("Ánh", "Châu", ""))
    )
    assert customers.ids() == [anh, chau, nobody]
    customers.edit(anh, CustomerEdit(name="Đông"))
    assert customers.ids() == [chau, anh, nobody]
    with context.database.writing() as unit:  # a mail brings the name of who had none
        ensure_customers(unit, [(Address("Bảo", "2@example.com"), "vi")], NOW)
        ensure_customers(unit, [(Address("An", "3@example.com"), "vi")], NOW)
    made = customers.by_address("3@example.com")
    assert customers.ids() == [made, nobody, chau, anh]
    other = customers.create("", "4@example.com")
    customers.merge(other, anh)
    assert customers.ids() == [made, nobody, chau, other]
    customers.unmerge(anh)
    assert customers.ids() == [made, nobody, chau, anh, other]


def test_a_name_of_any_length_is_kept(customers: Customers) -> None:
    customers.create("陳" * 5_000)
    assert len(customers.rows(customers.ids())[0].name) == 5_000
