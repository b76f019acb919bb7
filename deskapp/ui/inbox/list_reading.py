"""What a list is read from, in a lane: all its ids, and the rows of a page."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.list_order import ListOrder
from deskapp.domain.tickets import TicketRow
from deskapp.ui.pieces.paged_model import PAGE

REST_AFTER_MS = 250
"""So long nothing may have been typed before the rest is read: the next letter goes first."""

_FIRST = 40  # answers of a search that are shown before the rest is read: more than a screen


@dataclass(frozen=True, slots=True)
class ListRead:
    """Ids in order, and the rows of the first page if they were asked for. Not ``complete``: the
    others are still to be read."""

    ids: "array[int]"
    rows: list[TicketRow] = field(default_factory=list)
    complete: bool = True


def read_list(
    desk: Desk,
    view: str,
    typed: str,
    order: ListOrder | None,
    most: int | None,
    *,
    rows_too: bool,
) -> ListRead:
    """A view's tickets, or those that the typed words find, ``most`` of them; None: all. Of a new
    search the first are read at once, and the others while these are shown; sorted by a column,
    all come together."""
    if not typed:
        ids = desk.tickets.view_list(view, order=order)
        first = cast(list[TicketId], ids[:PAGE].tolist())
        return ListRead(ids, read_rows(desk, first, "") if rows_too else [])
    few = rows_too and order is None
    limit = most if not few else _FIRST if most is None else min(_FIRST, most)
    found = desk.search.tickets(typed, limit)
    found = found if order is None else desk.tickets.sorted(found, order)
    rows = read_rows(desk, found[:_FIRST], typed) if rows_too else []
    return ListRead(array("q", found), rows, not few or len(found) < (limit or _FIRST))


def read_rows(desk: Desk, ids: Sequence[TicketId], typed: str) -> list[TicketRow]:
    """Rows of a page; of a search with the words around the hit, marked."""
    rows = desk.tickets.rows(ids)
    found = desk.search.snippets(typed, ids) if typed else {}
    return [replace(row, snippet=found.get(row.id, row.snippet)) for row in rows]
