"""The people who write and buy."""

from collections.abc import Mapping, Sequence

from deskapp.data.database import Unit
from deskapp.data.queries import companies, customer_facts
from deskapp.data.queries.contacts_write import (
    insert_contact,
    read_phones_again,
    write_address,
)
from deskapp.data.queries.customer_find import find_customers
from deskapp.data.queries.customer_merge import merge_customers
from deskapp.data.queries.customer_record import customer_record
from deskapp.data.queries.customer_unmerge import merges_of, unmerge_customers
from deskapp.data.queries.customers import customer_ids, customer_rows, owner_of
from deskapp.data.queries.customers_write import (
    customer_here,
    insert_customer,
    insert_note,
    update_customer,
)
from deskapp.data.queries.merge_fields import fields_between
from deskapp.data.queries.promises import contacted, promises_of
from deskapp.data.queries.timeline import timeline
from deskapp.domain.contact import country_code
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address
from deskapp.domain.merging_people import MergeField, MergeRow, Unmerged
from deskapp.domain.people import CustomerEdit, CustomerRecord, CustomerRow, FieldChange
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.timeline import Contacted, Promise, TimelineAsk, TimelinePage

from .contacts import Contacts
from .context import Context
from .roles import refuse_junior

_LINES = {
    "name": None,
    "family_name": 200,
    "given_name": 200,
    "call_name": 200,
    "honorific": 40,
    "language": 12,
    "time_zone": 60,
}


class Customers(Contacts):
    """Finds, shows, changes and joins customers."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
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
            return customer_record(connection, customer, self._context.now())

    def timeline(self, customer: CustomerId, ask: TimelineAsk | None = None) -> TimelinePage:
        """What happened, newest first; the page says how to ask for the next one."""
        with self._context.database.reading() as connection:
            return timeline(connection, [customer], ask or TimelineAsk())

    def promises(self, customer: CustomerId) -> tuple[Promise, ...]:
        """What is still to happen, the soonest first."""
        with self._context.database.reading() as connection:
            return promises_of(connection, customer, self._context.now())

    def contacted(self, customer: CustomerId) -> Contacted:
        """When we were in touch, first and last."""
        with self._context.database.reading() as connection:
            return contacted(connection, customer)

    def history(self, customer: CustomerId) -> tuple[FieldChange, ...]:
        """What people changed of the fields, newest first."""
        with self._context.database.reading() as connection:
            return customer_facts.changes_of(connection, customer)

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
        """Changes what is not None, and notes it in the history. ``company`` is a person's choice,
        also an empty one: no mail's domain changes it any more.

        Raises Problem NOT_FOUND, INVALID (what="country_code"), or CHANGED_MEANWHILE where
        ``version`` is no longer the customer's, or they were merged meanwhile.
        """
        at = self._context.now()
        with self._context.database.writing() as unit:
            self._write_fields(unit, customer, edit, version)
            if edit.address is not None:
                write_address(unit, customer, edit.address, at, self._context.agent)
            for row in customer_rows(unit.connection, [customer]):
                return row
        raise Problem(ProblemKind.NOT_FOUND, what="customer", id=customer)

    def add_note(self, customer: CustomerId, text: str) -> None:
        """Raises Problem EMPTY, NOT_FOUND, or CHANGED_MEANWHILE for a merged customer."""
        plain = plain_text(text).strip()
        if not plain:
            raise Problem(ProblemKind.EMPTY, what="note")
        with self._context.database.writing() as unit:
            insert_note(unit, customer, plain, self._context.now(), self._context.agent)

    def merge_fields(self, kept: CustomerId, merged: CustomerId) -> tuple[MergeField, ...]:
        """The fields of both records, with what each would become. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return tuple(fields_between(connection, kept, merged).values())

    def merge(
        self, kept: CustomerId, merged: CustomerId, wanted: Mapping[str, str] | None = None
    ) -> None:
        """Makes two records one; ``unmerge`` undoes it. ``wanted``: fields (``MergeField.name``) as
        a person chose or wrote them. Raises Problem INVALID, NOT_FOUND, NOT_ALLOWED
        (what="junior_joins"), or CHANGED_MEANWHILE for one that was merged already.
        """
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            refuse_junior(unit.connection, by, "junior_joins")
            merge_customers(unit, kept, merged, at, by, wanted)

    def unmerge(self, merged: CustomerId) -> Unmerged:
        """Undoes a merge of the last 30 days, whoever did it, also below a later one. Raises
        Problem NOT_FOUND, NOT_ALLOWED (what="junior_joins") or TOO_LATE(what="customer_merge").
        """
        with self._context.database.writing() as unit:
            refuse_junior(unit.connection, self._context.agent, "junior_joins")
            return unmerge_customers(unit, merged, self._context.now(), self._context.agent)

    def merges(self, kept: CustomerId) -> tuple[MergeRow, ...]:
        """The merges into a record that stand and can be undone, the newest first."""
        at = self._context.now()
        with self._context.database.reading() as connection:
            return tuple(row for row in merges_of(connection, kept) if row.until > at)

    def _write_fields(
        self, unit: Unit, one: CustomerId, edit: CustomerEdit, version: int | None
    ) -> None:
        at, by = self._context.now(), self._context.agent
        values = _changed(edit)
        if edit.company is None and not values:
            return
        before = customer_here(unit, one)
        changes = {name: (_said(before._mapping[name]), _said(new)) for name, new in values.items()}
        if edit.company is not None:
            name = one_line(edit.company)
            was = companies.name_of(unit.connection, before.company_id)
            found = companies.company_named(unit, name, at)
            values["company_id"] = found
            values["company_by"] = companies.BY_PERSON
            changes["company"] = (was, companies.name_of(unit.connection, found))
        update_customer(unit, one, values, version)
        if "country" in values or "language" in values:
            read_phones_again(unit, one)
        customer_facts.note_change(unit, one, changes, at, by)


def _changed(edit: CustomerEdit) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, most in _LINES.items():
        if (value := getattr(edit, name)) is not None:
            values[name] = one_line(value, most)
    if edit.must_know is not None:
        values["must_know"] = plain_text(edit.must_know).strip()
    if edit.country is not None:
        values["country"] = country_code(edit.country)
    if edit.vip is not None:
        values["vip"] = edit.vip
    return values


def _said(value: object) -> str:
    return ("yes" if value else "") if isinstance(value, bool) else str(value or "")
