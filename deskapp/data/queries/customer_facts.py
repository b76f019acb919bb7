"""What a customer's record says beside their own row: tags, own fields, consent, history."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from deskapp.domain.consents import Consent, NoMail
from deskapp.domain.custom_fields import CustomField, CustomValue
from deskapp.domain.ids import AgentId, CustomerId, FieldId
from deskapp.domain.kinds import ContactKind, Purpose
from deskapp.domain.people import FieldChange

from ..database import Unit
from ..tables.customer_facts import (
    consent,
    custom_field,
    custom_value,
    customer_change,
    customer_tag,
)
from ..tables.people import agent, contact_point
from ..tables.tickets import tag
from .custom_fields import field_of
from .parts import parts
from .tagging import ensure_tag
from .tags import tag_named
from .upsert import insert_into
from .writes import insert_row

LONGEST_HISTORY = 200


def tags_of(connection: Connection, one: CustomerId) -> tuple[str, ...]:
    named = select(tag.c.name).join(customer_tag, customer_tag.c.tag_id == tag.c.id)
    found = named.where(customer_tag.c.customer_id == one).order_by(tag.c.name_key)
    return tuple(connection.execute(found).scalars())


def put_tags(unit: Unit, one: CustomerId, add: Iterable[str], remove: Iterable[str]) -> None:
    """The desk's own tags, as on tickets; a new name makes one. Raises Problem(INVALID)."""
    for name in add:
        number, _ = ensure_tag(unit, name)
        row = insert_into(unit.connection, customer_tag).values(customer_id=one, tag_id=number)
        unit.connection.execute(row.on_conflict_do_nothing())
    for name in remove:
        known = tag_named(unit.connection, name)
        if known is not None:
            off = delete(customer_tag).where(customer_tag.c.customer_id == one)
            unit.connection.execute(off.where(customer_tag.c.tag_id == known[0]))


def values_of(connection: Connection, one: CustomerId) -> tuple[CustomValue, ...]:
    """Every field that is asked for, in its order, with what this customer has in it."""
    mine = and_(custom_value.c.field_id == custom_field.c.id, custom_value.c.customer_id == one)
    statement = (
        select(custom_field, custom_value.c.value)
        .outerjoin(custom_value, mine)
        .where(custom_field.c.archived_at.is_(None))
        .order_by(custom_field.c.position, custom_field.c.id)
    )
    return tuple(
        CustomValue(field_of(row), row.value or "") for row in connection.execute(statement)
    )


def put_value(unit: Unit, one: CustomerId, field: CustomField, value: str) -> str:
    """Keeps a value, "" empties it; what stood there before."""
    mine = (custom_value.c.customer_id == one) & (custom_value.c.field_id == field.id)
    before = unit.connection.execute(select(custom_value.c.value).where(mine)).scalar() or ""
    if value == before:
        return before
    if not value:
        unit.connection.execute(delete(custom_value).where(mine))
    elif before:
        unit.connection.execute(update(custom_value).where(mine).values(value=value))
    else:
        row = {"customer_id": one, "field_id": field.id, "value": value}
        insert_row(unit.connection, custom_value, row)
    return before


def note_change(
    unit: Unit,
    one: CustomerId,
    changes: Mapping[str, tuple[str, str]],
    at: datetime,
    by: AgentId | None,
    field: FieldId | None = None,
) -> None:
    """Writes down what a person changed: field -> (before, after); what stayed is left out."""
    rows = [
        {
            "customer_id": one,
            "field_id": field,
            "field": name,
            "old": old,
            "new": new,
            "at": at,
            "agent_id": by,
        }
        for name, (old, new) in changes.items()
        if old != new
    ]
    if rows:
        unit.connection.execute(insert(customer_change), rows)


def changes_of(connection: Connection, one: CustomerId) -> tuple[FieldChange, ...]:
    """The history of a customer's fields, newest first."""
    statement = (
        select(customer_change, agent.c.name.label("who"), custom_field.c.name.label("own"))
        .outerjoin(agent, agent.c.id == customer_change.c.agent_id)
        .outerjoin(custom_field, custom_field.c.id == customer_change.c.field_id)
        .where(customer_change.c.customer_id == one)
        .order_by(customer_change.c.id.desc())
        .limit(LONGEST_HISTORY)
    )
    return tuple(
        FieldChange(
            row.own or row.field, row.old, row.new, row.at, row.who or "", row.own is not None
        )
        for row in connection.execute(statement)
    )


def add_consent(unit: Unit, one: CustomerId, said: Consent, by: AgentId | None) -> None:
    insert_row(
        unit.connection,
        consent,
        {
            "customer_id": one,
            "purpose": said.purpose,
            "allowed": said.allowed,
            "reason": said.reason,
            "source": said.source,
            "at": said.at,
            "until": said.until,
            "agent_id": by,
        },
    )


def consents_of(connection: Connection, one: CustomerId) -> tuple[Consent, ...]:
    """The newest word on each purpose, also where it ran out."""
    newest = select(func.max(consent.c.id)).where(consent.c.customer_id == one)
    statement = (
        select(consent, agent.c.name.label("who"))
        .outerjoin(agent, agent.c.id == consent.c.agent_id)
        .where(consent.c.id.in_(newest.group_by(consent.c.purpose)))
        .order_by(consent.c.purpose)
    )
    return tuple(
        Consent(
            Purpose(row.purpose),
            row.allowed,
            row.reason,
            row.source,
            row.at,
            row.until,
            row.who or "",
        )
        for row in connection.execute(statement)
    )


def no_mail_of(
    connection: Connection, customers: Iterable[int], now: datetime
) -> dict[CustomerId, NoMail]:
    """Those of them who are not to be written to unasked, and why."""
    found: dict[CustomerId, NoMail] = {}
    for part in parts(sorted(set(customers))):
        newest = (
            select(func.max(consent.c.id))
            .where(consent.c.customer_id.in_(part), consent.c.purpose == Purpose.MAIL)
            .group_by(consent.c.customer_id)
        )
        holds = or_(consent.c.until.is_(None), consent.c.until > now)
        standing = select(consent).where(consent.c.id.in_(newest), ~consent.c.allowed, holds)
        for row in connection.execute(standing):
            one = CustomerId(row.customer_id)
            found[one] = NoMail(row.reason, row.source, row.at, row.until)
    return found


def no_mail_reasons(
    connection: Connection, addresses: Iterable[str], now: datetime
) -> tuple[str, ...]:
    """Why they want no mail, of each customer who has one of these addresses (by key)."""
    owners: set[int] = set()
    for part in parts(sorted(set(addresses))):
        chosen = select(contact_point.c.customer_id).where(
            contact_point.c.kind == ContactKind.MAIL, contact_point.c.value_key.in_(part)
        )
        owners.update(connection.execute(chosen).scalars())
    return tuple(one.reason for one in no_mail_of(connection, owners, now).values())
