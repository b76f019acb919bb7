"""How customers are reached, what is known of them beside their name, and what they allow."""

from collections.abc import Iterable
from datetime import datetime

from deskapp.data.queries import contacts_write, customer_facts
from deskapp.data.queries.custom_fields import field_numbered
from deskapp.data.queries.customers import contact_numbered
from deskapp.data.queries.customers_write import customer_here, update_customer
from deskapp.domain.consents import Consent, NoMail
from deskapp.domain.custom_fields import checked_value
from deskapp.domain.ids import ContactPointId, CustomerId, FieldId
from deskapp.domain.kinds import ContactKind, Purpose
from deskapp.domain.last_edits import About
from deskapp.domain.people import ContactEdit, ContactPoint, RemovedContact
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .last_edits import edited


class Contacts:
    """Contact points, tags, the desk's own fields and consent of one customer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add_contact(
        self,
        customer: CustomerId,
        kind: ContactKind,
        value: str,
        *,
        label: str = "",
        network: str = "",
        country: str = "",
    ) -> ContactPointId:
        """Raises Problem INVALID, NOT_FOUND, or DUPLICATE with the ``customer`` who has it."""
        with self._context.database.writing() as unit:
            return contacts_write.insert_contact(
                unit,
                customer,
                kind,
                value,
                self._context.now(),
                label=label,
                network=network,
                country=country,
            )

    def contact(self, one: ContactPointId) -> ContactPoint:
        """Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return contact_numbered(connection, one)

    def edit_contact(
        self, contact: ContactPointId, edit: ContactEdit, seen: ContactPoint | None = None
    ) -> None:
        """Raises Problem INVALID, NOT_FOUND, DUPLICATE with the ``customer`` who has it, or
        CHANGED_MEANWHILE (what="contact") with the ``value`` of now, where a colleague has changed
        a fact of it to something else than was ``seen``."""
        with self._context.database.writing() as unit:
            if seen is not None:
                contacts_write.refuse_unseen(unit, contact, edit, seen)
            contacts_write.edit_contact(unit, contact, edit, self._context.now())
            edited(self._context, unit, About.CONTACT, contact)

    def clear_bounce(self, contact: ContactPointId) -> None:
        """It works again, somebody says. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            contacts_write.clear_bounce(unit, contact)

    def remove_contact(self, contact: ContactPointId) -> RemovedContact:
        """What ``put_back_contact`` wants. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            return contacts_write.delete_contact(unit, contact)

    def put_back_contact(self, removed: RemovedContact) -> ContactPointId:
        """Raises Problem NOT_FOUND, CHANGED_MEANWHILE, or DUPLICATE with the ``customer``."""
        with self._context.database.writing() as unit:
            return contacts_write.put_back_contact(unit, removed)

    def make_primary(self, contact: ContactPointId) -> None:
        """Has answers go there first, of this kind of contact. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            contacts_write.choose_primary(unit, contact)

    def tag(
        self, customer: CustomerId, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> None:
        """Tags of the desk, the same as on tickets. Raises Problem NOT_FOUND or INVALID."""
        with self._context.database.writing() as unit:
            update_customer(unit, customer, {}, None)
            customer_facts.put_tags(unit, customer, add, remove)

    def set_field(
        self, customer: CustomerId, field: FieldId, written: str, seen: str | None = None
    ) -> str:
        """Keeps what was typed into a field of the desk's own; what is kept. "" empties it.

        ``seen`` is what stood there when the typing began. Raises Problem NOT_FOUND, INVALID with
        the field's ``name``, or CHANGED_MEANWHILE with ``theirs`` where another value stands there.
        """
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            asked = field_numbered(unit.connection, field)
            value = checked_value(asked, written)
            customer_here(unit, customer)
            before = customer_facts.put_value(unit, customer, asked, value)
            if seen is not None and before not in (seen, value):
                raise Problem(ProblemKind.CHANGED_MEANWHILE, name=asked.name, theirs=before)
            if before != value:
                changes = {asked.name[:40]: (before, value)}
                customer_facts.note_change(unit, customer, changes, at, by, field)
                update_customer(unit, customer, {}, None)
        return value

    def consent(
        self,
        customer: CustomerId,
        purpose: Purpose,
        allowed: bool,
        *,
        reason: str = "",
        source: str = "",
        until: datetime | None = None,
    ) -> None:
        """Notes the newest word on a purpose. Raises Problem(NOT_FOUND)."""
        at, by = self._context.now(), self._context.agent
        plain, said_in = plain_text(reason).strip(), one_line(source, 200)
        said = Consent(purpose, allowed, plain, said_in, at, until)
        with self._context.database.writing() as unit:
            update_customer(unit, customer, {}, None)
            customer_facts.add_consent(unit, customer, said, by)

    def no_mail(self, customers: Iterable[CustomerId]) -> dict[CustomerId, NoMail]:
        """Those of them who are not to be written to unasked, and why."""
        with self._context.database.reading() as connection:
            return customer_facts.no_mail_of(connection, customers, self._context.now())
