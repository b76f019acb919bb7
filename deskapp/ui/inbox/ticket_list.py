"""The list of tickets, which keeps what is selected by ticket and not by line."""

from collections.abc import Sequence
from itertools import chain
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.list_order import Column
from deskapp.domain.tickets import TicketRow
from deskapp.ui.colleagues import Colleagues
from deskapp.ui.pieces.paged_model import Index
from deskapp.ui.pieces.row_delegate import COMFORTABLE, COMPACT, RowDelegate

from .column_delegate import LINE, ColumnDelegate
from .column_titles import ColumnTitles
from .ticket_drag import drag_tickets
from .ticket_model import TicketListModel

_AGES_EVERY_MS = 60_000
_REMEMBERED = 1000  # more selected lines than this are not carried over to a new list
_STEPS = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown
_NEAR = 50  # tickets beside the current one, of which one will stay when it leaves
_LEAST = 62  # px: the titles and a row, where the list stands above its ticket


class TicketList(QTableView):
    """A table of one column: unlike a list view it lays out 100 000 lines without asking the
    model for each. ``picked`` carries the ids that are selected, the current one first."""

    picked = Signal(object)  # list[TicketId]
    apart_wanted = Signal()  # the current one in a window of its own
    sorted_by = Signal(object)  # ListOrder | None, when a column's title was clicked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(_LEAST)
        self._quiet = False  # while a new list is put in, nothing scrolls and nothing is announced
        self.tickets = TicketListModel(self)
        self.setModel(self.tickets)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self._in_columns = ColumnDelegate(self)
        self.titles = ColumnTitles(self)
        self.setHorizontalHeader(self.titles)
        self.titles.sorted_by.connect(self.sorted_by)
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(lines.ResizeMode.Fixed)
        lines.setDefaultSectionSize(COMFORTABLE)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self._onward: TicketId | None = None  # where "next" leads once the current one has left
        self.setAccessibleName(self.tr("Tickets"))
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.doubleClicked.connect(self._double_clicked)
        ages = QTimer(self)
        ages.setInterval(_AGES_EVERY_MS)
        ages.timeout.connect(self.viewport().update)
        ages.start()

    def show_people(self, colleagues: Colleagues) -> None:
        """Marks the tickets that colleagues are on."""
        self.tickets.present = colleagues.on
        colleagues.changed.connect(self.viewport().update)

    @property
    def compact(self) -> bool:
        return self._delegate.height == COMPACT

    def set_compact(self, compact: bool) -> None:
        self._delegate.height = COMPACT if compact else COMFORTABLE
        self._fit_lines()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """In columns, or in rows of two lines where there are none. The selection stays."""
        chosen, current = self.selected(), self.current()
        self._quiet = True
        self.tickets.show_columns(columns)
        self.titles.show_columns(columns, self.viewport().width())
        self.setItemDelegate(self._in_columns if columns else self._delegate)
        policy = Qt.ScrollBarPolicy
        bars = policy.ScrollBarAsNeeded if columns else policy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(bars)
        self._fit_lines()
        self._select(chosen, current)
        self._quiet = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.titles.fit(self.viewport().width())

    def _fit_lines(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._line_height())
        self.viewport().update()

    def _line_height(self) -> int:
        return LINE if self.tickets.columns else self._delegate.height

    def current(self) -> TicketId | None:
        """The ticket whose line has the keyboard, None when there is none."""
        index = self.currentIndex()
        return self.tickets.id_at(index.row()) if index.isValid() else None

    def selected(self) -> list[TicketId]:
        """Selected tickets, the current one first."""
        current = self.current()
        chosen: list[int] = []
        for part in self.selectionModel().selection():  # type: ignore[attr-defined]
            chosen += self.tickets.ids_between(part.top(), part.bottom())
        if current in chosen:
            chosen.remove(current)
            chosen.insert(0, current)
        return cast(list[TicketId], chosen)

    def count_selected(self) -> int:
        """How many tickets are selected."""
        return sum(part.height() for part in self.selectionModel().selection())  # type: ignore[attr-defined]

    def show_ids(self, ids: Sequence[int], rows: Sequence[TicketRow] = ()) -> None:
        """Another list: selection, current line and what is at the top stay where they still are.

        ``rows`` are those of it that came along. Nothing is announced when the same tickets
        remain selected.
        """
        is_many = self.count_selected() > _REMEMBERED
        chosen = [] if is_many else self.selected()
        current, top = self.current(), self._top()
        before, around = self.currentIndex().row(), self._around_current()
        self._quiet = True
        self.tickets.show_ids(ids, rows)
        is_gone = current is not None and self.tickets.place_of(current, before) is None
        if not is_many:
            self._select(chosen, current)
        if is_gone:
            here = (one for one in around if self.tickets.place_of(one, before) is not None)
            self._onward = next(here, None)
        self._scroll_to(top)
        self._quiet = False
        if is_many or self.selected() != chosen:
            self._announce()

    def choose(self, ticket: TicketId) -> bool:
        """Selects just this ticket; False when it is not in the list."""
        place = self.tickets.place_of(ticket)
        if place is None:
            return False
        self._take(place)
        return True

    def choose_first(self) -> None:
        """Selects the uppermost ticket, if there is one."""
        if self.tickets.rowCount():
            self._take(0)

    def step(self, lines: int) -> None:
        """Moves the selection down (or up, negative), staying within the list.

        From a ticket that has just left it, down is the one that stood behind it.
        """
        gone = not self.currentIndex().isValid()
        if gone and lines > 0 and self._onward is not None and self.choose(self._onward):
            return
        place = min(max(self.currentIndex().row() + lines, 0), self.tickets.rowCount() - 1)
        if place >= 0:
            self._take(place)

    def _take(self, place: int) -> None:
        """Selects one line alone. By itself Qt would add it while Ctrl is held, as in Ctrl+E."""
        flags, index = QItemSelectionModel.SelectionFlag, self.tickets.index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)  # where it was the current one already, nothing else would

    def neighbour(self) -> TicketId | None:
        """The ticket to go to when the current one leaves the list."""
        row, count = self.currentIndex().row(), self.tickets.rowCount()
        if row < 0 or count < 2:
            return None
        return self.tickets.id_at(row + 1 if row + 1 < count else row - 1)

    def _around_current(self) -> list[TicketId]:
        """The tickets below the current one and then those above it, nearest first."""
        row, count = self.currentIndex().row(), self.tickets.rowCount()
        below = range(row + 1, min(row + 1 + _NEAR, count))
        above = range(row - 1, max(row - 1 - _NEAR, -1), -1)
        return [self.tickets.id_at(place) for place in chain(below, above)]

    def _select(self, chosen: Sequence[TicketId], current: TicketId | None) -> None:
        selection = QItemSelection()
        for ticket in chosen:
            if (place := self.tickets.place_of(ticket)) is not None:
                last = self.tickets.columnCount() - 1
                selection.select(self.tickets.index(place, 0), self.tickets.index(place, last))
        flags = QItemSelectionModel.SelectionFlag
        if current is not None and (place := self.tickets.place_of(current)) is not None:
            self.selectionModel().setCurrentIndex(self.tickets.index(place, 0), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def _top(self) -> tuple[TicketId, int, int] | None:
        """The uppermost ticket in sight, its line and how far it is scrolled out; None at the very
        top."""
        index = self.indexAt(self.viewport().rect().topLeft())
        if not index.isValid() or not self.verticalScrollBar().value():
            return None
        return self.tickets.id_at(index.row()), index.row(), self.visualRect(index).top()

    def _scroll_to(self, top: tuple[TicketId, int, int] | None) -> None:
        if top is None or (place := self.tickets.place_of(*top[:2])) is None:
            return
        self.verticalScrollBar().setValue(place * self._line_height() - top[2])

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last ticket; a table's own go to a column."""
        last = self.tickets.rowCount() - 1
        if action is QAbstractItemView.CursorAction.MoveHome and last >= 0:
            return self.tickets.index(0, 0)
        if action is QAbstractItemView.CursorAction.MoveEnd and last >= 0:
            return self.tickets.index(last, 0)
        return super().moveCursor(action, modifiers)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Onto a view. Qt's own would ask for every selected line and paint it."""
        if count := self.count_selected():
            drag_tickets(self, self.tr("%n ticket(s)", "", count))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and _opens_apart(event):
            event.accept()  # in here it does not send what is being written
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens_apart(event):
            self.apart_wanted.emit()
        elif event.key() in _STEPS and self._takes_current(event):
            return
        else:
            super().keyPressEvent(event)

    def _takes_current(self, event: QKeyEvent) -> bool:
        """The first key selects the line where the keyboard stands, as long as none is."""
        at = self.currentIndex()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not at.isValid():
            return False
        if self.selectionModel().hasSelection():
            return False
        self._take(at.row())
        return True

    def keyboardSearch(self, _typed: str) -> None:
        """Not here: Qt would ask 100 000 lines for their words. Letters are keys, or nothing."""

    def _double_clicked(self, _index: QModelIndex) -> None:
        self.apart_wanted.emit()

    def _selection_changed(self, _on: QItemSelection, _off: QItemSelection) -> None:
        if not self._quiet:
            self._announce()

    def currentChanged(self, current: Index, previous: Index) -> None:
        if not self._quiet:
            super().currentChanged(current, previous)

    def _announce(self) -> None:
        self.picked.emit(self.selected())


def _opens_apart(event: QEvent) -> bool:
    """Ctrl+Enter."""
    enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return (
        isinstance(event, QKeyEvent)
        and event.key() in enter
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    )
