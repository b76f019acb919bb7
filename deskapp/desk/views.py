"""Pinned views: any search with a name, an order, columns and a count; one's own or the desk's."""

from collections.abc import Sequence
from dataclasses import replace

from deskapp.data.queries.changes import newest_change
from deskapp.data.queries.saved_views import (
    drop_view,
    locked_view,
    locked_views,
    order_views,
    put_view,
    saved_views,
)
from deskapp.data.queries.search_tickets import count_tickets
from deskapp.domain.folding import fold
from deskapp.domain.last_edits import About
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import CountedView, SavedView, SavedViewId
from deskapp.domain.search_line import parse_line
from deskapp.domain.seen import joined, moved

from .context import Context
from .last_edits import edited
from .roles import refuse_junior

_MOST_COUNTED = 1_000  # of a search for words; more stand as "1 000+"
_MOST_FACTS = 100_000  # of a search for operators alone, which an index answers
_MOST_VIEWS = 100
_LONGEST_NAME = 120


class Views:
    """The pinned views that the acting agent sees."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._counted: tuple[object, tuple[CountedView, ...]] = None, ()

    def list(self) -> tuple[SavedView, ...]:
        """Their own and the shared ones, in order."""
        with self._context.database.reading() as connection:
            return saved_views(connection, self._context.agent)

    def by_name(self, name: str) -> SavedView:
        """The view of that name, whatever its case and marks; ``Problem(NOT_FOUND)``."""
        wanted = fold(name)
        for view in self.list():
            if view.name == name or (wanted and fold(view.name) == wanted):
                return view
        raise Problem(ProblemKind.NOT_FOUND, what="view", value=name)

    def counts(self) -> tuple[CountedView, ...]:
        """Each view with its count; asked of the database once per change and minute."""
        me, now = self._context.agent, self._context.now()
        with self._context.database.reading() as connection:
            stamp = (newest_change(connection), me, int(now.timestamp()) // 60)
            before, counted = self._counted
            if stamp == before:
                return counted
            found = []
            for view in saved_views(connection, me):
                line = parse_line(f"{view.query} ", now)
                most = _MOST_COUNTED if line.words else _MOST_FACTS
                number = count_tickets(connection, line, me, now, most + 1) if line else 0
                found.append(CountedView(view, min(number, most), number > most))
        self._counted = stamp, tuple(found)
        return tuple(found)

    def save(self, view: SavedView, seen: SavedView | None = None) -> SavedView:
        """Pins a new view (``id`` None) or changes one.

        ``seen``: what it was made from; what others changed since elsewhere in it stays, and
        ``Problem(CHANGED_MEANWHILE, what="view")`` where both changed one thing of it.

        ``Problem(NOT_ALLOWED, what="junior_shares")`` for a junior and a view of the team,
        ``Problem(EMPTY)`` without a name or a search, ``Problem(DUPLICATE)`` for a name that
        another view has, ``Problem(NOT_FOUND)`` for a view deleted meanwhile.
        """
        view = replace(view, name=one_line(view.name)[:_LONGEST_NAME], query=one_line(view.query))
        if not view.name:
            raise Problem(ProblemKind.EMPTY, what="view name")
        if not parse_line(f"{view.query} ", self._context.now()):
            raise Problem(ProblemKind.EMPTY, what="search")
        me = self._context.agent
        with self._context.database.writing() as unit:
            there = saved_views(unit.connection, me)
            if view.shared or any(one.shared and one.id == view.id for one in there):
                refuse_junior(unit.connection, me, "junior_shares")
            if view.id is not None:
                now = locked_view(unit, view.id, me)
                if seen is not None:
                    view = joined(seen, view, now, "view")
            elif len(there) >= _MOST_VIEWS:
                raise Problem(ProblemKind.INVALID, what="one more view", value=view.name)
            if any(fold(one.name) == fold(view.name) and one.id != view.id for one in there):
                raise Problem(ProblemKind.DUPLICATE, what="view", value=view.name)
            if view.id is not None:
                edited(self._context, unit, About.VIEW, view.id)
            return replace(view, id=put_view(unit, view, me))

    def delete(self, one: SavedViewId) -> None:
        """Unpins it; the tickets stay. One that is gone already is no trouble."""
        with self._context.database.writing() as unit:
            me = self._context.agent
            for view in saved_views(unit.connection, me):
                if view.id == one:
                    if view.shared:
                        refuse_junior(unit.connection, me, "junior_shares")
                    drop_view(unit, one)

    def reorder(
        self, ids: Sequence[SavedViewId], seen: Sequence[SavedViewId] | None = None
    ) -> None:
        """Puts the views into this order; those not named stand behind.

        ``seen``: as they stood before whoever says so. Raises Problem(CHANGED_MEANWHILE,
        what="view_order") with the ``value`` of now where somebody has moved them since, and
        Problem(NOT_ALLOWED, what="junior_shares") for a junior where some are the team's: they
        stand in one order with one's own.
        """
        with self._context.database.writing() as unit:
            if any(view.shared for view in saved_views(unit.connection, self._context.agent)):
                refuse_junior(unit.connection, self._context.agent, "junior_shares")
            views = locked_views(unit, self._context.agent)
            there = [view.id for view in views if view.id is not None]
            if seen is not None and moved(seen, ids, there):
                stands = ", ".join(view.name for view in views)
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="view_order", value=stands)
            wanted = [one for one in dict.fromkeys(ids) if one in there]
            order_views(unit, [*wanted, *(one for one in there if one not in wanted)])
            edited(self._context, unit, About.VIEW_ORDER)
