"""The Orders page: the list with its search, and the order or the sources beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import OrderId
from deskapp.domain.order_rows import OrderImport, OrderRow, OrderSourceRow
from deskapp.domain.order_sources import LookUp
from deskapp.domain.problem import Problem
from deskapp.ui.bridge import Bridge
from deskapp.ui.order_work.window import OrderWork
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.paged_list import Listed
from deskapp.ui.pieces.scrolled import Scrolled, renew
from deskapp.ui.pieces.searched_page import SearchedPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .detail import OrderPage, Whole, read_order
from .import_dialog import ImportDialog
from .order_look import order_look, spoken
from .sources import SourcesPage

_WIDEST = 760
_PAUSE_MS, _FEWEST_LETTERS = 800, 4


class OrdersPage(SearchedPage[OrderRow]):
    """Reacts to the Bridge where orders or the shown customer's contacts changed."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(work, shell, _listed(), "orders/panes", "orders.find", parent)
        self._order: OrderId | None = None
        self._whole: Whole | None = None
        self._wanted = self._searched = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask_shops)
        self.list.add_button(push_button(self.tr("Import…"), self.import_file))
        self.list.add_button(push_button(self.tr("Returns…"), self.open_work))
        right = QWidget()
        self._holder = QVBoxLayout(right)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self.put_beside(right)
        self.list.picked.connect(self.open_order)
        self.list.came.connect(self._list_came)
        bridge.changed.connect(self._changed)
        self.find_key.setText(self.tr("Find an order"))
        bring = self.add_key("orders.import")
        bring.triggered.connect(self.import_file)
        self.list.start()
        self.show_sources()

    def search(self, words: str) -> None:
        """The desk's own orders at once; the shops are asked when typing has paused."""
        super().search(words)
        self._searched = words.strip()
        self._pause.start()

    def find_order(self, number: OrderId | str) -> None:
        """An order, or a number as a customer spelt it: opened when it is the only one."""
        if not isinstance(number, str):
            self._number_found([number])
            return
        self._wanted = number
        self._work.ask(
            lambda desk: desk.orders.numbered(number),
            self._number_found,
            self._failed,
            owner=self,
            topic="number",
        )

    def open_order(self, order: OrderId) -> None:
        """Shows an order whole."""
        self._order = order
        self.stated.show_loading()
        self._read_order()
        self._shell.ask_shops(order)

    def show_sources(self) -> None:
        """Where orders come from; no order is marked."""
        self._order = None
        self.list.unchoose()
        self._work.ask(
            lambda desk: desk.orders.sources(),
            self._sources_came,
            self._failed,
            owner=self,
            topic="right",
        )

    def import_file(self) -> None:
        """Opens the import of an order file."""
        dialog = ImportDialog(self._work, self._shell.outside, self)
        dialog.imported.connect(self._imported)
        dialog.open()

    def open_work(self) -> None:
        """Open return cases, forms and acts in shops; what waits for me on top."""
        OrderWork(self._work, self._shell, self).show()

    def _changed(self, changes: Changes) -> None:
        if "orders" not in changes.areas and not changes.customers:
            return
        if "orders" in changes.areas:
            self.list.read_again()
        if self._order is not None:
            self._read_order()
        elif "orders" in changes.areas:
            self.show_sources()

    def _read_order(self) -> None:
        order = self._order
        if order is None:
            return
        self._work.ask(
            lambda desk: read_order(desk, order),
            self._order_came,
            self._failed,
            owner=self,
            topic="right",
        )

    def _order_came(self, whole: Whole) -> None:
        if whole == self._whole:
            self.stated.show_content()
            return
        same = self._whole is not None and self._whole[0].row.id == whole[0].row.id
        self._whole = whole
        self._show(OrderPage(whole, self._work, self._shell, back=self.show_sources), same=same)

    def _sources_came(self, sources: tuple[OrderSourceRow, ...]) -> None:
        self._whole = None
        self._show(SourcesPage(sources, self.import_file))

    def _show(self, page: QWidget, *, same: bool = False) -> None:
        made = Scrolled(page, margins=(32, 24, 32, 24), widest=_WIDEST)
        renew(self._holder, made, same=same)
        self.stated.show_content()

    def _failed(self, problem: Problem) -> None:
        again = self._read_order if self._order is not None else self.show_sources
        self.stated.show_problem(problem, again)

    def _ask_shops(self) -> None:
        if len(self._searched) >= _FEWEST_LETTERS:
            self._shell.ask_shops(LookUp(None, self._searched))

    def _number_found(self, orders: Sequence[OrderId]) -> None:
        """Where shops count alike the list shows all of that number: a person chooses."""
        if len(orders) != 1:
            self.list.search(self._wanted)
            return
        self._wanted = ""
        self.open_order(orders[0])
        if not self.list.choose(orders[0]):
            self.list.search("")

    def _list_came(self, _count: int) -> None:
        if self._order is not None:
            self.list.choose(self._order)

    def _imported(self, brought: OrderImport) -> None:
        said = self.tr("{new} new, {updated} brought up to date, {same} as before.")
        counts = {"new": brought.new, "updated": brought.updated, "same": brought.unchanged}
        for name, count in counts.items():
            said = said.replace("{" + name + "}", self.locale().toString(count))
        self._shell.tell(said)
        self.list.read_again()
        self.show_sources()


def _ids(desk: Desk, words: str) -> Sequence[int]:
    return desk.orders.ids(words)


def _rows(desk: Desk, ids: Sequence[int]) -> Sequence[OrderRow]:
    return desk.orders.rows([OrderId(one) for one in ids])


def _listed() -> Listed[OrderRow]:
    return Listed(
        title=_tr("Orders"),
        search_for=_tr("Number, mail, name, phone, parcel, postcode"),
        ids=_ids,
        rows=_rows,
        look=order_look,
        spoken=spoken,
        empty=(
            _tr("No orders yet"),
            _tr("Import a file that your shop exports: CSV, TSV or Excel."),
        ),
        no_match=(
            _tr("No order found"),
            _tr("Try the number without letters, the mail address, or a part of the name."),
        ),
    )


def _tr(said: str) -> str:
    return QCoreApplication.translate("OrdersPage", said)
