"""What an admin allows: kinds of acts by source, amounts by role and currency."""

from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from deskapp.domain.ids import AgentId, OrderSourceId
from deskapp.domain.order_act_rows import Cap
from deskapp.domain.order_acts import ActKind
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.order_acts import act_cap, act_switch, order_act
from ..tables.orders import order_source
from ..tables.team import desk_info
from .upsert import insert_into


def switched_on(connection: Connection, source: OrderSourceId) -> frozenset[ActKind]:
    """What may be done at a source."""
    asked = select(act_switch.c.kind).where(act_switch.c.source_id == source)
    return frozenset(ActKind(one) for one in connection.execute(asked).scalars())


def switch(
    unit: Unit,
    source: OrderSourceId,
    kind: ActKind,
    on: bool,
    *,
    by: AgentId | None,
    at: datetime,
) -> bool:
    """Whether that changed anything. Raises Problem(NOT_FOUND, what="order_source")."""
    there = select(exists().where(order_source.c.id == source))
    if not unit.connection.execute(there).scalar():
        raise Problem(ProblemKind.NOT_FOUND, what="order_source", id=source)
    mine = (act_switch.c.source_id == source, act_switch.c.kind == kind)
    if on:
        done = unit.connection.execute(
            insert_into(unit.connection, act_switch)
            .values(source_id=source, kind=kind, agent_id=by, at=at)
            .on_conflict_do_nothing()
            .returning(act_switch.c.kind)
        )
    else:
        gone = delete(act_switch).where(*mine)
        done = unit.connection.execute(gone.returning(act_switch.c.kind))
    unit.touched.areas.add("acts")
    return done.first() is not None


def caps(connection: Connection) -> tuple[Cap, ...]:
    """All limits, by role and currency."""
    asked = select(act_cap).order_by(act_cap.c.role, act_cap.c.currency)
    return tuple(
        Cap(row.role, row.currency, row.most, row.alone, row.version)
        for row in connection.execute(asked)
    )


def locked_caps(unit: Unit) -> tuple[Cap, ...]:
    """All limits; nobody else sets one until this write ends."""
    unit.connection.execute(select(desk_info.c.id).with_for_update())
    return caps(unit.connection)


def cap_of(connection: Connection, role: str, currency: str) -> Cap | None:
    """The limit of one role in one currency."""
    for one in caps(connection):
        if (one.role, one.currency) == (role, currency):
            return one
    return None


def set_cap(unit: Unit, cap: Cap) -> None:
    """A new limit, or another one."""
    values = {"most": cap.most, "alone": cap.alone}
    unit.connection.execute(
        insert_into(unit.connection, act_cap)
        .values(role=cap.role, currency=cap.currency, **values)
        .on_conflict_do_update(
            index_elements=[act_cap.c.role, act_cap.c.currency],
            set_={**values, "version": act_cap.c.version + 1},
        )
    )
    unit.touched.areas.add("acts")


def drop_cap(unit: Unit, role: str, currency: str) -> None:
    """Nothing may be moved in it any more."""
    unit.connection.execute(
        delete(act_cap).where(act_cap.c.role == role, act_cap.c.currency == currency)
    )
    unit.touched.areas.add("acts")


def forget_source(unit: Unit, source: OrderSourceId) -> None:
    """A source goes: nothing may be done there, and what was done there stays."""
    unit.connection.execute(delete(act_switch).where(act_switch.c.source_id == source))
    unit.connection.execute(
        update(order_act).where(order_act.c.source_id == source).values(source_id=None)
    )
