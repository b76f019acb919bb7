"""Ways to reach a customer: of four kinds, changed, removed and put back, and whose they are."""

import pytest

from deskapp.desk.agents import Agents
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.last_edits import LastEdits
from deskapp.desk.orders import Orders
from deskapp.domain.ids import ContactPointId, CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.last_edits import About
from deskapp.domain.people import ContactEdit, ContactPoint, CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind

from .customer_rows import ORDER, refusal


def _one(customers: Customers, who: CustomerId, contact: ContactPointId) -> ContactPoint:
    [found] = [one for one in customers.record(who).contacts if one.id == contact]
    return found


def test_a_phone_is_read_in_the_customers_country_and_kept_as_written(
    customers: Customers,
) -> None:
    lan = customers.create("Lan", "lan@example.com")
    customers.edit(lan, CustomerEdit(country="vn"))
    phone = customers.add_contact(lan, ContactKind.PHONE, "0912 345 678", label="work")
    assert _one(customers, lan, phone).key == "+84912345678"
    assert _one(customers, lan, phone).value == "0912 345 678"
    again = customers.add_contact(lan, ContactKind.PHONE, "(024) 3825-1234")
    assert _one(customers, lan, again).key == "+842438251234"


def test_a_phone_is_read_again_when_the_country_becomes_known(customers: Customers) -> None:
    lan = customers.create("Lan", phone="0912 345 678")
    minh = customers.create("Minh", phone="0987 654 321")
    customers.add_contact(customers.create("Mai"), ContactKind.PHONE, "+84987654321")
    for one in (lan, minh):
        customers.edit(one, CustomerEdit(country="VN"))
    assert [one.id for one in customers.find("+84 912 345 678")] == [lan]
    assert customers.record(minh).contacts[0].key == "0987654321"
    with pytest.raises(Problem) as no_country:
        customers.edit(lan, CustomerEdit(country="Vietnam"))
    assert no_country.value.details["what"] == "country_code"
    assert customers.record(lan).country == "VN"


def test_a_company_by_a_domain_of_other_letters_is_named_in_them(customers: Customers) -> None:
    ivan = customers.create("Иван", "ivan@почта-север.рф")
    assert customers.record(ivan).company == "почта-север.рф"
    customers.edit(ivan, CustomerEdit(company="May Do"))
    lan = customers.create("Lan")
    customers.edit(lan, CustomerEdit(company="may do"))
    assert customers.record(lan).company_id == customers.record(ivan).company_id


@pytest.mark.parametrize(
    ("typed", "network", "kept"),
    [
        ("https://www.facebook.com/lan.nguyen?x=1", "facebook", "lan.nguyen"),
        ("t.me/lan_nguyen", "telegram", "lan_nguyen"),
        ("Zalo: 0912345678", "zalo", "0912345678"),
        ("微信：wxid_88", "wechat", "wxid_88"),
        ("@lan", "", "@lan"),
    ],
)
def test_a_handle_knows_its_network(
    customers: Customers, typed: str, network: str, kept: str
) -> None:
    lan = customers.create("Lan")
    made = _one(customers, lan, customers.add_contact(lan, ContactKind.HANDLE, typed))
    assert (made.network, made.value) == (network, kept)


def test_two_people_live_at_one_address_and_one_person_not_twice(customers: Customers) -> None:
    lan, minh = customers.create("Lan"), customers.create("Minh")
    home = "12 Lê Lợi\n\nĐà Nẵng "
    first = customers.add_contact(lan, ContactKind.POSTAL, home, country="VN")
    customers.add_contact(minh, ContactKind.POSTAL, home)
    assert _one(customers, lan, first).value == "12 Lê Lợi\nĐà Nẵng"
    with pytest.raises(Problem) as refused:
        customers.add_contact(lan, ContactKind.POSTAL, "12 lê lợi, Đà Nẵng")
    assert refusal(refused) is ProblemKind.DUPLICATE
    assert customers.record(lan).address == "12 Lê Lợi\nĐà Nẵng"


def test_another_text_is_neither_verified_nor_bounced(customers: Customers) -> None:
    lan = customers.create("Lan", "lan@example.com")
    [mail] = customers.record(lan).contacts
    customers.edit_contact(mail.id, ContactEdit(verified=True, label="home"))
    assert _one(customers, lan, mail.id).verified
    customers.edit_contact(mail.id, ContactEdit(value="LAN@example.com"))
    assert _one(customers, lan, mail.id).verified  # the same address, spelt otherwise
    customers.edit_contact(mail.id, ContactEdit(value="lan@example.net"))
    changed = _one(customers, lan, mail.id)
    assert (changed.value, changed.label, changed.verified) == ("lan@example.net", "home", False)
    assert customers.by_address("lan@example.com") is None


def test_a_removed_contact_comes_back_as_it_was_with_its_orders(
    context: Context, customers: Customers
) -> None:
    anna = customers.create("Anna", "anna.keller@example.com")
    customers.add_contact(anna, ContactKind.MAIL, "second@example.com")
    Orders(context).save("Shop", "file", "shopify", [ORDER])
    before = customers.record(anna)
    removed = customers.remove_contact(before.contacts[0].id)
    assert customers.rows([anna])[0].order_count == 0
    assert customers.rows([anna])[0].email == "second@example.com"
    customers.put_back_contact(removed)
    after = customers.record(anna)
    assert after.row.order_count == 1
    facts = {(one.value, one.is_primary, one.key) for one in before.contacts}
    assert {(one.value, one.is_primary, one.key) for one in after.contacts} == facts


def test_a_contact_that_somebody_has_by_now_is_not_taken_from_them(customers: Customers) -> None:
    anna, ben = customers.create("Anna", "anna@example.com"), customers.create("Ben")
    [mail] = customers.record(anna).contacts
    removed = customers.remove_contact(mail.id)
    customers.add_contact(ben, ContactKind.MAIL, "anna@example.com")
    with pytest.raises(Problem) as refused:
        customers.put_back_contact(removed)
    assert refusal(refused) is ProblemKind.DUPLICATE
    assert refused.value.details["customer"] == ben
    other = customers.add_contact(anna, ContactKind.MAIL, "x@example.com")
    with pytest.raises(Problem) as refused:
        customers.edit_contact(other, ContactEdit(value="ANNA@example.com"))
    assert refused.value.details["customer"] == ben


def test_a_contact_that_a_colleague_changed_meanwhile_is_told(
    context: Context, customers: Customers
) -> None:
    context.agent = Agents(context).add("Olga")
    lan = customers.create("Lan", "lan@example.com")
    [seen] = customers.record(lan).contacts
    customers.edit_contact(seen.id, ContactEdit(value="lan@example.net"), seen)
    customers.edit_contact(seen.id, ContactEdit(label="home"), seen)
    for edit, stands in (
        (ContactEdit(value="lan@example.org"), "lan@example.net"),
        (ContactEdit(label="work"), "home"),
    ):
        with pytest.raises(Problem) as refused:
            customers.edit_contact(seen.id, edit, seen)
        assert refusal(refused) is ProblemKind.CHANGED_MEANWHILE
        assert refused.value.details["value"] == stands
    now = customers.contact(seen.id)
    assert (now.value, now.label) == ("lan@example.net", "home")
    last = LastEdits(context).of(About.CONTACT, seen.id)
    assert last is not None and last.who == "Olga"
