"""Tickets and an order of customers, for stories about their records."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import insert

from deskapp.data.tables.tickets import ticket
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.orders import Orders
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.orders import OrderData, OrderStatus
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.house import NOW

ORDER = OrderData(
    number="#1001",
    standing=OrderStatus.PAID,
    placed_at=NOW - timedelta(days=3),
    currency="USD",
    total=Decimal("24.90"),
    email="anna.keller@example.com",
    phone="+44 20 7946 0958",
)


def ticket_of(
    context: Context,
    owner: CustomerId,
    subject: str = "Where is it?",
    status: TicketStatus = TicketStatus.OPEN,
    days_ago: int = 1,
) -> TicketId:
    at = NOW - timedelta(days=days_ago)
    with context.database.writing() as unit:
        made = unit.connection.execute(
            insert(ticket)
            .values(
                number=next(_numbers),
                subject=subject,
                status=status,
                customer_id=owner,
                created_at=at,
                updated_at=at,
            )
            .returning(ticket.c.id)
        ).scalar_one()
    return TicketId(made)


def refusal(problem: pytest.ExceptionInfo[Problem]) -> ProblemKind:
    return problem.value.kind


_numbers = count(1)


def names_found(customers: Customers, words: str) -> list[str]:
    return [row.name for row in customers.find(words)]


def pair(context: Context, customers: Customers) -> tuple[CustomerId, CustomerId]:
    kept = customers.create("Anna Keller", "anna@example.com")
    merged = customers.create("A. Keller", "anna.keller@example.com", "+44 20 7946 0958")
    customers.edit(merged, CustomerEdit(language="de", must_know="VIP"))
    customers.add_note(merged, "Called twice")
    ticket_of(context, kept, "Kept")
    ticket_of(context, merged, "Merged")
    Orders(context).save("Shop", "file", "shopify", [ORDER])
    return kept, merged
