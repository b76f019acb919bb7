"""Writing what a part of a file of customers brings: people it makes many to a statement, the few
that it changes one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from deskapp.domain.contact import contact_value
from deskapp.domain.handles import handle_parts
from deskapp.domain.ids import AgentId, CustomerId
from deskapp.domain.kinds import ContactKind, Purpose
from deskapp.domain.naming import sort_key

from ..bulk import insert_rows
from ..database import Unit
from ..rowids import reserve
from ..tables.customer_facts import consent, customer_tag
from ..tables.duplicates import customer_imported
from ..tables.people import contact_point, customer, customer_note
from .companies import BY_DOMAIN, BY_PERSON, companies_by_domain, company_named
from .contacts_write import insert_contact, write_address
from .customer_facts import note_change
from .customers_write import index_customers, update_customer
from .order_links import adopt_orders
from .people_import import Wanted
from .people_known import PLAIN
from .tagging import ensure_tag

_IMPORTED_BEFORE = (
    "ON CONFLICT (customer_id, field) DO UPDATE "
    "SET value = excluded.value, own_id = excluded.own_id"
)


@dataclass
class Storing:
    """One part of a file, within one write."""

    unit: Unit
    at: datetime
    by: AgentId | None
    source: str

    def store(self, wanted: Sequence[Wanted]) -> None:
        """In the order of the file. Raises Problem(DUPLICATE) where somebody else has just added
        a contact of one of them: the write is to be done again."""
        new = [one for one in wanted if one.new]
        numbers = reserve(self.unit.connection, customer, len(new)) if new else []
        for one, number in zip(new, numbers, strict=True):
            one.standing.id = CustomerId(number)
        self._make(new)
        for one in wanted:
            if not one.new:
                self._change(one)
        self._add_rest([one for one in wanted if one.changed or one.new])
        self._remember(wanted)
        touched = sorted({one.standing.id for one in wanted if one.changed or one.new})
        index_customers(self.unit, touched)
        self.unit.touched.customers.update(touched)

    def _make(self, new: Sequence[Wanted]) -> None:
        insert_rows(self.unit.connection, customer, self._customers(new))
        rows = [row for one in new for row in self._contacts(one)]
        insert_rows(self.unit.connection, contact_point, rows)
        for kind in (ContactKind.MAIL, ContactKind.PHONE):
            mine = {row["value_key"]: row["customer_id"] for row in rows if row["kind"] is kind}
            adopt_orders(self.unit, kind, mine)

    def _customers(self, new: Sequence[Wanted]) -> list[dict[str, Any]]:
        said_firms = {one.changes["company"][1] for one in new if "company" in one.changes}
        firms = {name: company_named(self.unit, name, self.at) for name in sorted(said_firms)}
        mails = {
            one.standing.id: next((v for k, v, _ in one.contacts if k is ContactKind.MAIL), "")
            for one in new
            if "company" not in one.changes
        }
        by_domain = companies_by_domain(self.unit, filter(None, mails.values()), self.at)
        rows = []
        for one in new:
            said = {name: one.changes[name][1] if name in one.changes else "" for name in PLAIN}
            firm: int | None = by_domain.get(mails.get(one.standing.id, ""))
            by = BY_DOMAIN
            if "company" in one.changes:
                firm, by = firms[one.changes["company"][1]], BY_PERSON
            rows.append(
                {
                    **said,
                    "id": one.standing.id,
                    "name_key": sort_key(said["name"]),
                    "vip": "vip" in one.changes,
                    "company_id": firm,
                    "company_by": by if firm else "",
                    "created_at": self.at,
                }
            )
        return rows

    def _contacts(self, one: Wanted) -> list[dict[str, Any]]:
        told = [(kind, value, key) for kind, value, key in one.contacts]
        if one.address:
            told.append((ContactKind.POSTAL, one.address, one.address_key(one.standing.id)))
        rows, seen = [], set()
        for kind, value, key in told:
            rows.append(
                {
                    "customer_id": one.standing.id,
                    "kind": kind,
                    "value": contact_value(kind, value),
                    "value_key": key,
                    "network": handle_parts(value)[0] if kind is ContactKind.HANDLE else "",
                    "is_primary": kind not in seen,
                    "created_at": self.at,
                }
            )
            seen.add(kind)
        return rows

    def _change(self, one: Wanted) -> None:
        number, changes = one.standing.id, one.changes
        values: dict[str, object] = {n: new for n, (_, new) in changes.items() if n in PLAIN}
        if "company" in changes:
            values["company_id"] = company_named(self.unit, changes["company"][1], self.at)
            values["company_by"] = BY_PERSON
        if "vip" in changes:
            values["vip"] = True
        if values:
            update_customer(self.unit, number, values, None)
            note_change(self.unit, number, changes, self.at, self.by)
        for kind, value, _ in one.contacts:
            insert_contact(self.unit, number, kind, value, self.at)
        if one.address:
            write_address(self.unit, number, one.address, self.at, self.by)

    def _add_rest(self, wanted: Sequence[Wanted]) -> None:
        connection = self.unit.connection
        names = sorted({name for one in wanted for name in one.tags})
        tags = {name: ensure_tag(self.unit, name)[0] for name in names}
        pairs = {(one.standing.id, tags[name]) for one in wanted for name in one.tags}
        on = [{"customer_id": one, "tag_id": number} for one, number in sorted(pairs)]
        insert_rows(connection, customer_tag, on, known="ON CONFLICT DO NOTHING")
        by = {"agent_id": self.by, "at": self.at}
        notes = [
            {"customer_id": one.standing.id, "text": text, **by}
            for one in wanted
            for text in one.notes
        ]
        insert_rows(connection, customer_note, notes)
        said = [
            {
                "customer_id": one.standing.id,
                "purpose": Purpose.MAIL,
                "allowed": one.mail_ok,
                "reason": "",
                "source": self.source,
                "until": None,
                **by,
            }
            for one in wanted
            if one.mail_ok is not None
        ]
        if said:
            connection.execute(insert(consent), said)

    def _remember(self, wanted: Sequence[Wanted]) -> None:
        rows = {}
        for one in wanted:
            told = {name: new for name, (_, new) in one.changes.items()}
            for name, value in (told | ({"own_id": one.own_id} if one.remember else {})).items():
                rows[one.standing.id, name] = {
                    "customer_id": one.standing.id,
                    "field": name,
                    "value": value,
                    "own_id": one.own_id,
                }
        insert_rows(
            self.unit.connection, customer_imported, list(rows.values()), known=_IMPORTED_BEFORE
        )
