"""What a list is read from, in a lane: all its ids, and the rows of a page."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.list_order import ListOrder
from deskapp.domain.tickets import TicketRow
from deskapp.ui.pieces.paged_model import PAGE

ListRead = tuple["array[int]", list[TicketRow]]
"""All ids in order, and the rows of the first page if they were asked for."""


def read_list(
    desk: Desk,
    view: str,
    typed: str,
    order: ListOrder | None,
    most: int | None,
    *,
    rows_too: bool,
) -> ListRead:
    """A view's tickets, or those that the typed words find, ``most`` of them; None: all."""
    if typed:
        found = desk.search.tickets(typed, most)
        found = found if order is None else desk.tickets.sorted(found, order)
        ids = array("q", found)
    else:
        ids = desk.tickets.view_list(view, order=order)
    first = cast(list[TicketId], ids[:PAGE].tolist())
    return ids, read_rows(desk, first, typed) if rows_too else []


def read_rows(desk: Desk, ids: Sequence[TicketId], typed: str) -> list[TicketRow]:
    """Rows of a page; of a search with the words around the hit, marked."""
    rows = desk.tickets.rows(ids)
    found = desk.search.snippets(typed, ids) if typed else {}
    return [replace(row, snippet=found.get(row.id, row.snippet)) for row in rows]
