"""Which facts of tickets somebody else set after a person saw them, who did, and when."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.stale import FACTS, Clash, clashing, value_of
from deskapp.domain.tickets import TicketEdit, TicketRow

from ..tables.columns import AnyRow
from ..tables.people import agent
from ..tables.tickets import event
from .ticket_rows import ticket_rows


def clashes(
    connection: Connection,
    ids: Sequence[TicketId],
    edit: TicketEdit,
    seen: Mapping[TicketId, TicketRow],
    by: AgentId | None,
    *,
    strict: bool = False,
) -> list[Clash]:
    """What an edit would overwrite unseen; of tickets that are not in ``seen`` nothing.

    What the acting agent set last is known to him, wherever he did. ``strict``: also of tickets
    that are not in ``seen``, whatever the edit would change.
    """
    asked = ids if strict else [one for one in ids if one in seen]
    found: list[Clash] = []
    for row in ticket_rows(connection, asked, by):
        before = seen.get(row.id)
        if before is not None and before.version == row.version:
            continue
        for fact in clashing(edit, before, row):
            last = _last_set(connection, row.id, fact)
            if last is not None and by is not None and last.agent_id == by and not strict:
                continue
            found.append(
                Clash(
                    row.id,
                    row.number,
                    fact,
                    None if before is None else value_of(before, fact)[1],
                    value_of(row, fact)[1],
                    (last.name or "") if last is not None else "",
                    None if last is None else last.at,
                )
            )
    return found


def _last_set(connection: Connection, one: TicketId, fact: EventKind) -> AnyRow | None:
    told = (
        select(event.c.at, event.c.agent_id, agent.c.name)
        .outerjoin(agent, agent.c.id == event.c.agent_id)
        .where(event.c.ticket_id == one, event.c.kind.in_(FACTS[fact]))
        .order_by(event.c.id.desc())
        .limit(1)
    )
    return connection.execute(told).first()
