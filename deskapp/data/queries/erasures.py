"""The proof sheets of people who were erased, and the holds that forbid it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from deskapp.domain.erasing import EraseCounts, EraseMode, EraseProof, LegalHold
from deskapp.domain.ids import AgentId, CustomerId

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.erasing import erasure, legal_hold
from ..tables.people import agent
from .customers_write import customer_here
from .upsert import insert_into
from .writes import insert_row


def insert_erasure(
    unit: Unit, mode: EraseMode, counts: EraseCounts, at: datetime, by: AgentId | None
) -> int:
    """Begins a proof sheet; its identifiers come with the tombstones."""
    return insert_row(
        unit.connection,
        erasure,
        {
            "at": at,
            "agent_id": by,
            "mode": mode,
            "counts": json.dumps(asdict(counts)),
            "identifiers": "[]",
        },
    )


def set_identifiers(unit: Unit, one: int, hashes: Iterable[str]) -> None:
    told = json.dumps(sorted(hashes))
    unit.connection.execute(update(erasure).where(erasure.c.id == one).values(identifiers=told))


def mark_cleaned(unit: Unit, at: datetime) -> None:
    """All that was erased before is wiped from the files now."""
    unit.connection.execute(
        update(erasure)
        .where(erasure.c.cleaned_at.is_(None), erasure.c.at <= at)
        .values(cleaned_at=at)
    )


def proofs(connection: Connection) -> tuple[EraseProof, ...]:
    """All proof sheets, the newest first."""
    asked = (
        select(erasure, agent.c.name.label("agent_name"))
        .outerjoin(agent, agent.c.id == erasure.c.agent_id)
        .order_by(erasure.c.id.desc())
    )
    return tuple(_proof(row) for row in connection.execute(asked))


def _proof(row: AnyRow) -> EraseProof:
    return EraseProof(
        id=row.id,
        at=row.at,
        agent_name=row.agent_name or "",
        mode=EraseMode(row.mode),
        counts=EraseCounts(**json.loads(row.counts)),
        identifiers=tuple(json.loads(row.identifiers)),
        cleaned_at=row.cleaned_at,
    )


def put_hold(unit: Unit, one: CustomerId, hold: LegalHold) -> None:
    """One hold a customer; a new one replaces it. Raises Problem(NOT_FOUND)."""
    customer_here(unit, one)
    values = {
        "reason": hold.reason,
        "until": hold.until,
        "agent_id": hold.agent,
        "at": hold.at,
    }
    insertion = insert_into(unit.connection, legal_hold).values(customer_id=one, **values)
    unit.connection.execute(
        insertion.on_conflict_do_update(index_elements=["customer_id"], set_=values)
    )
    unit.touched.customers.add(one)


def lift_hold(unit: Unit, one: CustomerId) -> bool:
    """Whether there was one."""
    gone = unit.connection.execute(delete(legal_hold).where(legal_hold.c.customer_id == one))
    unit.touched.customers.add(one)
    return bool(gone.rowcount)
