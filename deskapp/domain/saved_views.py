"""Views that people pin: a search with a name, an order and columns of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

SavedViewId = NewType("SavedViewId", int)

PINNED = "pinned:"
"""How a pinned view is called where views are called by name: this and its number."""


class Sorting(StrEnum):
    """In which order a search shows its tickets."""

    BEST = "best"  # exact hits first, then newest
    NEWEST = "newest"
    OLDEST = "oldest"
    WAITING = "waiting"  # who waits longest first


@dataclass(frozen=True, slots=True)
class SavedView:
    """``shared``: everybody of the desk sees it. ``columns`` in order; none: as the list is."""

    id: SavedViewId | None
    name: str
    query: str
    sorting: Sorting = Sorting.NEWEST
    columns: tuple[str, ...] = ()
    shared: bool = False

    @property
    def key(self) -> str:
        return f"{PINNED}{self.id}"


@dataclass(frozen=True, slots=True)
class CountedView:
    """A pinned view with its number of tickets; ``more``: that, and more that were not counted."""

    view: SavedView
    count: int
    more: bool = False


def pinned_id(view: str) -> SavedViewId | None:
    """The number of a pinned view that is called by key; None for any other name."""
    number = view.removeprefix(PINNED)
    plain = view.startswith(PINNED) and number.isascii() and number.isdigit()
    return SavedViewId(int(number)) if plain and len(number) < 10 else None
