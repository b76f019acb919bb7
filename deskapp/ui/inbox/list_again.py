"""When the list is read anew, and when what was changed cannot have touched it."""

import time
from array import array

from PySide6.QtCore import QObject

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.ui.read_again import ReadAgain

_APART = frozenset({"drafts", "outbox", "presence"})  # areas that put no ticket into a list
_WHOLE_SECONDS = 60.0  # what the clock alone moves, as a promise that comes near, waits no longer
_MOST = 200  # to ask for so many tickets one by one is no less work than to read the list


class ListAgain(ReadAgain):
    """Remembers what was changed since the list was read. What this person did, what changed names
    or customers, or what nobody knows, is read with the whole list; of colleagues' tickets it is
    asked first whether any stands in it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heard: list[frozenset[TicketId] | None] = []  # None: anything
        self._under_way = 0  # so many of them are known to the reading that is under way
        self._whole_at = 0.0

    def heard(self, changes: Changes, *, ours: bool) -> None:
        """Somebody changed something. ``ours``: in this window."""
        anything = ours or changes.customers or changes.areas - _APART
        if anything or changes.tickets:
            self._heard.append(None if anything else changes.tickets)
        if changes.tickets or "views" in changes.areas:
            self.want(soon=ours)

    def begins(self, *, whole: bool) -> frozenset[TicketId] | None:
        """A reading begins: the tickets it has to look for, or None for all there is. It is, if
        ``whole``, of all anyway."""
        self.asked()
        self._under_way = len(self._heard)
        known = [one for one in self._heard if one is not None]
        touched = frozenset[TicketId]().union(*known)
        late = time.monotonic() - self._whole_at > _WHOLE_SECONDS
        if whole or late or len(known) < len(self._heard) or not touched or len(touched) > _MOST:
            self._whole_at = time.monotonic()
            return None
        return touched

    def answered(self) -> None:
        del self._heard[: self._under_way]
        self._under_way = 0
        super().answered()

    def failed(self) -> None:
        """Nothing came of the reading."""
        self.answered()
        self.lost()

    def lost(self) -> None:
        """What is shown is not what there is, and nobody knows in what: the next reads all."""
        self._heard.append(None)


def stays(desk: Desk, view: str, touched: frozenset[TicketId], shown: "array[int]") -> bool:
    """Whether a view's list is as it was: none of these tickets stands in it, or comes into it."""
    return touched.isdisjoint(shown) and not desk.notices.standing_in(view, touched)
