"""Finding a customer by what somebody remembers of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, select

from deskapp.domain.contact import phone_digits, phone_keys
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address
from deskapp.domain.plain import one_line
from deskapp.domain.search_query import parse_query

from ..search import search
from ..tables.people import contact_point

_SHORTEST_MIDDLE = 3  # signs; fewer stand in the middle of half of all addresses and numbers


def find_customers(connection: Connection, words: str, limit: int) -> list[CustomerId]:
    """Customers by name, mail or half of it, phone or part of it, handle, company.

    Who has exactly this contact comes first, then what the search index finds, best first.
    """
    plain = one_line(words)
    if not plain:
        return []
    found: dict[CustomerId, None] = {}
    for kind, keys in _exact_keys(plain):
        exact = and_(contact_point.c.kind == kind, contact_point.c.value_key.in_(keys))
        found |= dict.fromkeys(_with_contact(connection, exact, limit))
    query = parse_query(plain)
    if query and len(found) < limit:
        hits = search(connection, query, limit, ("customer",))
        found |= dict.fromkeys(CustomerId(hit.ref_id) for hit in hits)
    if not found:
        found = dict.fromkeys(_by_middle(connection, plain, limit))
    return list(found)[:limit]


def _exact_keys(words: str) -> Iterable[tuple[ContactKind, Sequence[str]]]:
    if "@" in words:
        yield ContactKind.MAIL, [Address("", words).key]
    phones = phone_keys(words)
    if phones:
        yield ContactKind.PHONE, phones


def _by_middle(connection: Connection, words: str, limit: int) -> list[CustomerId]:
    """Reads every contact: only asked where nothing else was found."""
    digits = phone_digits(words)
    middle = digits or words.casefold()
    if len(middle) < _SHORTEST_MIDDLE or (" " in words and not digits):
        return []
    condition = contact_point.c.value_key.contains(middle, autoescape=True)
    if digits:
        condition &= contact_point.c.kind == ContactKind.PHONE
    return _with_contact(connection, condition, limit)


def _with_contact(
    connection: Connection, condition: ColumnElement[bool], limit: int
) -> list[CustomerId]:
    statement = select(contact_point.c.customer_id).where(condition).order_by(contact_point.c.id)
    return [CustomerId(one) for one in connection.execute(statement.limit(limit)).scalars()]
