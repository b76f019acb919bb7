"""The list in columns."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.domain.list_order import FIRST_COLUMNS, Column, ListOrder
from deskapp.domain.saved_views import SavedView, SavedViewId, Sorting
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.column_titles import fitted
from deskapp.ui.inbox.list_columns import ListColumns
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.sample_desk import SampleDesk


def in_columns(page: InboxPage) -> ListColumns:
    page.list.columns._on.trigger()
    return page.list.columns


def heads(page: InboxPage) -> list[str]:
    tickets = page.list.list.tickets
    flat = Qt.Orientation.Horizontal
    return [tickets.headerData(n, flat) for n in range(tickets.columnCount())]


def test_columns_stand_above_the_conversation_and_keep_what_is_selected(
    page: InboxPage, qtbot: QtBot
) -> None:
    page.list.list.choose(TicketId(4))
    in_columns(page)
    assert page.panes.reading.orientation() == Qt.Orientation.Vertical
    assert page.list.list.selected() == [4]
    assert heads(page) == [
        "", "Number", "Customer", "Subject", "Status", "Waits", "Assignee", "Tags",
    ]  # fmt: skip
    tickets = page.list.list.tickets
    assert tickets.index(0, 2).data() == "Nguyễn Thị Minh Châu"
    assert tickets.index(0, 1).data() == "2041"
    page.list.columns._on.trigger()
    assert page.panes.reading.orientation() == Qt.Orientation.Horizontal
    assert page.list.list.selected() == [4]
    assert tickets.columnCount() == 1


def test_a_title_sorts_up_then_down_then_as_the_list_is(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    in_columns(page)
    titles = page.list.list.titles
    customer = FIRST_COLUMNS.index(Column.CUSTOMER)
    wanted = [ListOrder(Column.CUSTOMER), ListOrder(Column.CUSTOMER, descending=True), None]
    for order in wanted:
        titles.sectionClicked.emit(customer)
        with_order = partial(_asked_last, desk, order)
        qtbot.waitUntil(with_order)
    asked = len(desk.tickets.orders)
    titles.sectionClicked.emit(FIRST_COLUMNS.index(Column.MARKS))
    assert titles.order is None and len(desk.tickets.orders) == asked


def _asked_last(desk: SampleDesk, order: ListOrder | None) -> bool:
    return desk.tickets.orders[-1] == order


def test_the_chosen_columns_and_their_widths_are_found_again(
    page: InboxPage, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot
) -> None:
    columns = in_columns(page)
    for entry in columns._choice.actions():
        if entry.data() in (Column.TAGS.value, Column.PRIORITY.value):
            toggle(columns, entry)
    assert "Tags" not in heads(page) and "Priority" in heads(page)
    page.list.list.titles.resizeSection(2, 333)
    page.save_places()
    again = InboxPage(work, bridge, shell)
    qtbot.addWidget(again)
    assert again.list.columns.on and heads(again) == heads(page)
    assert again.list.list.titles.sectionSize(2) == 333
    assert again.panes.reading.orientation() == Qt.Orientation.Vertical


def toggle(columns: ListColumns, entry: QAction) -> None:
    entry.toggle()
    columns._choice.triggered.emit(entry)


def test_all_selected_are_counted_once_in_columns(page: InboxPage, qtbot: QtBot) -> None:
    in_columns(page)
    page.list.list.selectAll()
    assert sorted(page.list.list.selected()) == list(range(1, 11))


def test_a_pinned_view_brings_its_columns_and_leaves_those_a_person_chose(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    pinned = SavedView(SavedViewId(3), "急件", "tag:vip", Sorting.OLDEST, ("number", "due"))
    page.list.know_views([pinned])
    page.list.show_view(pinned.key)
    assert heads(page) == ["Number", "Due"]
    assert page.panes.reading.orientation() == Qt.Orientation.Vertical
    assert page.list._order.text() == "Oldest first"
    page.list.show_view("mine")
    assert heads(page) == [None] and not page.list.columns.on
    assert page.panes.reading.orientation() == Qt.Orientation.Horizontal
    in_columns(page)
    page.list.show_view(pinned.key)
    page.list.show_view("mine")
    assert page.list.columns.shown == FIRST_COLUMNS


def test_what_a_title_sorted_is_in_its_own_order_again_without_columns(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    in_columns(page)
    page.list.list.titles.sectionClicked.emit(FIRST_COLUMNS.index(Column.CUSTOMER))
    qtbot.waitUntil(partial(_asked_last, desk, ListOrder(Column.CUSTOMER)))
    in_columns(page)
    qtbot.waitUntil(partial(_asked_last, desk, None))
    assert page.list._order.text() == "Due first"


def test_in_a_narrow_list_words_give_way_and_promises_do_not() -> None:
    wide, narrow = fitted(FIRST_COLUMNS, 2000), fitted(FIRST_COLUMNS, 745)
    assert sum(narrow) <= 745 < sum(wide)
    waits = FIRST_COLUMNS.index(Column.WAITING)
    assert narrow[waits] == wide[waits]
