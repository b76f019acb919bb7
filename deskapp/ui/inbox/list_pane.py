"""The list with its title above, its bar for many below, and words where it is empty."""

from array import array
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.changes import NAMED_ON_TICKETS, Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import View
from deskapp.domain.list_order import ListOrder
from deskapp.domain.problem import Problem
from deskapp.domain.saved_views import SavedView
from deskapp.domain.search_answers import LISTED
from deskapp.domain.tickets import TicketRow
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.pieces.states import Stated
from deskapp.ui.work import LATER, READ, Work

from .empty_words import empty_words
from .list_again import ListAgain, stays
from .list_columns import ListColumns
from .list_reading import REST_AFTER_MS, ListRead, read_list, read_rows
from .many_bar import ManyBar
from .order_words import order_words
from .row_look import said_by
from .ticket_actions import TicketActions
from .ticket_list import TicketList


class ListPane(QWidget):
    """Shows a view or the answers of a search, and keeps them up to date.

    ``picked`` carries the selected ids; ``view_wanted`` a view's name from the title's menu.
    ``stands`` comes when there are rows to see, or words in their place.
    """

    picked = Signal(object)
    stands = Signal()
    view_wanted = Signal(str)
    compact_chosen = Signal(bool)
    searched = Signal(str)  # the words whose answers are shown now; "" for a view
    pin_wanted = Signal(str)  # the words of a search

    def __init__(self, work: Work, actions: TicketActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._work, self._actions = work, actions
        self._view, self._words = View.MINE.value, ""
        self._ids: array[int] | None = None
        self._narrow = self._entered = False
        self._pinned: dict[str, SavedView] = {}
        self._marked = ""  # the words that rows show as found
        self._complete = True  # more answers of a search may be on their way
        self._all_listed = self._taking_all = False  # of a search: whatever number matches
        self.list = TicketList()
        self.list.picked.connect(self._picked)
        self.list.tickets.rows_wanted.connect(self._ask_rows)
        self.list.sorted_by.connect(self._sorted)
        self._stated = Stated(self.list)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_AFTER_MS)
        self._rest.timeout.connect(lambda: self._ask_ids())
        self._again = ListAgain(self)
        self._again.due.connect(lambda: self._ask_ids(LATER))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._above = QVBoxLayout()
        column.addLayout(self._above)
        column.addWidget(self._stated, 1)
        self.bar = ManyBar(actions)
        self.bar.all_wanted.connect(self._take_all)
        column.addWidget(self.bar)

    @property
    def view(self) -> str:
        return self._view

    @property
    def searching(self) -> bool:
        return bool(self._words)

    def put_above(self, widget: QWidget) -> None:
        """Between the title and the list."""
        self._above.addWidget(widget)

    def know_views(self, views: Iterable[SavedView]) -> None:
        """The pinned ones: what they are called, in which columns they stand."""
        self._pinned = {one.key: one for one in views}
        self._dress()

    def _dress(self) -> None:
        """Columns and title of what is shown."""
        saved = None if self.searching else self._pinned.get(self._view)
        self.columns.show_of_view(saved.columns if saved is not None else ())
        self._say_title()

    def show_view(self, view: str) -> None:
        """Another view, or back from a search to this one."""
        self._view, self._words = view, ""
        self._start()

    def search(self, typed: str) -> None:
        """The tickets that match; an empty search shows the view again."""
        if typed.strip() == self._words:
            return
        self._words = typed.strip()
        self._start()

    def take_keys(self) -> None:
        """The keyboard comes to the tickets, or to the words where there are none."""
        self._stated.take_keys()

    def enter(self) -> None:
        """Chooses the first ticket, unless one is chosen; waits for a list that is on its way."""
        self._entered = self._ids is None
        if not self._entered and not self.list.selected():
            self.list.choose_first()

    def changed(self, changes: Changes, *, ours: bool = False) -> None:
        """Reads anew what these changes touch, and nothing else. ``ours``: made in this window."""
        if changes.areas & NAMED_ON_TICKETS:
            self.list.tickets.outdate()
        elif changes.tickets:
            self.list.tickets.outdate(changes.tickets)
        self._again.heard(changes, ours=ours)

    def show_menu(self, views: Sequence[tuple[str, str, int]]) -> None:
        """The views in the title's menu, for windows too narrow for the views' own pane."""
        self._views.clear()
        for name, title, count in views:
            shown = title if count < 0 else f"{title}  {text.number(count)}"
            self._views.addAction(shown).setData(name)

    def set_narrow(self, narrow: bool) -> None:
        """Whether the title's menu is the only way to the views."""
        self._narrow = narrow
        self._say_title()

    def set_compact(self, compact: bool) -> None:
        self.list.set_compact(compact)
        self._compact.setChecked(compact)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setProperty("role", "head")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(40)
        self._title = QPushButton()
        self._title.setProperty("kind", "title")
        self._views = QMenu(self._title)
        self._views.triggered.connect(self._view_chosen)
        self._title.setMenu(self._views)
        self._count = label(tone="muted")
        self._order = ElidedLabel(tone="muted", size="small")
        self._pin = push_button(
            self.tr("Pin…"), lambda: self.pin_wanted.emit(self._words), kind="quiet"
        )
        self._pin.setToolTip(self.tr("Keep this search as a view"))
        self._pin.hide()
        more = IconButton("more", self.tr("How the list looks"))
        menu = QMenu(more)
        self._compact = QAction(self.tr("Compact lines"), menu)
        self._compact.setCheckable(True)
        self._compact.triggered.connect(self.compact_chosen)
        menu.addAction(self._compact)
        self.columns = ListColumns(self.list, menu)
        self.columns.changed.connect(self._columns_changed)
        more.setMenu(menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(head)
        row.setContentsMargins(9, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._order)
        row.addWidget(self._pin)
        row.addWidget(more)
        return head

    @property
    def whole(self) -> bool:
        """Whether it holds everything there is, and not the first of very many that match."""
        found = 0 if self._ids is None else len(self._ids)
        return self._complete and (self._all_listed or not self.searching or found < LISTED)

    def _take_all(self) -> None:
        self._all_listed = self._taking_all = True
        self._ask_ids()

    def _start(self) -> None:
        self._ids = None
        self._rest.stop()
        self._all_listed = self._taking_all = False
        self.list.tickets.said = said_by("" if self.searching else self._view)
        self._stated.show_loading()
        self._dress()
        self._pin.setVisible(self.searching)
        self.searched.emit(self._words)
        self._ask_ids()

    def _ask_ids(self, lane: str = READ) -> None:
        view, typed, most = self._view, self._words, None if self._all_listed else LISTED
        order = self.list.titles.order if self.columns.on else None
        rows_too = self._ids is None  # a new list: its first page comes with it, not after it
        shown = None if typed or lane != LATER else self._ids
        touched = self._again.begins(whole=shown is None)

        def read(desk: Desk) -> ListRead:
            if shown is not None and touched is not None and stays(desk, view, touched, shown):
                return ListRead(shown)
            return read_list(desk, view, typed, order, most, rows_too=rows_too)

        self._work.ask(read, self._ids_came, self._ids_failed, owner=self, lane=lane, topic="ids")

    def _sorted(self, _order: ListOrder | None) -> None:
        self.list.scrollToTop()
        self._ask_ids()
        self._say_title()

    def _columns_changed(self, _on: bool) -> None:
        if self.list.titles.order is not None and self._ids is not None:
            self._sorted(None)  # what a title sorted stands in the list's own order again, or back

    def _ids_came(self, read: ListRead) -> None:
        came, self._complete = read.ids, read.complete
        self._again.answered()
        if came != self._ids:
            self._ids = came
            if self._words != self._marked:
                self._marked = self._words
                self.list.tickets.outdate()
            self.list.show_ids(came, read.rows)
        if not read.complete:
            self._rest.start()
        self._say_title()
        if self._entered:
            self.enter()
        if self._taking_all:
            self._taking_all = False
            self.list.selectAll()
        if came:
            self._stated.show_content()
            self.stands.emit()
            return
        said = empty_words(self._view, self._words)
        back = self.show_this_view if self._words else None
        button = self.tr("Back to the view") if self._words else ""
        self._stated.show_words(*said, button, back)
        self.stands.emit()

    def show_this_view(self) -> None:
        """Leaves the search."""
        self.view_wanted.emit(self._view)

    def _ids_failed(self, problem: Problem) -> None:
        self._again.failed()
        self._stated.show_problem(problem, self._start)
        self.stands.emit()

    def _ask_rows(self, ids: list[TicketId]) -> None:
        typed, then, failed = self._words, self._rows_came, self._ids_failed
        self._work.ask(lambda desk: (ids, read_rows(desk, ids, typed)), then, failed, owner=self)

    def _rows_came(self, came: tuple[list[TicketId], list[TicketRow]]) -> None:
        ids, rows = came
        self.list.tickets.take_rows(rows)
        if len(rows) < len(ids):  # removed or merged meanwhile: the list itself is old
            self.list.tickets.failed(ids)
            self._again.lost()
            self._again.want()

    def _picked(self, ids: list[TicketId]) -> None:
        self.bar.show_selected(len(ids), len(self._ids or ()), whole=self.whole)
        self.picked.emit(ids)

    def _say_title(self) -> None:
        searching = bool(self._words)
        saved = None if searching else self._pinned.get(self._view)
        named = saved.name if saved is not None else words.view(self._view)
        named = self.tr("Search") if searching else named
        self._title.setText(f"{named} ▾" if self._narrow else named)
        known = self._ids is not None and self._complete
        count = text.number(len(self._ids or ())) if known else ""
        self._count.setText(count if self.whole or not known else f"{count}+")
        own = self.list.titles.order if self.columns.on else None
        self._order.setText(order_words(self._view, saved, own, searching=searching))

    def _view_chosen(self, action: QAction) -> None:
        self.view_wanted.emit(action.data())
