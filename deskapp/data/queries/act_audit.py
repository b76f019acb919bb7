"""The audit of acts: rows that are only ever added, each sealing all before it.

The database refuses to change or delete one (triggers of the migration). A seal that does not fit
shows that somebody who owns the database went around them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, func, insert, select, text

from deskapp.domain.ids import AgentId, OrderActId
from deskapp.domain.order_act_rows import AuditLine

from ..database import Unit
from ..tables.order_acts import act_audit, order_act
from ..tables.people import agent

_LOCK = 0x6163745F  # "act_": the advisory lock under which rows are sealed


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be written down. ``words`` stand elsewhere; here only their hash."""

    step: str
    at: datetime
    by: AgentId | None
    machine: str = ""
    amount: Decimal | None = None
    currency: str = ""
    facts: str = ""
    words: str = ""


def write_down(unit: Unit, act: OrderActId | None, step: Step) -> None:
    """Adds one line, sealed with the one before it."""
    if unit.connection.dialect.name == "postgresql":
        unit.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = select(act_audit.c.seal).order_by(act_audit.c.id.desc()).limit(1)
    words = hashlib.sha256(step.words.encode()).hexdigest() if step.words else ""
    values = {
        "act_id": act,
        "at": step.at,
        "agent_id": step.by,
        "step": step.step,
        "machine": step.machine[:120],
        "amount": step.amount,
        "currency": step.currency,
        "facts": step.facts,
        "words_sha256": words,
    }
    before = unit.connection.execute(last).scalar() or ""
    unit.connection.execute(insert(act_audit), {**values, "seal": _seal(before, values)})


def audit_lines(connection: Connection, act: OrderActId | None, limit: int) -> list[AuditLine]:
    """The newest first; of one act, or of all with the changes of switches and limits."""
    asked = select(act_audit, agent.c.name.label("who")).outerjoin(
        agent, agent.c.id == act_audit.c.agent_id
    )
    if act is not None:
        asked = asked.where(act_audit.c.act_id == act)
    rows = connection.execute(asked.order_by(act_audit.c.id.desc()).limit(limit))
    return [
        AuditLine(
            row.id,
            None if row.act_id is None else OrderActId(row.act_id),
            row.at,
            row.who or "",
            row.step,
            row.machine,
            row.amount,
            row.currency,
            row.facts,
        )
        for row in rows
    ]


def broken_seals(connection: Connection) -> list[int]:
    """Lines that do not fit what stands before them: changed, or something is missing there."""
    found, before = [], ""
    asked = select(act_audit).order_by(act_audit.c.id)
    for row in connection.execute(asked.execution_options(yield_per=1000)).mappings():
        values = {name: row[name] for name in _SEALED}
        if row["seal"] != _seal(before, values):
            found.append(int(row["id"]))
        before = str(row["seal"])
    return found


def untold_acts(connection: Connection) -> list[int]:
    """Acts that stand elsewhere than their last line says: changed past the audit, or its end was
    cut off, which no seal shows."""
    last = select(func.max(act_audit.c.id)).group_by(act_audit.c.act_id)
    told = select(act_audit.c.act_id, act_audit.c.step).where(act_audit.c.id.in_(last)).subquery()
    asked = (
        select(order_act.c.id)
        .outerjoin(told, told.c.act_id == order_act.c.id)
        .where(func.coalesce(told.c.step, "") != order_act.c.state)
    )
    return [int(one) for one in connection.execute(asked.order_by(order_act.c.id)).scalars()]


_SEALED = tuple(one.name for one in act_audit.c if one.name not in ("id", "seal"))


def _seal(before: str, values: Mapping[str, object]) -> str:
    told = json.dumps(
        [before, *(values[name] for name in _SEALED)], default=_plain, separators=(",", ":")
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return str(round(value.timestamp() * 1000))
    return format(value, "f") if isinstance(value, Decimal) else str(value)
