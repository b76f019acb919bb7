"""Hears what happened on the desk and says what of it concerns this agent."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deskapp.domain.changes import Changes
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.notices import Happened, NoticeKind, notices_for
from deskapp.domain.problem import Problem
from deskapp.ui.bridge import Bridge
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.work import Work

if TYPE_CHECKING:
    from deskapp.desk import Desk

_LISTENS_SECONDS = 0.7  # what comes together is told together
_MOST_KNOWN, _KEPT_KNOWN = 20_000, 5_000

Heard = tuple[AgentId | None, tuple[Happened, ...], frozenset[TicketId] | None]


class Hearing(QObject):
    """``told`` carries a tuple of Notice. ``view`` names the one that new tickets have to stand in
    to be told, "" for any. The desk is read on a lane; what stood there before the
    program began is never told."""

    told = Signal(object)

    def __init__(
        self, work: Work, bridge: Bridge, view: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work, self._view = work, view
        self._after: int | None = None
        self._touched: set[TicketId] = set()
        self._known: set[int] = set()
        self._soon = ReadAgain(self, _LISTENS_SECONDS)
        self._soon.due.connect(self._ask)
        bridge.changed.connect(self._changed)
        work.ask(lambda desk: desk.notices.newest(), self._begin, _not_now, owner=self)

    def _begin(self, newest: int) -> None:
        self._after = newest
        if self._touched:
            self._soon.want()

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if changes.tickets:
            self._touched |= changes.tickets
            if self._after is not None:
                self._soon.want()

    def _ask(self) -> None:
        ids, after = list(self._touched), self._after or 0
        self._touched = set()
        view = self._view()

        def read(desk: "Desk") -> Heard:
            happened = desk.notices.happened(ids, after)
            new = {one.ticket for one in happened if one.kind is EventKind.CREATED}
            within = desk.notices.standing_in(view, new) if view and new else None
            return desk.agent, happened, within

        def failed(_problem: Problem) -> None:
            self._touched |= set(ids)  # asked again with the next change
            self._soon.answered()

        self._soon.asked()
        self._work.ask(read, self._came, failed, owner=self)

    def _came(self, heard: Heard) -> None:
        self._soon.answered()
        me, happened, within = heard
        fresh = [one for one in happened if one.event not in self._known]
        self._remember(fresh)
        notices = tuple(
            one
            for one in notices_for(me, fresh)
            if within is None or one.kind is not NoticeKind.NEW_TICKET or one.ticket in within
        )
        if notices:
            self.told.emit(notices)

    def _remember(self, fresh: Sequence[Happened]) -> None:
        """Numbers of several writers come out of order, so the mark moves only far behind them."""
        self._known |= {one.event for one in fresh}
        if len(self._known) > _MOST_KNOWN:
            kept = sorted(self._known)[-_KEPT_KNOWN:]
            self._known, self._after = set(kept), kept[0]


def _not_now(_problem: Problem) -> None:
    """A desk that is away is told of at the bottom of the window, by whoever waits for it."""
