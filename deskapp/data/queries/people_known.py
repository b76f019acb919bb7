"""What is known here of the people in a file: read for many of them at once, and kept up to date
while it is decided, one person after the other, what the file changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import Column, Connection, func, select

from deskapp.domain.contact import contact_key, region_of_language, region_of_phone
from deskapp.domain.erasing import StoneKind
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind, Purpose
from deskapp.domain.people_files import PersonData
from deskapp.domain.problem import Problem

from ..tables.columns import AnyRow
from ..tables.customer_facts import consent, customer_tag
from ..tables.duplicates import customer_imported
from ..tables.people import company, contact_point, customer, customer_note
from .companies import BY_DOMAIN
from .customers import kept_customer, owner_of
from .parts import parts
from .regions import region_of
from .tags import tag_key, tag_named
from .tombstones import Stone, erased_at

PLAIN = (
    "name",
    "given_name",
    "family_name",
    "honorific",
    "language",
    "time_zone",
    "country",
    "must_know",
)
KINDS = (
    (ContactKind.MAIL, "emails"),
    (ContactKind.PHONE, "phones"),
    (ContactKind.HANDLE, "handles"),
)
Contact = tuple[ContactKind, str]  # kind and key


@dataclass(slots=True)
class Standing:
    """A customer as they stand while a file is taken in; ``row`` is None for one it makes."""

    id: CustomerId
    row: AnyRow | None = None
    fields: dict[str, str] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    contacts: set[Contact] = field(default_factory=set)
    tags: set[int | str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    mail_ok: bool | None = None

    def has(self, kind: ContactKind) -> bool:
        return any(own is kind for own, _ in self.contacts)


class Known:
    """Reads for a whole part of a file; a dry run reads part after part into the same one, so that
    it knows whom the parts before would have made."""

    def __init__(self) -> None:
        self.standing: dict[CustomerId, Standing] = {}
        self._made = 0
        self._owners: dict[Contact, CustomerId | None] = {}
        self._own_ids: dict[str, CustomerId] = {}
        self._stones: Mapping[Stone, object] = {}
        self._tags: dict[str, int | str] = {}

    def read(self, connection: Connection, people: Sequence[PersonData], *, lock: bool) -> None:
        """``lock``: none of them is changed by anybody else until this write ends."""
        self.connection = connection
        keys = {key for person in people for key in _readable_keys(person)}
        self._read_owners(keys)
        self._stones = erased_at(connection, {(StoneKind(kind.value), key) for kind, key in keys})
        self._read_own_ids({one.own_id for one in people if one.own_id})
        found = {one for key in keys if (one := self._owners[key])}
        found |= {self._own_ids[one.own_id] for one in people if one.own_id in self._own_ids}
        self._read_standing(found - self.standing.keys(), lock)

    def somebody_new(self) -> Standing:
        """Under a number below 0 until they are stored."""
        self._made -= 1
        return Standing(CustomerId(self._made))

    def owner(self, contact: Contact) -> CustomerId | None:
        if contact not in self._owners:
            self._owners[contact] = owner_of(self.connection, *contact)
        return self._owners[contact]

    def erased(self, contacts: Iterable[Contact]) -> bool:
        return any((StoneKind(kind.value), key) in self._stones for kind, key in contacts)

    def numbered(self, desk_id: str) -> CustomerId | None:
        """Who has this number of the desk, or took in who had it."""
        number = int(desk_id) if desk_id.isdecimal() and len(desk_id) < 19 else 0
        return kept_customer(self.connection, CustomerId(number)) if number else None

    def of_own_id(self, own_id: str) -> CustomerId | None:
        there = self._own_ids.get(own_id)
        if there is None or (there in self.standing and self.standing[there].row is None):
            return there
        return kept_customer(self.connection, there)

    def of(self, one: CustomerId) -> Standing:
        if one not in self.standing:
            self._read_standing({one}, lock=False)
        return self.standing[one]

    def take(self, standing: Standing, contacts: Iterable[Contact], own_id: str) -> None:
        """From here on they have these, too."""
        self.standing[standing.id] = standing
        standing.contacts.update(contacts)
        self._owners.update(dict.fromkeys(contacts, standing.id))
        if own_id:
            self._own_ids.setdefault(own_id, standing.id)

    def tag(self, written: str) -> int | str:
        """The number of a tag, or its key where the file makes it. "" for what is none."""
        key = tag_key(written)
        if key not in self._tags:
            found = tag_named(self.connection, written)
            self._tags[key] = found[0] if found else key
        return self._tags[key]

    def region(self, standing: Standing, person: PersonData) -> str:
        """Whose numbers a phone without a country code is one of."""
        said = standing.fields.get("country") or person.country
        phones = (key for kind, key in standing.contacts if kind is ContactKind.PHONE)
        said = said or next(filter(None, map(region_of_phone, sorted(phones))), "")
        said = said or region_of_language(standing.fields.get("language") or person.language)
        if said or standing.row is None:
            return said
        return region_of(self.connection, standing.row)

    def _read_owners(self, contacts: Iterable[Contact]) -> None:
        asked: dict[ContactKind, list[str]] = {}
        for kind, key in contacts:
            if (kind, key) not in self._owners:
                self._owners[kind, key] = None
                asked.setdefault(kind, []).append(key)
        for kind, keys in asked.items():
            for part in parts(keys):
                rows = select(contact_point.c.value_key, contact_point.c.customer_id).where(
                    contact_point.c.kind == kind, contact_point.c.value_key.in_(part)
                )
                for key, owner in self.connection.execute(rows):
                    self._owners[kind, key] = CustomerId(owner)

    def _read_own_ids(self, own_ids: set[str]) -> None:
        for part in parts(sorted(own_ids - self._own_ids.keys())):
            rows = select(customer_imported.c.own_id, customer_imported.c.customer_id)
            for own_id, one in self.connection.execute(
                rows.where(customer_imported.c.own_id.in_(part)).distinct()
            ):
                self._own_ids.setdefault(own_id, CustomerId(one))

    def _read_standing(self, ids: Iterable[CustomerId], lock: bool) -> None:
        for part in parts(sorted(ids)):
            asked = (
                select(customer, func.coalesce(company.c.name, "").label("company"))
                .outerjoin(company, company.c.id == customer.c.company_id)
                .where(customer.c.id.in_(part))
                .order_by(customer.c.id)
            )
            asked = asked.with_for_update(of=customer) if lock else asked
            for row in self.connection.execute(asked):
                self.standing[CustomerId(row.id)] = _standing(row)
            self._read_rest(part)

    def _read_rest(self, ids: Sequence[CustomerId]) -> None:
        def rows(owner: Column[int]) -> Iterable[AnyRow]:
            asked = select(owner.table).where(owner.in_(ids))
            return self.connection.execute(asked)

        for row in rows(customer_imported.c.customer_id):
            self.standing[row.customer_id].imported[row.field] = row.value
        for row in rows(contact_point.c.customer_id):
            self.standing[row.customer_id].contacts.add((ContactKind(row.kind), row.value_key))
        for row in rows(customer_tag.c.customer_id):
            self.standing[row.customer_id].tags.add(row.tag_id)
        for row in rows(customer_note.c.customer_id):
            self.standing[row.customer_id].notes.add(row.text)
        newest = select(func.max(consent.c.id)).where(
            consent.c.customer_id.in_(ids), consent.c.purpose == Purpose.MAIL
        )
        words = select(consent).where(consent.c.id.in_(newest.group_by(consent.c.customer_id)))
        for row in self.connection.execute(words):
            self.standing[row.customer_id].mail_ok = row.allowed


def _standing(row: AnyRow) -> Standing:
    fields = {name: str(row._mapping[name] or "") for name in PLAIN}
    # What a mail's domain made them is a guess of ours: a file knows better.
    fields["company"] = "" if row.company_by == BY_DOMAIN else row.company
    fields["vip"] = "yes" if row.vip else ""
    return Standing(CustomerId(row.id), row, fields)


def keys_of(person: PersonData, kind: ContactKind, region: str = "") -> list[str]:
    """Raises Problem(INVALID)."""
    region = region or person.country or region_of_language(person.language)
    return [_key(kind, value, region) for value in getattr(person, dict(KINDS)[kind])]


_key = lru_cache(4096)(contact_key)  # each is asked for three times, and a phone takes 0.1 ms


def _readable_keys(person: PersonData) -> list[Contact]:
    """Of a person whose values cannot be stored: none; that is said when their turn comes."""
    try:
        return [(kind, key) for kind, _ in KINDS for key in keys_of(person, kind)]
    except Problem:
        return []
