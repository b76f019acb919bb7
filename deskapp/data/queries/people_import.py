"""Taking in people from a file: who they are here already, and what of it may be written."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from deskapp.domain.consents import Consent
from deskapp.domain.contact import contact_key, region_of_language
from deskapp.domain.erasing import StoneKind
from deskapp.domain.ids import AgentId, CustomerId
from deskapp.domain.kinds import ContactKind, Purpose
from deskapp.domain.people_files import PersonData, PersonFault

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.customer_facts import customer_tag
from ..tables.duplicates import customer_imported
from ..tables.people import contact_point, customer_note
from .companies import BY_PERSON, company_named, name_of
from .contacts_write import insert_contact, write_address
from .customer_facts import add_consent, consents_of, note_change, put_tags
from .customers import contacts_of, kept_customer, owner_of
from .customers_write import customer_here, insert_customer, insert_note, update_customer
from .tombstones import erased_at
from .upsert import insert_into

_PLAIN = (
    "name",
    "given_name",
    "family_name",
    "honorific",
    "language",
    "time_zone",
    "country",
    "must_know",
)
_KINDS = (
    (ContactKind.MAIL, "emails"),
    (ContactKind.PHONE, "phones"),
    (ContactKind.HANDLE, "handles"),
)


class NotTaken(Exception):
    """A row that is left out; nothing of it may stay."""

    def __init__(self, why: PersonFault, column: str = "", value: str = "") -> None:
        super().__init__(why)
        self.why, self.column, self.value = why, column, value


class Taking:
    """Takes in one person after the other within one write. ``overwrite``: also what somebody
    typed here; else that stays, and ``kept`` counts it."""

    def __init__(
        self, unit: Unit, at: datetime, by: AgentId | None, source: str, *, overwrite: bool
    ) -> None:
        self._unit, self._at, self._by = unit, at, by
        self._source, self._overwrite = source, overwrite
        self.kept = 0

    def take(self, person: PersonData) -> bool | None:
        """True for somebody new, False for somebody who changed, None where nothing was new.

        Raises NotTaken, and Problem where a value cannot be stored.
        """
        found = self._found(person)
        if found is None:
            self._not_erased(person)
        one = found or insert_customer(self._unit, "", self._at)
        changed = self._write_fields(one, person)
        changed |= self._add_contacts(one, person)
        changed |= self._add_rest(one, person)
        return True if found is None else (False if changed else None)

    def _found(self, person: PersonData) -> CustomerId | None:
        """By mail, else by phone or handle, else by the numbers of the record and the file."""
        for kind, field in _KINDS:
            owners = {
                owner_of(self._unit.connection, kind, key)
                for key in self._keys(person, kind, field)
            } - {None}
            if len(owners) > 1:
                raise NotTaken(PersonFault.TWO_CUSTOMERS, field, getattr(person, field)[0])
            if owners:
                return owners.pop()
        if person.desk_id.isdigit():
            there = kept_customer(self._unit.connection, CustomerId(int(person.desk_id)))
            if there is not None:
                return there
        return self._by_own_id(person.own_id) if person.own_id else None

    def _by_own_id(self, own_id: str) -> CustomerId | None:
        asked = select(customer_imported.c.customer_id).where(customer_imported.c.own_id == own_id)
        one = self._unit.connection.execute(asked.limit(1)).scalar()
        return None if one is None else kept_customer(self._unit.connection, CustomerId(one))

    def _keys(self, person: PersonData, kind: ContactKind, field: str) -> list[str]:
        region = person.country or region_of_language(person.language)
        return [contact_key(kind, value, region) for value in getattr(person, field)]

    def _not_erased(self, person: PersonData) -> None:
        stones = {
            (StoneKind(kind.value), key)
            for kind, field in _KINDS
            for key in self._keys(person, kind, field)
        }
        if erased_at(self._unit.connection, stones):
            raise NotTaken(PersonFault.ERASED)

    def _write_fields(self, one: CustomerId, person: PersonData) -> bool:
        row = customer_here(self._unit, one)
        before = {name: str(row._mapping[name] or "") for name in _PLAIN}
        before["company"] = name_of(self._unit.connection, row.company_id)
        before["vip"] = "yes" if row.vip else ""
        last = self._imported(one)
        wanted = {name: getattr(person, name) for name in (*_PLAIN, "company")}
        wanted["vip"] = "yes" if person.vip else ""
        changes: dict[str, tuple[str, str]] = {}
        for name, value in wanted.items():
            if not value or value == before[name]:
                continue
            if before[name] and last.get(name) != before[name] and not self._overwrite:
                self.kept += 1
                continue
            changes[name] = (before[name], value)
        self._store(one, row, changes, person)
        return bool(changes)

    def _store(
        self,
        one: CustomerId,
        row: AnyRow,
        changes: Mapping[str, tuple[str, str]],
        person: PersonData,
    ) -> None:
        values: dict[str, object] = {
            name: new for name, (_, new) in changes.items() if name in _PLAIN
        }
        if "company" in changes:
            new = changes["company"][1]
            values["company_id"] = company_named(self._unit, new, self._at)
            values["company_by"] = BY_PERSON
        if "vip" in changes:
            values["vip"] = True
        if values:
            update_customer(self._unit, one, values, None)
            if row.version > 1 or row.name:  # who has just been made has no history
                note_change(self._unit, one, changes, self._at, self._by)
        for name, (_, new) in changes.items():
            self._remember(one, name, new, person.own_id)
        if person.own_id and not changes:
            self._remember(one, "own_id", person.own_id, person.own_id)

    def _imported(self, one: CustomerId) -> dict[str, str]:
        asked = select(customer_imported.c.field, customer_imported.c.value).where(
            customer_imported.c.customer_id == one
        )
        return {row.field: row.value for row in self._unit.connection.execute(asked)}

    def _remember(self, one: CustomerId, field: str, value: str, own_id: str) -> None:
        row = insert_into(self._unit.connection, customer_imported).values(
            customer_id=one, field=field, value=value, own_id=own_id
        )
        self._unit.connection.execute(
            row.on_conflict_do_update(
                index_elements=["customer_id", "field"], set_={"value": value, "own_id": own_id}
            )
        )

    def _add_contacts(self, one: CustomerId, person: PersonData) -> bool:
        added = False
        known = {
            (row.kind, row.value_key)
            for row in self._unit.connection.execute(
                select(contact_point).where(contact_point.c.customer_id == one)
            )
        }
        for kind, field in _KINDS:
            region = person.country or region_of_language(person.language)
            for value in getattr(person, field):
                if (kind, contact_key(kind, value, region)) not in known:
                    insert_contact(self._unit, one, kind, value, self._at)
                    added = True
        return self._write_address(one, person.address) or added

    def _write_address(self, one: CustomerId, written: str) -> bool:
        there = contacts_of(self._unit.connection, [one]).get(one, ())
        known = [at.value for at in there if at.kind is ContactKind.POSTAL]
        if not written or written in known:
            return False
        if known and not self._overwrite:
            self.kept += 1
            return False
        write_address(self._unit, one, written, self._at)
        return True

    def _add_rest(self, one: CustomerId, person: PersonData) -> bool:
        """Tags and notes come on top; of consent the stricter word counts."""
        connection = self._unit.connection
        tags = select(customer_tag.c.tag_id).where(customer_tag.c.customer_id == one)
        before = set(connection.execute(tags).scalars())
        put_tags(self._unit, one, person.tags, ())
        changed = set(connection.execute(tags).scalars()) != before
        noted = select(customer_note.c.text).where(customer_note.c.customer_id == one)
        there = set(connection.execute(noted).scalars()) if person.notes else set()
        for note in _new(person.notes, there):
            insert_note(self._unit, one, note, self._at, self._by)
            changed = True
        if person.mail_ok is not None:
            words = [c for c in consents_of(connection, one) if c.purpose is Purpose.MAIL]
            if not words or (words[0].allowed and not person.mail_ok):
                said = Consent(Purpose.MAIL, person.mail_ok, "", self._source, self._at)
                add_consent(self._unit, one, said, self._by)
                changed = True
        return changed


def _new(notes: Iterable[str], there: set[str]) -> list[str]:
    return [note for note in notes if note not in there]
