"""What it means to drop tickets on a view."""

from .ids import AgentId
from .kinds import TicketStatus, View
from .tickets import TicketEdit

_STATUS = {
    View.ALL_OPEN: TicketStatus.OPEN,
    View.WAITING: TicketStatus.WAITING,
    View.CLOSED: TicketStatus.CLOSED,
    View.SPAM: TicketStatus.SPAM,
}
TAKES_DROPS = frozenset((*_STATUS, View.MINE, View.UNASSIGNED, View.STARRED, View.FOLLOWING))
"""Views that tickets can be dropped on. Snoozed is none: until when is still to be said."""


def edit_of_drop(view: str, me: AgentId | None, shown: str) -> TicketEdit | None:
    """The edit that brings tickets into ``view``; None where nothing does.

    ``shown``: the view they were dragged from. What had ended or was spam is opened again when it
    is given to somebody, as it would not be in their view else.
    """
    ended = shown in (View.CLOSED, View.SPAM)
    again = TicketStatus.OPEN if ended else None
    if view == View.MINE and me is not None:
        return TicketEdit(assignee_id=me, status=again)
    if view == View.UNASSIGNED:
        return TicketEdit(unassign=True, status=again)
    if view == View.STARRED:
        return TicketEdit(star=True)
    if view == View.FOLLOWING and me is not None:
        return TicketEdit(add_followers=(me,))
    status = _STATUS.get(View(view)) if view in list(View) else None
    return None if status is None or view == shown else TicketEdit(status=status)
