"""The people who write and buy."""

from collections.abc import Sequence

from deskapp.data.queries.customer_find import find_customers
from deskapp.data.queries.customer_merge import merge_customers, unmerge_customers
from deskapp.data.queries.customer_record import customer_record
from deskapp.data.queries.customers import customer_ids, customer_rows, owner_of
from deskapp.data.queries.customers_write import (
    choose_primary,
    company_named,
    delete_contact,
    insert_contact,
    insert_customer,
    insert_note,
    update_customer,
)
from deskapp.domain.ids import ContactPointId, CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address
from deskapp.domain.people import CustomerEdit, CustomerRecord, CustomerRow
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

_LINES = {"name": None, "language": 12, "time_zone": 60, "honorific": 40}
_TEXTS = ("must_know", "address")


class Customers:
    """Finds, shows, changes and joins customers."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def ids(self, words: str = "", limit: int = 100_000) -> list[CustomerId]:
        """All customers by name, or those that ``find`` would give for ``words``."""
        with self._context.database.reading() as connection:
            if not words.strip():
                return customer_ids(connection, limit)
            return find_customers(connection, words, limit)

    def rows(self, ids: Sequence[CustomerId]) -> list[CustomerRow]:
        """The rows in the order asked; those gone or merged are left out."""
        with self._context.database.reading() as connection:
            return customer_rows(connection, ids)

    def find(self, words: str, limit: int = 50) -> tuple[CustomerRow, ...]:
        """By name, mail or half of it, phone or part of it, handle, company."""
        with self._context.database.reading() as connection:
            return tuple(customer_rows(connection, find_customers(connection, words, limit)))

    def record(self, customer: CustomerId) -> CustomerRecord:
        """Everything about one, or about whom they were merged into. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return customer_record(connection, customer)

    def by_address(self, address: str) -> CustomerId | None:
        """The customer who has this mail address."""
        with self._context.database.reading() as connection:
            return owner_of(connection, ContactKind.MAIL, Address("", address).key)

    def create(self, name: str, email: str = "", phone: str = "") -> CustomerId:
        """Raises Problem EMPTY, INVALID, or DUPLICATE with the ``customer`` who has a contact."""
        name = one_line(name)
        contacts = [(ContactKind.MAIL, email.strip()), (ContactKind.PHONE, phone.strip())]
        if not (name or any(value for _, value in contacts)):
            raise Problem(ProblemKind.EMPTY, what="customer")
        at = self._context.now()
        with self._context.database.writing() as unit:
            made = insert_customer(unit, name, at)
            for kind, value in contacts:
                if value:
                    insert_contact(unit, made, kind, value, at)
            return made

    def edit(
        self, customer: CustomerId, edit: CustomerEdit, version: int | None = None
    ) -> CustomerRow:
        """Changes what is not None. Raises Problem NOT_FOUND, or CHANGED_MEANWHILE where
        ``version`` is no longer the customer's, or they were merged meanwhile.
        """
        values = _changed(edit)
        with self._context.database.writing() as unit:
            if edit.company is not None:
                values["company_id"] = company_named(unit, one_line(edit.company))
            if values:
                update_customer(unit, customer, values, version)
            for row in customer_rows(unit.connection, [customer]):
                return row
        raise Problem(ProblemKind.NOT_FOUND, what="customer", id=customer)

    def add_contact(self, customer: CustomerId, kind: ContactKind, value: str) -> ContactPointId:
        """Raises Problem INVALID, NOT_FOUND, or DUPLICATE with the ``customer`` who has it."""
        with self._context.database.writing() as unit:
            return insert_contact(unit, customer, kind, value, self._context.now())

    def remove_contact(self, contact: ContactPointId) -> None:
        """Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            delete_contact(unit, contact)

    def make_primary(self, contact: ContactPointId) -> None:
        """Has answers go there first, of this kind of contact. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            choose_primary(unit, contact)

    def add_note(self, customer: CustomerId, text: str) -> None:
        """Raises Problem EMPTY, NOT_FOUND, or CHANGED_MEANWHILE for a merged customer."""
        plain = plain_text(text).strip()
        if not plain:
            raise Problem(ProblemKind.EMPTY, what="note")
        with self._context.database.writing() as unit:
            insert_note(unit, customer, plain, self._context.now(), self._context.agent)

    def merge(self, kept: CustomerId, merged: CustomerId) -> None:
        """Makes two records one; ``unmerge`` undoes it. Raises Problem INVALID, NOT_FOUND, or
        CHANGED_MEANWHILE for one that was merged already.
        """
        with self._context.database.writing() as unit:
            merge_customers(unit, kept, merged, self._context.now(), self._context.agent)

    def unmerge(self, merged: CustomerId) -> None:
        """Raises Problem NOT_FOUND, or CHANGED_MEANWHILE where a later merge must go first."""
        with self._context.database.writing() as unit:
            unmerge_customers(unit, merged, self._context.now(), self._context.agent)


def _changed(edit: CustomerEdit) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, most in _LINES.items():
        if (value := getattr(edit, name)) is not None:
            values[name] = one_line(value, most)
    for name in _TEXTS:
        if (value := getattr(edit, name)) is not None:
            values[name] = plain_text(value).strip()
    return values
