"""The Customers page: the list with its search, and the record of one person beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import CustomerId
from deskapp.domain.merging_people import Unmerged
from deskapp.domain.people import CustomerRecord, CustomerRow
from deskapp.domain.problem import Problem
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.paged_list import Listed
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.pieces.searched_page import SearchedPage
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import LATER, Work

from .customer_look import customer_look, spoken
from .erase_dialog import EraseDialog
from .many_acts import ManyActs
from .merge_dialog import MergeDialog, to_merge
from .merged_strip import Beside, MergedStrip, read_beside
from .new_customer import NewCustomer
from .reading import Shown, read_record
from .record_pane import RecordPane

_WIDEST, _ROW = 760, 56


class CustomersPage(SearchedPage[CustomerRow]):
    """Reacts to the Bridge where the shown customer or the list is touched."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(work, shell, _listed(), "customers/panes", "customers.find", parent)
        self._again = ReadAgain(self, 0.0)
        self._again.due.connect(self.read_again)
        self._customer: CustomerId | None = None
        self._joined: CustomerId | None = None  # merged here just now, and still on screen
        self.list.add_button(push_button(self.tr("New customer"), self.new_customer))
        self.many = ManyActs(work, shell, self)
        self.list.add_button(self.many)
        self.record = RecordPane(work, shell)
        self.strip = MergedStrip()
        self.put_beside(self._right())
        self.list.picked.connect(self._picked)
        self.list.came.connect(self._list_came)
        self.record.merge_wanted.connect(self._ask_merge)
        self.record.changed.connect(self.read_again)
        self.record.export_wanted.connect(self._export)
        self.record.erase_wanted.connect(self._ask_erase)
        self.strip.undo_wanted.connect(self._unmerge)
        self.strip.compare_wanted.connect(self._compare)
        self.strip.refused.connect(self._refuse)
        self.many.compare_wanted.connect(self._compare_two)
        bridge.changed.connect(self._changed)
        self._keys()
        self._show_nobody()
        self.list.start()

    def open_customer(self, customer: CustomerId) -> None:
        """Shows a record, also of somebody who is not in the list."""
        if customer != self._customer and not self._may_leave():
            return
        if customer != self._customer:
            self.strip.hide()
            self.record.begin()
            self._scrolled.verticalScrollBar().setValue(0)
        self._customer = customer
        self.list.choose(customer)
        self.stated.show_loading()
        self.read_again()

    def show_alone(self, customer: CustomerId) -> None:
        """In a window of its own: the record without the list."""
        self.list.hide()
        self.open_customer(customer)

    def read_again(self) -> None:
        """The newest state of the record that is shown."""
        customer = self._customer
        if customer is None:
            return
        ask = self.record.ask()
        self._again.asked()
        self._work.ask(
            lambda desk: read_record(desk, customer, ask),
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

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        self._scrolled = Scrolled(self.record, margins=(32, 24, 32, 24), widest=_WIDEST)
        column.addWidget(self._scrolled, 1)
        return right

    def _keys(self) -> None:
        self.find_key.setText(self.tr("Find a customer"))
        self.add_key("customers.new").triggered.connect(self.new_customer)
        self.add_key("customers.edit").triggered.connect(self.record.edit)

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
            self.many.count_again()
        touched = changes.tickets or changes.areas & {"orders", "fields"}
        if self._customer in changes.customers or touched:
            self._again.want()

    def _record_came(self, shown: Shown) -> None:
        self._again.answered()
        row, before = shown.record.row, self.record.record
        was = None if before is None else before.row.id
        merged = was is not None and was != row.id and was in (self._customer, self._joined)
        if row.id != self._customer:  # merged into another, who is shown instead
            self._customer = row.id
            self.list.choose(row.id)
        if merged and was != self._joined:
            self._shell.tell(self.tr("This customer was merged into another, who is shown now."))
        self._joined = None
        self.record.show_record(shown, merged=merged)
        self.stated.show_content()
        self._shell.ask_shops_about(shown.record)
        record = shown.record
        self._work.ask(
            lambda desk: read_beside(desk, record),
            self._beside_came,
            owner=self,
            lane=LATER,
            topic="beside",
        )

    def _beside_came(self, beside: Beside) -> None:
        if beside.customer == self._customer:
            self.strip.show_beside(beside)

    def _failed(self, problem: Problem) -> None:
        self._again.answered()
        self.stated.show_problem(problem, self.read_again)

    def _show_nobody(self) -> None:
        self.stated.show_words(
            self.tr("Choose a customer"),
            self.tr("Their contacts, tickets, orders and notes stand here."),
        )

    def _ask_merge(self, one: CustomerId, other: CustomerId | None) -> None:
        self._work.ask(
            lambda desk: to_merge(desk, one),
            lambda record: self._show_merge(record, other),
            self._shell.trouble,
            owner=self,
        )

    def _show_merge(self, record: CustomerRecord, other: CustomerId | None) -> None:
        dialog = MergeDialog(self._work, record, self)
        dialog.merged.connect(self._merged)
        dialog.open()
        if other is not None:
            dialog.pick(other)

    def _merged(self, kept: CustomerId, merged: CustomerId, _name: str) -> None:
        self._customer, self._joined = kept, merged
        self.list.read_again()
        self.read_again()

    def _compare(self, other: CustomerId) -> None:
        if self._customer is not None:
            self._ask_merge(self._customer, other)

    def _compare_two(self, one: CustomerId, other: CustomerId) -> None:
        self.open_customer(one)
        self._ask_merge(one, other)

    def _refuse(self, other: CustomerId) -> None:
        if (one := self._customer) is not None:
            self._work.do(
                lambda desk: desk.duplicates.refuse(one, other),
                self._refused,
                self._shell.trouble,
                owner=self,
            )

    def _refused(self, _nothing: None) -> None:
        self._shell.tell(self.tr("They will not be proposed again."))
        self.read_again()

    def _export(self) -> None:
        if self.record.record is not None:
            self.many.export_person(self.record.record)

    def _ask_erase(self) -> None:
        if (record := self.record.record) is None or not self._may_leave():
            return
        dialog = EraseDialog(self._work, record, self._shell.outside.settings.home, self)
        dialog.erased.connect(self._erased)
        dialog.open()

    def _erased(self) -> None:
        self._customer = None
        self.record.forget_typing()
        self.strip.hide()
        self._show_nobody()
        self.list.read_again()

    def _unmerge(self, merged: CustomerId) -> None:
        self._work.do(
            lambda desk: desk.customers.unmerge(merged),
            self._unmerged,
            self._shell.trouble,
            owner=self,
        )

    def _unmerged(self, told: Unmerged) -> None:
        self.strip.hide()
        said = self.tr("They are two customers again.")
        if told.changed_since:
            said = self.tr("They are two customers again. What was changed since stays as it is.")
        self._shell.tell(said)
        self.list.read_again()
        self.read_again()


def _ids(desk: Desk, words: str) -> Sequence[int]:
    return desk.customers.ids(words)


def _rows(desk: Desk, ids: Sequence[int]) -> Sequence[CustomerRow]:
    return desk.customers.rows([CustomerId(one) for one in ids])


def _listed() -> Listed[CustomerRow]:
    return Listed(
        title=_tr("Customers"),
        search_for=_tr("Name, mail, phone, company"),
        ids=_ids,
        rows=_rows,
        look=customer_look,
        spoken=spoken,
        empty=(
            _tr("No customers yet"),
            _tr("Everybody who writes to you appears here by themselves."),
        ),
        no_match=(
            _tr("Nobody found"),
            _tr("Try a part of the name, the mail address or the phone number."),
        ),
        height=_ROW,
    )


def _tr(said: str) -> str:
    return QCoreApplication.translate("CustomersPage", said)
