"""Links between tickets. They are kept as they were made: of tickets that were merged since, the
one that each lives on in is meant, so that an undone merge has its links again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import ENDED, EventKind, TicketStatus
from deskapp.domain.linking import LinkedTicket, LinkKind, LinkRole, TicketLink
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.joins import ticket_link
from ..tables.tickets import ticket
from .filing import heirs_of, lock_tickets
from .parts import parts
from .ticket_moves import merged_into, numbers_of
from .ticket_write import add_event

_ROLES = {  # what the other is, for who stands at "from" and for who stands at "to"
    LinkKind.RELATED: (LinkRole.RELATED, LinkRole.RELATED),
    LinkKind.CHILD: (LinkRole.CHILD, LinkRole.PARENT),
    LinkKind.SPLIT: (LinkRole.SPLIT_OFF, LinkRole.SPLIT_FROM),
}
_ORDER = list(LinkRole)
_REVERSE = {LinkRole.PARENT: LinkRole.CHILD, LinkRole.CHILD: LinkRole.PARENT}


def links_of(connection: Connection, one: TicketId) -> tuple[TicketLink, ...]:
    """A ticket's links, parents first, each role by number."""
    here = {one, *merged_into(connection, one)}
    found = [(row, row.from_id in here) for row in _between(connection, here)]
    if not found:
        return ()
    heirs = heirs_of(connection, {_other(row, begins) for row, begins in found})
    roles = {
        (heirs[_other(row, begins)], _ROLES[LinkKind(row.kind)][0 if begins else 1])
        for row, begins in found
    }
    rows = _tickets(connection, {other for other, _ in roles} - {one})
    links = (
        TicketLink(role, other, row.number, row.subject, TicketStatus(row.status))
        for other, role in roles
        if (row := rows.get(other)) is not None
    )
    return tuple(sorted(links, key=lambda link: (_ORDER.index(link.role), link.number)))


def _other(row: AnyRow, begins: bool) -> TicketId:
    return TicketId(row.to_id if begins else row.from_id)


def _between(connection: Connection, here: Collection[TicketId]) -> list[AnyRow]:
    found: list[AnyRow] = []
    for part in parts(sorted(here)):
        touching = or_(ticket_link.c.from_id.in_(part), ticket_link.c.to_id.in_(part))
        found += connection.execute(select(ticket_link).where(touching)).all()
    return found


def _tickets(connection: Connection, ids: Collection[TicketId]) -> dict[TicketId, AnyRow]:
    columns = (ticket.c.id, ticket.c.number, ticket.c.subject, ticket.c.status)
    rows: dict[TicketId, AnyRow] = {}
    for part in parts(sorted(ids)):
        for row in connection.execute(select(*columns).where(ticket.c.id.in_(part))):
            rows[TicketId(row.id)] = row
    return rows


def open_children(
    connection: Connection, ids: Collection[TicketId]
) -> dict[TicketId, tuple[LinkedTicket, ...]]:
    """Of those of these tickets that have ended, the children that have not."""
    parents: set[TicketId] = set()
    for part in parts(sorted(ids)):
        chosen = (
            select(ticket_link.c.from_id)
            .join(ticket, ticket.c.id == ticket_link.c.from_id)
            .where(ticket_link.c.kind == LinkKind.CHILD, ticket_link.c.from_id.in_(part))
            .where(ticket.c.status.in_(ENDED))
        )
        parents.update(map(TicketId, connection.execute(chosen).scalars()))
    found = {}
    for one in sorted(parents):
        children = tuple(
            LinkedTicket(link.id, link.number, link.subject)
            for link in links_of(connection, one)
            if link.is_open_child
        )
        if children:
            found[one] = children
    return found


def add_link(
    unit: Unit, one: TicketId, other: TicketId, role: LinkRole, at: datetime, by: AgentId | None
) -> None:
    """Links two tickets; ``role``: what ``other`` is to ``one``: RELATED, PARENT or CHILD.

    Raises Problem INVALID (what="link", the same; "link_circle"), DUPLICATE (what="link"; "parent"
    where the child has one).
    """
    heirs = lock_tickets(unit.connection, {one, other})
    one, other = heirs[one], heirs[other]
    if one == other:
        raise Problem(ProblemKind.INVALID, what="link", value=one)
    first, second = (one, other) if role is LinkRole.CHILD else (other, one)
    if role is LinkRole.RELATED:
        first, second = sorted((one, other))
    if any(link.id == other for link in links_of(unit.connection, one)):
        raise Problem(ProblemKind.DUPLICATE, what="link", value=other)
    if role is not LinkRole.RELATED:
        _check_line(unit.connection, first, second)
    kind = LinkKind.RELATED if role is LinkRole.RELATED else LinkKind.CHILD
    row = {"kind": kind, "from_id": first, "to_id": second, "agent_id": by, "at": at}
    unit.connection.execute(insert(ticket_link), row)
    _tell(unit, EventKind.LINKED, one, other, role, at, by)


def _check_line(connection: Connection, parent: TicketId, child: TicketId) -> None:
    """One parent each, and nobody is above itself."""
    above = _parent(connection, child)
    [number] = numbers_of(connection, child)
    if above is not None:
        facts: dict[str, int] = {"value": number, "parent": above.number}
        raise Problem(ProblemKind.DUPLICATE, what="parent", **facts)
    higher = _parent(connection, parent)
    seen = {parent}
    while higher is not None and higher.id not in seen:
        if higher.id == child:
            raise Problem(ProblemKind.INVALID, what="link_circle", value=number)
        seen.add(higher.id)
        higher = _parent(connection, higher.id)


def _parent(connection: Connection, one: TicketId) -> TicketLink | None:
    links = links_of(connection, one)
    return next((link for link in links if link.role is LinkRole.PARENT), None)


def remove_link(
    unit: Unit, one: TicketId, other: TicketId, at: datetime, by: AgentId | None
) -> LinkRole:
    """Takes what links two tickets off; what the other was. ``Problem(NOT_FOUND, what="link")``."""
    heirs = lock_tickets(unit.connection, {one, other})
    one, other = heirs[one], heirs[other]
    roles = [link.role for link in links_of(unit.connection, one) if link.id == other]
    if not roles:
        raise Problem(ProblemKind.NOT_FOUND, what="link", value=other)
    here = {one, *merged_into(unit.connection, one)}
    there = {other, *merged_into(unit.connection, other)}
    for begin, end in ((here, there), (there, here)):
        gone = ticket_link.c.from_id.in_(begin) & ticket_link.c.to_id.in_(end)
        unit.connection.execute(delete(ticket_link).where(gone))
    _tell(unit, EventKind.UNLINKED, one, other, roles[0], at, by)
    return roles[0]


def _tell(
    unit: Unit,
    kind: EventKind,
    one: TicketId,
    other: TicketId,
    role: LinkRole,
    at: datetime,
    by: AgentId | None,
) -> None:
    mine, others = numbers_of(unit.connection, one, other)
    add_event(unit, one, kind, at, by, new=str(others), reason=role)
    add_event(unit, other, kind, at, by, new=str(mine), reason=_REVERSE.get(role, role))
    unit.touched.tickets.update((one, other))
