"""In which order a list stands, as it is said above it."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import View
from deskapp.domain.list_order import ListOrder
from deskapp.domain.saved_views import SavedView, Sorting
from deskapp.ui.translatable import N

from .cells import title

_SORTING = {
    Sorting.NEWEST: N("ListOrder", "Newest first"),
    Sorting.OLDEST: N("ListOrder", "Oldest first"),
    Sorting.WAITING: N("ListOrder", "Longest wait first"),
    Sorting.BEST: N("ListOrder", "Best match first"),
}
_DUE_FIRST = frozenset((View.MINE, View.MY_TEAM, View.UNASSIGNED, View.ALL_OPEN))


def sorting(value: Sorting) -> str:
    """What an order of a pinned view is called."""
    return _tr(_SORTING[value])


def order_words(
    view: str, saved: SavedView | None, own: ListOrder | None, *, searching: bool
) -> str:
    """``saved``: the pinned view that is shown; ``own``: what a click on a title sorted by."""
    if own is not None:
        return _tr("Sorted by {column}").replace("{column}", title(own.column))
    if searching:
        return sorting(Sorting.BEST)
    if saved is not None:
        return sorting(saved.sorting)
    if view in _DUE_FIRST:
        return _tr("Due first")
    return _tr("Next to come back first") if view == View.SNOOZED else sorting(Sorting.NEWEST)


def _tr(said: str) -> str:
    return QCoreApplication.translate("ListOrder", said)
