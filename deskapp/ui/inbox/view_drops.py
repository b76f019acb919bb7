"""What happens when the selected tickets are dropped on a view."""

from PySide6.QtCore import QObject

from deskapp.domain.dropping import edit_of_drop

from .list_pane import ListPane
from .ticket_actions import TicketActions
from .views_pane import ViewsPane


class ViewDrops(QObject):
    """Turns a drop into the edit that brings the tickets there."""

    def __init__(self, views: ViewsPane, listing: ListPane, actions: TicketActions) -> None:
        super().__init__(views)
        self._listing, self._actions = listing, actions
        views.dropped.connect(self._dropped)

    def _dropped(self, view: str) -> None:
        tickets = self._listing.list.tickets
        edit = edit_of_drop(view, tickets.me, self._listing.view)
        if edit is None:
            return
        if not edit.is_mark:
            self._actions.leaving.emit()
        self._actions.apply(edit)
