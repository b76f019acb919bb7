"""What a desk knows of erased people, carried into an older state of the same desk."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from deskapp.domain.erasing import EraseMode, StoneKind, stone_hash
from deskapp.domain.ids import CustomerId

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.erasing import erasure, tombstone
from ..tables.people import agent, contact_point
from .desk_info import desk_identity, desk_secret
from .upsert import insert_into
from .writes import insert_row

_CONTACTS = (StoneKind.MAIL, StoneKind.PHONE, StoneKind.HANDLE)


def carry_over(newer: Connection, unit: Unit) -> Mapping[str, EraseMode] | None:
    """Adds the proof sheets and tombstones that only ``newer`` has; the hashes of contacts among
    them, with how their person was erased. None: ``newer`` is another desk."""
    if desk_identity(newer) != desk_identity(unit.connection):
        return None
    there = select(erasure.c.at, erasure.c.identifiers)
    known = {(row.at, row.identifiers) for row in unit.connection.execute(there)}
    fresh: dict[str, EraseMode] = {}
    for row in newer.execute(select(erasure).order_by(erasure.c.id)).all():
        if (row.at, row.identifiers) not in known:
            number = insert_row(unit.connection, erasure, _sheet(unit.connection, row))
            for stone in newer.execute(select(tombstone).where(tombstone.c.erasure_id == row.id)):
                _put(unit, stone, number)
                if stone.kind in _CONTACTS:
                    fresh[stone.hash] = EraseMode(row.mode)
    return fresh


def bearers(
    connection: Connection, hashes: Mapping[str, EraseMode]
) -> Mapping[CustomerId, EraseMode]:
    """Customers who have a contact with one of these hashes."""
    if not hashes:
        return {}
    secret = desk_secret(connection)
    asked = select(contact_point.c.customer_id, contact_point.c.kind, contact_point.c.value_key)
    found: dict[CustomerId, EraseMode] = {}
    for row in connection.execute(asked.where(contact_point.c.kind.in_(_CONTACTS))):
        mode = hashes.get(stone_hash(secret, StoneKind(row.kind), row.value_key))
        if mode is not None:
            found[CustomerId(row.customer_id)] = mode
    return found


def _sheet(connection: Connection, row: AnyRow) -> dict[str, object]:
    by = connection.execute(select(agent.c.id).where(agent.c.id == row.agent_id)).scalar()
    kept = ("at", "mode", "counts", "identifiers", "cleaned_at")
    return {**{name: row._mapping[name] for name in kept}, "agent_id": by}


def _put(unit: Unit, stone: AnyRow, number: int) -> None:
    values = {"erasure_id": number, "at": stone.at}
    row = insert_into(unit.connection, tombstone).values(kind=stone.kind, hash=stone.hash, **values)
    unit.connection.execute(row.on_conflict_do_update(index_elements=["kind", "hash"], set_=values))
