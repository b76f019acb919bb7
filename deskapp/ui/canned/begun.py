"""Canned replies that were begun and not saved, while others are looked at."""

from collections.abc import Iterator

from deskapp.domain.ids import CannedId

from .editing import Editing


class Begun:
    """In the order in which they were left. Several may be of one reply, or of none yet."""

    def __init__(self) -> None:
        self._all: list[Editing] = []

    def __iter__(self) -> Iterator[Editing]:
        return iter(tuple(self._all))

    def put(self, editing: Editing) -> None:
        """Keeps one that has something to save."""
        self.drop(editing)
        if editing.unsaved:
            self._all.append(editing)

    def drop(self, editing: Editing) -> None:
        self._all = [one for one in self._all if one is not editing]

    def of(self, canned: CannedId | None) -> Editing | None:
        """The one left first of a reply; None for a reply that is new."""
        return next((one for one in self._all if one.kept.id == canned), None)
