"""The Customers page: the list with its search, and the record of one person beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMessageBox, QSplitter, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import CustomerId
from deskapp.domain.people import CustomerRecord, CustomerRow
from deskapp.domain.problem import Problem
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.paged_list import Listed, PagedList
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .customer_look import customer_look, spoken
from .merge_dialog import MergeDialog
from .merged_strip import MergedStrip
from .new_customer import NewCustomer
from .record_pane import RecordPane, Shown, read_record

_LIST_WIDTH, _WIDEST, _ROW = 372, 760, 56


class CustomersPage(QWidget):
    """Reacts to the Bridge where the shown customer or the list is touched."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._customer: CustomerId | None = None
        self.setProperty("role", "surface")
        self.list = PagedList(work, self._listed())
        self.list.add_button(push_button(self.tr("New customer"), self.new_customer))
        self.list.setMinimumWidth(260)
        self.record = RecordPane(work, shell)
        self.strip = MergedStrip()
        self.stated = Stated(self._right())
        self.stated.setMinimumWidth(340)
        self._lay_out()
        self.list.picked.connect(self._picked)
        self.list.came.connect(self._list_came)
        self.record.merge_wanted.connect(self._ask_merge)
        self.record.changed.connect(self.read_again)
        self.strip.undo_wanted.connect(self._unmerge)
        bridge.changed.connect(self._changed)
        self._keys()
        self._show_nobody()
        self.list.start()

    def search(self, words: str) -> None:
        """What the shell's search field asks for."""
        self.list.search(words)

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_customer(self, customer: CustomerId) -> None:
        """Shows a record, also of somebody who is not in the list."""
        if customer != self._customer and not self._may_leave():
            return
        if customer != self._customer:
            self.strip.hide()
        self._customer = customer
        self.list.choose(customer)
        self.stated.show_loading()
        self.read_again()

    def read_again(self) -> None:
        """The newest state of the record that is shown."""
        customer = self._customer
        if customer is None:
            return
        self._work.ask(
            lambda desk: read_record(desk, customer),
            self._record_came,
            self._failed,
            owner=self,
            topic="record",
        )

    def new_customer(self) -> None:
        """Opens the form for somebody who has not written yet."""
        dialog = NewCustomer(self._work, self)
        dialog.made.connect(self.open_customer)
        dialog.open()

    def fill_menu(self, menu: QMenu) -> None:
        """The shell's menu of this page."""
        menu.addActions([self._find, self._new, self._edit])

    def save_places(self) -> None:
        """Called before the window closes."""
        self._shell.remembered.put_splitter("customers/panes", self.split)

    def _listed(self) -> Listed[CustomerRow]:
        return Listed(
            title=self.tr("Customers"),
            search_for=self.tr("Name, mail, phone, company"),
            ids=_ids,
            rows=_rows,
            look=customer_look,
            spoken=spoken,
            empty=(
                self.tr("No customers yet"),
                self.tr("Everybody who writes to you appears here by themselves."),
            ),
            no_match=(
                self.tr("Nobody found"),
                self.tr("Try a part of the name, the mail address or the phone number."),
            ),
            height=_ROW,
        )

    def _right(self) -> QWidget:
        right = QWidget()
        right.setProperty("role", "window")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(Scrolled(self.record, margins=(32, 24, 32, 24), widest=_WIDEST), 1)
        return right

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.stated)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([_LIST_WIDTH, 900])
        self._shell.remembered.place_splitter("customers/panes", self.split)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _keys(self) -> None:
        self._find = self._key(self.tr("Find a customer"), "Ctrl+F")
        self._find.triggered.connect(self._focus_search)
        self._new = self._key(self.tr("New customer"), "Ctrl+Shift+N")
        self._new.triggered.connect(self.new_customer)
        self._edit = self._key(self.tr("Edit the record"), "F2")
        self._edit.triggered.connect(self.record.edit)

    def _key(self, name: str, key: str) -> QAction:
        action = QAction(name, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _focus_search(self) -> None:
        self.list.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.field.selectAll()

    def _picked(self, customer: CustomerId) -> None:
        if customer != self._customer and not self._may_leave():
            if self._customer is not None:
                self.list.choose(self._customer)
            return
        self.open_customer(customer)

    def _may_leave(self) -> bool:
        """Asks before something typed is thrown away; afterwards nothing is left of it."""
        if not self.record.dirty:
            return True
        answer = QMessageBox.question(
            self,
            self.tr("Not saved"),
            self.tr("What you typed about this customer is not saved. Throw it away?"),
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer is not QMessageBox.StandardButton.Discard:
            return False
        self.record.forget_typing()
        return True

    def _list_came(self, _count: int) -> None:
        if self._customer is not None:
            self.list.choose(self._customer)

    def _changed(self, changes: Changes) -> None:
        if changes.customers:
            self.list.read_again()
        if self._customer in changes.customers or "orders" in changes.areas or changes.tickets:
            self.read_again()

    def _record_came(self, shown: Shown) -> None:
        row = shown[0].row
        if row.id != self._customer:  # merged into another, who is shown instead
            self._customer = row.id
            self.list.choose(row.id)
        self.record.show_record(shown)
        self.stated.show_content()

    def _failed(self, problem: Problem) -> None:
        self.stated.show_problem(problem, self.read_again)

    def _show_nobody(self) -> None:
        self.stated.show_words(
            self.tr("Choose a customer"),
            self.tr("Their contacts, tickets, orders and notes stand here."),
        )

    def _ask_merge(self, record: CustomerRecord) -> None:
        dialog = MergeDialog(self._work, record, self)
        dialog.merged.connect(self._merged)
        dialog.open()

    def _merged(self, kept: CustomerId, merged: CustomerId, name: str) -> None:
        self.strip.show_merge(merged, name)
        self._customer = kept
        self.list.read_again()
        self.read_again()

    def _unmerge(self, merged: CustomerId) -> None:
        self._work.do(
            lambda desk: desk.customers.unmerge(merged),
            self._unmerged,
            self._shell.trouble,
            owner=self,
        )

    def _unmerged(self, _nothing: None) -> None:
        self.strip.hide()
        self._shell.tell(self.tr("They are two customers again."))
        self.list.read_again()
        self.read_again()


def _ids(desk: Desk, words: str) -> Sequence[int]:
    return desk.customers.ids(words)


def _rows(desk: Desk, ids: Sequence[int]) -> Sequence[CustomerRow]:
    return desk.customers.rows([CustomerId(one) for one in ids])
