"""A searchable list of rows beside a record: the left half of Customers and Orders."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.problem import Problem
from deskapp.ui import text
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.work import Work

from .form import line
from .labels import label
from .paged_model import Index, PagedModel, R
from .row import RowLook
from .row_delegate import COMFORTABLE, RowDelegate
from .states import Stated

_AFTER_TYPING_MS, _AT_MOST_EVERY_SECONDS = 150, 0.3


@dataclass(frozen=True, slots=True)
class Listed(Generic[R]):
    """What a list shows and what it is called. ``empty`` and ``no_match`` are (title, sentence)."""

    title: str
    search_for: str
    ids: Callable[[Desk, str], Sequence[int]]
    rows: Callable[[Desk, Sequence[int]], Sequence[R]]
    look: Callable[[R], RowLook]
    spoken: Callable[[R], str]
    empty: tuple[str, str]
    no_match: tuple[str, str]
    height: int = COMFORTABLE


class PagedList(QWidget, Generic[R]):
    """``picked`` carries the id that was chosen; ``came`` how many there are."""

    picked = Signal(object)
    came = Signal(int)

    def __init__(self, work: Work, listed: Listed[R], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._listed = work, listed
        self._words = ""
        self._ids: array[int] | None = None
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model: PagedModel[R] = PagedModel(listed.look, listed.spoken, self)
        self.model.rows_wanted.connect(self._ask_rows)
        self.view = _List(listed.title, self.model, listed.height)
        self.view.chosen.connect(self.picked)
        self.stated = Stated(self.view, listed.height)
        self.field = line(name=listed.search_for, placeholder=listed.search_for)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._search)
        self._count = label(tone="muted")
        self._pause = _single_shot(self, _AFTER_TYPING_MS, self._search)
        self._again = ReadAgain(self, _AT_MOST_EVERY_SECONDS, _AT_MOST_EVERY_SECONDS)
        self._again.due.connect(self._ask_ids)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.stated, 1)

    def add_button(self, button: QWidget) -> None:
        """A thing to do with the whole list, in its head."""
        self._buttons.addWidget(button)

    def start(self) -> None:
        """Reads the list for the first time, or after a trouble."""
        self.stated.show_loading()
        self._ask_ids()

    def search(self, words: str) -> None:
        """Shows what matches; "" shows all."""
        self.field.setText(words)
        self._search()

    def read_again(self) -> None:
        """Something changed; the list is read anew soon, and rows when somebody looks."""
        self.model.outdate()
        self._again.want()

    def choose(self, one: int) -> bool:
        """Marks a row without announcing it; False when it is not in the list."""
        return self.view.choose(one)

    def unchoose(self) -> None:
        self.view.choose(None)

    def ids(self) -> Sequence[int]:
        """What the list holds, in its order; empty before it came."""
        return self._ids or array("q")

    def _head(self) -> QWidget:
        head = QWidget()
        head.setProperty("role", "head")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(label(self._listed.title, size="strong"))
        above.addWidget(self._count)
        above.addStretch(1)
        above.addLayout(self._buttons)
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 8, 12, 10)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.field)
        return head

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        words = self.field.text().strip()
        if words != self._words:
            self._words = words
            self.start()

    def _ask_ids(self) -> None:
        words, ids = self._words, self._listed.ids
        self._again.asked()
        self._work.ask(
            lambda desk: ids(desk, words), self._ids_came, self._failed, owner=self, topic="ids"
        )

    def _ids_came(self, ids: Sequence[int]) -> None:
        came = array("q", ids)
        self._again.answered()
        if came != self._ids:
            self._ids = came
            self.view.show_ids(came)
        self._count.setText(text.number(len(came)))
        if came:
            self.stated.show_content()
        elif self._words:
            self.stated.show_words(*self._listed.no_match, self.tr("Show all"), self._show_all)
        else:
            self.stated.show_words(*self._listed.empty)
        self.came.emit(len(came))

    def _show_all(self) -> None:
        self.search("")

    def _ask_rows(self, ids: list[int]) -> None:
        rows = self._listed.rows

        def failed(problem: Problem) -> None:
            self.model.failed(ids)
            self._failed(problem)

        self._work.ask(lambda desk: rows(desk, ids), self.model.take_rows, failed, owner=self)

    def _failed(self, problem: Problem) -> None:
        self._again.answered()
        self.stated.show_problem(problem, self.start)


class _List(QListView):
    """One row at a time; which one is kept by id and not by line."""

    chosen = Signal(object)

    def __init__(self, name: str, model: PagedModel[R], height: int) -> None:
        super().__init__()
        self._model = model
        self._quiet = False
        delegate = RowDelegate(self)
        delegate.height = height
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(name)

    def show_ids(self, ids: Sequence[int]) -> None:
        current = self.currentIndex()
        before = self._model.id_at(current.row()) if current.isValid() else None
        top = self.verticalScrollBar().value()
        self._quiet = True
        self._model.show_ids(ids)
        self._quiet = False
        self.choose(before)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(top)

    def choose(self, one: int | None) -> bool:
        place = None if one is None else self._model.place_of(one)
        self._quiet = True
        if place is None:
            self.selectionModel().clear()
        else:
            self.selectionModel().setCurrentIndex(
                self._model.index(place, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(self._model.index(place, 0))
        self._quiet = False
        return place is not None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.chosen.emit(self._model.id_at(current.row()))


def _single_shot(parent: QWidget, after_ms: int, act: Callable[[], None]) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(after_ms)
    made.timeout.connect(act)
    return made
