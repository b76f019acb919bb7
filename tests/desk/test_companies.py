"""Companies by the domain of a mail, what a person chose, and what happened with all of them."""

import pytest

from deskapp.data.queries.people_write import ensure_customers
from deskapp.desk.companies import Companies
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.domain.companies import CompanyEdit
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.public_mail import company_domain
from deskapp.domain.timeline import Happening, TimelineAsk
from tests.desk.house import NOW

from .customer_rows import refusal, ticket_of


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("lan@maydo.vn", "maydo.vn"),
        ("lan@hcm.office.maydo.com.vn", "maydo.com.vn"),
        ("x@Shop.CO.UK", "shop.co.uk"),
        ("x@пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("x@shop1.myshopify.com", "shop1.myshopify.com"),
        *((address, "") for address in (
            "a@gmail.com", "a@qq.com", "a@vip.163.com", "a@126.com", "a@mail.ru", "a@yandex.kz",
            "a@rambler.ru", "a@outlook.de", "a@yahoo.co.jp", "a@hotmail.fr", "a@live.com.au",
            "a@hcm.vnn.vn", "a@fpt.vn", "a@naver.com", "a@mail.local", "a@localhost",
            "a@example.com", "a@192.168.0.1", "a@[10.0.0.1]", "nobody", "",
        )),
    ],
)  # fmt: skip
def test_a_domain_says_which_company_unless_anybody_can_write_from_there(
    address: str, domain: str
) -> None:
    assert company_domain(address) == domain


def test_colleagues_find_themselves_in_one_company(context: Context, customers: Customers) -> None:
    people = [(Address("Lan", "lan@maydo.vn"), "vi"), (Address("Tom", "tom@gmail.com"), "")]
    with context.database.writing() as unit:
        ensure_customers(unit, people, NOW)
        more = [(Address("Minh", "minh@sales.maydo.vn"), ""), (Address("Li", "li@li.cn"), "")]
        ensure_customers(unit, more, NOW)
    names = {}
    for one in customers.ids():
        record = customers.record(one)
        names[record.row.name] = (record.company, record.company_by)
    assert names == {
        "Lan": ("maydo.vn", "domain"), "Minh": ("maydo.vn", "domain"),
        "Li": ("li.cn", "domain"), "Tom": ("", ""),
    }  # fmt: skip


def test_what_a_person_chose_stays(customers: Customers) -> None:
    lan, minh = customers.create("Lan", "lan@maydo.vn"), customers.create("Minh")
    customers.edit(lan, CustomerEdit(company=""))
    customers.add_contact(lan, ContactKind.MAIL, "lan@other.vn")
    assert customers.record(lan).company == ""
    customers.edit(minh, CustomerEdit(company="Acme"))
    customers.add_contact(minh, ContactKind.MAIL, "minh@maydo.vn")
    assert customers.record(minh).company == "Acme"


def test_a_company_has_people_notes_domains_and_one_axis(
    context: Context, customers: Customers
) -> None:
    companies = Companies(context)
    lan, minh = customers.create("Lan", "lan@maydo.vn"), customers.create("Minh", "m@maydo.vn")
    ticket_of(context, lan, "First", days_ago=3)
    ticket_of(context, minh, "Second", days_ago=1)
    one = companies.named("mail.maydo.vn")
    companies.edit(one, CompanyEdit(name="May Đỏ", must_know="Net 30 days"))
    companies.add_domain(one, "maydo.com")
    companies.add_note(one, "Call Ms Hoa")
    record = companies.record(companies.named("May Đỏ"))
    assert [row.id for row in record.people] == [minh, lan]
    assert (record.domains, record.must_know) == (("maydo.com", "maydo.vn"), "Net 30 days")
    assert [note.text for note in record.notes] == ["Call Ms Hoa"]
    page = companies.timeline(one, TimelineAsk((Happening.TICKET,)))
    assert [entry.title for entry in page.entries] == ["Second", "First"]
    assert customers.record(lan).company_must_know == "Net 30 days"
    assert customers.record(customers.create("New", "new@maydo.com")).company == "May Đỏ"
    with pytest.raises(Problem) as refused:
        companies.add_domain(one, "gmail.com")
    assert refusal(refused) is ProblemKind.INVALID
