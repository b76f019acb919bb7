"""Dragging tickets from the list onto a view."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.inbox.ticket_drag import DRAGGED
from deskapp.ui.inbox.views_pane import ViewRole
from tests.ui.sample_desk import SampleDesk


def spot(page: InboxPage, view: str) -> QPoint:
    views = page.views
    for row in range(views.model().rowCount()):
        index = views.model().index(row, 0)
        if index.data(ViewRole.NAME) == view:
            return views.visualRect(index).center()
    raise AssertionError(view)


def drop(page: InboxPage, view: str) -> bool:
    data = QMimeData()
    data.setData(DRAGGED, b"")
    place, held = spot(page, view), Qt.KeyboardModifier.NoModifier
    parts = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, held)
    moved = QDragMoveEvent(place, *parts)
    page.views._is_ours = lambda _event: True  # type: ignore[method-assign]  # no drag runs here
    page.views.dragMoveEvent(moved)
    if moved.isAccepted():
        page.views.dropEvent(QDropEvent(QPointF(place), *parts))
    return moved.isAccepted()


def test_one_dropped_on_closed_is_closed_and_the_next_is_chosen(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    page.list.list.choose(TicketId(3))
    assert drop(page, View.CLOSED)
    qtbot.waitUntil(lambda: bool(desk.tickets.edits))
    ticket, edit = desk.tickets.edits[0]
    assert (ticket, edit.status) in ((3, TicketStatus.CLOSED), ((3,), TicketStatus.CLOSED))
    qtbot.waitUntil(lambda: page.list.list.current() == 4)


def test_many_dropped_on_mine_are_mine(page: InboxPage, desk: SampleDesk, qtbot: QtBot) -> None:
    page.list.list.selectAll()
    qtbot.waitUntil(lambda: page.list.list.tickets.me is not None)
    assert drop(page, View.MINE)
    qtbot.waitUntil(lambda: bool(desk.tickets.edits))
    tickets, edit = desk.tickets.edits[0]
    assert len(tickets) == 10 and edit.assignee_id == AgentId(1)


def test_a_view_that_takes_nothing_is_no_target(page: InboxPage, qtbot: QtBot) -> None:
    page.list.list.choose(TicketId(3))
    assert not drop(page, View.ALL)
    assert page.views.target == ""
