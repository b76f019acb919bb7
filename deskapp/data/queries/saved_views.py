"""Pinned views: rows, and what they list."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import SavedView, SavedViewId, Sorting
from deskapp.domain.search_line import parse_line

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.tickets import saved_view
from .search_tickets import search_tickets, tickets_among
from .writes import lock_row


def saved_views(connection: Connection, me: AgentId | None) -> tuple[SavedView, ...]:
    """The agent's own and the shared ones, in the order they were put in."""
    theirs = or_(saved_view.c.agent_id.is_(None), saved_view.c.agent_id == me)
    rows = select(saved_view).where(theirs).order_by(saved_view.c.position, saved_view.c.id)
    return tuple(map(_view, connection.execute(rows)))


def saved_view_of(connection: Connection, one: SavedViewId, me: AgentId | None) -> SavedView:
    """``Problem(NOT_FOUND)`` when it is gone, or another's own."""
    for view in saved_views(connection, me):
        if view.id == one:
            return view
    raise Problem(ProblemKind.NOT_FOUND, what="view", value=one)


def locked_view(unit: Unit, one: SavedViewId, me: AgentId | None) -> SavedView:
    """As it stands until this write ends. Problems as ``saved_view_of``."""
    lock_row(unit.connection, saved_view, one)
    return saved_view_of(unit.connection, one, me)


def locked_views(unit: Unit, me: AgentId | None) -> tuple[SavedView, ...]:
    """As ``saved_views``; nobody else moves one until this write ends."""
    unit.connection.execute(select(saved_view.c.id).order_by(saved_view.c.id).with_for_update())
    return saved_views(unit.connection, me)


def pinned_tickets(
    connection: Connection,
    one: SavedViewId,
    me: AgentId | None,
    now: datetime,
    limit: int | None,
) -> list[TicketId]:
    """What a pinned view lists, in its order."""
    view = saved_view_of(connection, one, me)
    line = parse_line(f"{view.query} ", now)  # its last word is whole: nobody is typing it
    return search_tickets(connection, line, me, now, view.sorting, limit) if line else []


def pinned_among(
    connection: Connection,
    one: SavedViewId,
    me: AgentId | None,
    now: datetime,
    ids: Sequence[TicketId],
) -> set[TicketId]:
    """Which of these tickets a pinned view lists."""
    line = parse_line(f"{saved_view_of(connection, one, me).query} ", now)
    return tickets_among(connection, line, me, now, ids) if line else set()


def put_view(unit: Unit, view: SavedView, me: AgentId | None) -> SavedViewId:
    """Writes a new view behind the others, or an old one anew."""
    values: dict[str, object] = {
        "name": view.name,
        "query": view.query,
        "sorting": view.sorting,
        "columns": " ".join(view.columns),
        "agent_id": None if view.shared else me,
    }
    unit.touched.areas.add("views")
    if view.id is not None:
        unit.connection.execute(update(saved_view).where(saved_view.c.id == view.id).values(values))
        return view.id
    last = unit.connection.execute(select(func.max(saved_view.c.position))).scalar()
    values["position"] = (last or 0) + 1
    made = insert(saved_view).values(values).returning(saved_view.c.id)
    return SavedViewId(unit.connection.execute(made).scalar_one())


def drop_view(unit: Unit, one: SavedViewId) -> None:
    unit.connection.execute(delete(saved_view).where(saved_view.c.id == one))
    unit.touched.areas.add("views")


def order_views(unit: Unit, ids: Sequence[SavedViewId]) -> None:
    """Puts views into this order."""
    for position, one in enumerate(ids, 1):
        unit.connection.execute(
            update(saved_view).where(saved_view.c.id == one).values(position=position)
        )
    unit.touched.areas.add("views")


def _view(row: AnyRow) -> SavedView:
    known = row.sorting in list(Sorting)
    return SavedView(
        id=SavedViewId(row.id),
        name=row.name,
        query=row.query,
        sorting=Sorting(row.sorting) if known else Sorting.NEWEST,
        columns=tuple(row.columns.split()),
        shared=row.agent_id is None,
    )
