"""Reads the axis of a customer or a company page by page, as it is filtered."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from deskapp.desk import Desk
from deskapp.domain.ids import OrderId
from deskapp.domain.order_rows import OrderRow
from deskapp.domain.timeline import Promise, TimelineAsk, TimelineEntry, TimelinePage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .timeline import Timeline

Reading = Callable[[Desk, TimelineAsk], TimelinePage]


class Axis(QObject):
    """``read`` is set to what reads whose axis it is."""

    def __init__(self, work: Work, shell: ShellActions, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._work, self._shell, self._timeline = work, shell, timeline
        self.read: Reading | None = None
        self.orders: Mapping[OrderId, OrderRow] = {}
        timeline.asked.connect(self._ask)
        timeline.more_wanted.connect(self._go_on)
        timeline.opened.connect(self.open)

    def open(self, entry: TimelineEntry | Promise) -> None:
        """Goes to where something happened or is to happen."""
        go_to(self._shell, entry)

    def _ask(self, ask: TimelineAsk) -> None:
        self._ask_for(ask, self._came)

    def _go_on(self, ask: TimelineAsk) -> None:
        self._ask_for(ask, self._timeline.show_more)

    def _ask_for(self, ask: TimelineAsk, then: Callable[[TimelinePage], None]) -> None:
        if (read := self.read) is not None:
            self._work.ask(
                lambda desk: read(desk, ask),
                then,
                self._shell.trouble,
                owner=self._timeline,
                topic="axis",
            )

    def _came(self, page: TimelinePage) -> None:
        self._timeline.show_page(page, self.orders)


def go_to(shell: ShellActions, entry: TimelineEntry | Promise) -> None:
    """Its ticket, else its order."""
    if entry.ticket_id is not None:
        shell.open_ticket(entry.ticket_id)
    elif entry.order_number:
        shell.open_order(entry.order_number)
