"""Who wants no mail gets none that nobody asked for; an answer goes out after a second look."""

from datetime import timedelta

from deskapp.data.queries.customer_facts import no_mail_reasons
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.domain.kinds import Purpose
from tests.desk.house import NOW


def test_the_newest_word_counts_until_it_runs_out(context: Context, customers: Customers) -> None:
    anna, ben = customers.create("Anna", "anna@example.com"), customers.create("Ben", "b@x.biz")
    customers.consent(anna, Purpose.MAIL, False, reason="By phone", source="call 7")
    customers.consent(ben, Purpose.MAIL, False, until=NOW - timedelta(days=1))
    customers.consent(ben, Purpose.OFFERS, False)
    refused = customers.no_mail([anna, ben])
    assert [(one, said.reason) for one, said in refused.items()] == [(anna, "By phone")]
    record = customers.record(anna)
    assert record.no_mail is not None
    assert (record.no_mail.reason, record.no_mail.source) == ("By phone", "call 7")
    with context.database.reading() as connection:
        people = ["anna@example.com", "b@x.biz", "nobody@example.com"]
        assert no_mail_reasons(connection, people, NOW) == ("By phone",)
    customers.consent(anna, Purpose.MAIL, True)
    assert customers.no_mail([anna, ben]) == {}
    assert [(one.purpose, one.allowed) for one in customers.record(ben).consents] == [
        (Purpose.MAIL, False), (Purpose.OFFERS, False),
    ]  # fmt: skip
