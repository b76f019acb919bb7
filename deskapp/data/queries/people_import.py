"""Taking in people from a file: who they are here already, and what of it may be written."""

from dataclasses import dataclass, field, replace

from deskapp.domain.contact import contact_key
from deskapp.domain.folding import fold
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people_files import PersonData, PersonFault
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .people_known import KINDS, PLAIN, Contact, Known, Standing, keys_of

_GIVEN_ONCE = 10
"""An id of so many characters is no other system's as well (Shopify's have 13, UUIDs 36)."""


class NotTaken(Exception):
    """A row that is left out; nothing of it may stay."""

    def __init__(self, why: PersonFault, column: str = "", value: str = "") -> None:
        super().__init__(why)
        self.why, self.column, self.value = why, column, value


@dataclass(slots=True)
class Wanted:
    """What one row of a file changes of one customer."""

    standing: Standing
    new: bool
    own_id: str
    changes: dict[str, tuple[str, str]]
    contacts: list[tuple[ContactKind, str, str]]  # kind, as written, key
    address: str = ""
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mail_ok: bool | None = None
    remember: bool = False  # their id in the file is not known yet

    def address_key(self, owner: CustomerId) -> str:
        """Unique among its customer's own."""
        return f"{owner}:{contact_key(ContactKind.POSTAL, self.address)}"

    @property
    def changed(self) -> bool:
        rest = self.contacts or self.address or self.tags or self.notes
        return bool(self.changes or rest or self.mail_ok is not None)


class Taking:
    """Decides of one person after the other, and writes nothing. ``overwrite``: also what somebody
    typed here; else that stays, and ``kept`` counts it."""

    def __init__(self, known: Known, *, overwrite: bool) -> None:
        self._known, self._overwrite = known, overwrite
        self.kept = 0

    def take(self, person: PersonData) -> Wanted:
        """Who has just been made has a number below 0. Raises NotTaken, and Problem where a value
        cannot be stored; then nothing of this person was taken."""
        person = _storable(person)
        found = self._found(person)
        standing = self._known.somebody_new() if found is None else self._known.of(found)
        contacts = self._contacts(standing, person)
        address, address_key, stays = self._address(standing, person.address)
        tags = {one: self._known.tag(one) for one in person.tags}
        if nameless := [one for one, tag in tags.items() if not tag]:
            raise Problem(ProblemKind.INVALID, what="tag", value=nameless[0])
        # Nothing of the person may be refused from here on.
        self.kept += stays
        wanted = Wanted(
            standing=standing,
            new=found is None,
            own_id=person.own_id,
            changes=self._changes(standing, person),
            contacts=contacts,
            address=address,
            tags=[one for one, tag in tags.items() if tag not in standing.tags],
            notes=[one for one in dict.fromkeys(person.notes) if one not in standing.notes],
            mail_ok=_stricter(standing.mail_ok, person.mail_ok),
            remember=bool(person.own_id) and standing.imported.get("own_id") != person.own_id,
        )
        standing.tags.update(tags.values())
        standing.notes.update(wanted.notes)
        standing.mail_ok = standing.mail_ok if wanted.mail_ok is None else wanted.mail_ok
        news = {name: new for name, (_, new) in wanted.changes.items()}
        standing.fields.update(news)
        standing.imported.update(news)
        if person.own_id:
            standing.imported["own_id"] = person.own_id
        keys = [(kind, key) for kind, _, key in contacts]
        if address:
            keys.append((ContactKind.POSTAL, address_key))
        self._known.take(standing, keys, person.own_id)
        return wanted

    def _found(self, person: PersonData) -> CustomerId | None:
        """By mail, else by phone or handle, else by the numbers of the record and the file."""
        contacts = [(kind, key) for kind, _ in KINDS for key in keys_of(person, kind)]
        for kind, column in KINDS:
            owners = {self._known.owner(one) for one in contacts if one[0] is kind} - {None}
            if len(owners) > 1:
                raise NotTaken(PersonFault.TWO_CUSTOMERS, column, getattr(person, column)[0])
            if owners:
                return owners.pop()
        for there in (self._known.numbered(person.desk_id), self._by_own_id(person.own_id)):
            if there is not None and self._may_be(self._known.of(there), person):
                return there
        if self._known.erased(contacts):
            raise NotTaken(PersonFault.ERASED)
        return None

    def _by_own_id(self, own_id: str) -> CustomerId | None:
        return self._known.of_own_id(own_id) if own_id else None

    def _may_be(self, there: Standing, person: PersonData) -> bool:
        """Low numbers are given by every shop and desk: with another name it is another person."""
        names = fold(there.fields.get("name", "")), fold(person.name)
        same = names[0] == names[1] or not all(names)
        return same or (there.imported.get("own_id") == person.own_id and _once(person.own_id))

    def _contacts(
        self, standing: Standing, person: PersonData
    ) -> list[tuple[ContactKind, str, str]]:
        """Those they do not have yet. Raises NotTaken for somebody else's."""
        new: dict[Contact, str] = {}
        for kind, column in KINDS:
            values = getattr(person, column)
            region = self._known.region(standing, person) if values and kind == "phone" else ""
            for value, key in zip(values, keys_of(person, kind, region), strict=True):
                if (kind, key) in standing.contacts:
                    continue
                owner = self._known.owner((kind, key))
                if owner not in (None, standing.id):
                    raise NotTaken(PersonFault.TWO_CUSTOMERS, column, value)
                new.setdefault((kind, key), value)
        return [(kind, value, key) for (kind, key), value in new.items()]

    def _address(self, standing: Standing, written: str) -> tuple[str, str, bool]:
        """What is to be written, its key, and whether another one stays that is here."""
        if not written:
            return "", "", False
        key = f"{standing.id}:{contact_key(ContactKind.POSTAL, written)}"
        if (ContactKind.POSTAL, key) in standing.contacts:
            return "", "", False
        if standing.has(ContactKind.POSTAL) and not self._overwrite:
            return "", "", True
        return written, key, False

    def _changes(self, standing: Standing, person: PersonData) -> dict[str, tuple[str, str]]:
        wanted = {name: getattr(person, name) for name in (*PLAIN, "company")}
        wanted["vip"] = "yes" if person.vip else ""
        changes: dict[str, tuple[str, str]] = {}
        for name, value in wanted.items():
            before = standing.fields.get(name, "")
            if not value or value == before:
                continue
            if before and standing.imported.get(name) != before and not self._overwrite:
                self.kept += 1
                continue
            changes[name] = (before, value)
        return changes


def _once(own_id: str) -> bool:
    return len(own_id) >= _GIVEN_ONCE


def _stricter(before: bool | None, said: bool | None) -> bool | None:
    """Of two words on mail the stricter counts; None where nothing is to be written."""
    return said if before is None or (before and said is False) else None


def _storable(person: PersonData) -> PersonData:
    """Cards tell whatever they like: one line and no longer than there is room for."""
    return replace(
        person,
        name=one_line(person.name),
        given_name=one_line(person.given_name),
        family_name=one_line(person.family_name),
        honorific=one_line(person.honorific, 40),
        language=one_line(person.language, 12),
        time_zone=one_line(person.time_zone, 60),
        country=one_line(person.country, 2),
        must_know=plain_text(person.must_know).strip(),
        company=one_line(person.company),
        own_id=one_line(person.own_id, 200),
        notes=tuple(filter(None, (plain_text(one).strip() for one in person.notes))),
    )
