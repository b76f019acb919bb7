"""All customers as people for files, page by page."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import ContactPoint
from deskapp.domain.people_files import PersonData

from ..tables.people import company, customer
from .customer_facts import no_mail_of, tags_of
from .customers import contacts_of

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Person:
    """One customer, and when their record was begun."""

    data: PersonData
    created_at: datetime


Lines = Callable[[Iterable[Person]], Iterator[tuple[str, int]]]
"""Makes text of people: pieces of a file, each with how many people are in it."""


def people(connection: Connection, now: datetime) -> Iterator[Person]:
    """Everybody who is not merged into somebody else."""
    last = 0
    while True:
        rows = connection.execute(
            select(customer, company.c.name.label("company"))
            .outerjoin(company, company.c.id == customer.c.company_id)
            .where(customer.c.merged_into.is_(None), customer.c.id > last)
            .order_by(customer.c.id)
            .limit(_PAGE)
        ).all()
        contacts = contacts_of(connection, [row.id for row in rows])
        unwanted = no_mail_of(connection, [row.id for row in rows], now)
        for row in rows:
            one = CustomerId(row.id)
            ways = contacts.get(row.id, ())
            yield Person(
                PersonData(
                    row=row.id,
                    desk_id=str(row.id),
                    name=row.name,
                    given_name=row.given_name,
                    family_name=row.family_name,
                    emails=_of(ways, ContactKind.MAIL),
                    phones=_of(ways, ContactKind.PHONE),
                    handles=_of(ways, ContactKind.HANDLE),
                    company=row.company or "",
                    honorific=row.honorific,
                    language=row.language,
                    time_zone=row.time_zone,
                    address=next(iter(_of(ways, ContactKind.POSTAL)), ""),
                    country=row.country,
                    tags=tags_of(connection, one),
                    must_know=row.must_know,
                    vip=row.vip or None,
                    mail_ok=False if one in unwanted else None,
                ),
                row.created_at,
            )
        if len(rows) < _PAGE:
            return
        last = rows[-1].id


def _of(ways: Iterable[ContactPoint], kind: ContactKind) -> tuple[str, ...]:
    return tuple(way.value for way in ways if way.kind is kind)
