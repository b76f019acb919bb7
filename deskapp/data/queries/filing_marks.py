"""What filing a mail tells about rows that were there before it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, select, update

from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind, Direction

from ..database import Unit
from ..tables.people import contact_point
from ..tables.tickets import message
from .parts import parts

SAME_ID = "same_id"


def mark_same_id(connection: Connection, rows: Collection[int]) -> None:
    """Marks messages whose Message-ID another one with other content has too."""
    for part in parts(sorted(rows)):
        longer = case((message.c.defects == "", SAME_ID), else_=message.c.defects + f" {SAME_ID}")
        connection.execute(
            update(message)
            .where(message.c.id.in_(part), ~message.c.defects.contains(SAME_ID))
            .values(marked=True, defects=longer)
        )


def take_as_ours(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Turns messages filed from an inbox into ours, once the copy in Sent proves it."""
    if rows:
        connection.execute(
            update(message)
            .where(message.c.id == bindparam("b_id"))
            .values(
                direction=Direction.OUT,
                agent_id=bindparam("b_agent"),
                marked=message.c.defects.contains(SAME_ID),
                uninvited=False,
            ),
            list(rows),
        )


def mark_alive(unit: Unit, heard: Mapping[str, datetime]) -> None:
    """Who wrote after mail to them came back has their address again. ``heard``: when, by key."""
    for part in parts(sorted(heard)):
        marked = select(contact_point.c.id, contact_point.c.value_key, contact_point.c.bounced_at)
        marked = marked.where(
            contact_point.c.kind == ContactKind.MAIL,
            contact_point.c.value_key.in_(part),
            contact_point.c.bounced_at.is_not(None),
        )
        back = [one for one, key, since in unit.connection.execute(marked) if since < heard[key]]
        if back:
            unit.connection.execute(
                update(contact_point)
                .where(contact_point.c.id.in_(back))
                .values(bounced_at=None, bounced_status="")
            )


def mark_undelivered(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> None:
    """Notes at the addresses of customers that mail to them came back for good."""
    if not rows:
        return
    unit.connection.execute(
        update(contact_point)
        .where(
            contact_point.c.kind == ContactKind.MAIL,
            contact_point.c.value_key == bindparam("b_key"),
        )
        .values(bounced_at=bindparam("b_at"), bounced_status=bindparam("b_status")),
        list(rows),
    )
    for part in parts(sorted({row["b_key"] for row in rows})):
        owners = select(contact_point.c.customer_id).where(contact_point.c.value_key.in_(part))
        found = unit.connection.execute(owners).scalars()
        unit.touched.customers.update(CustomerId(one) for one in found)
