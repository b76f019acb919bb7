"""An order in a window of its own, beside the ticket that is being answered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deskapp.domain.changes import Changes
from deskapp.domain.order_card import ShownOrder
from deskapp.domain.problem import Problem
from deskapp.ui.inbox.strange_order import strange_words
from deskapp.ui.pieces.scrolled import Scrolled, renew
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .detail import OrderPage, Whole, read_order

_FIRST_SIZE = (620, 720)


class OrderWindow(QDialog):
    """``text_wanted`` and ``picked`` as of ``OrderPage``; whoever listens asks about strangers."""

    text_wanted = Signal(str)
    picked = Signal()

    def __init__(
        self,
        shown: ShownOrder,
        work: Work,
        shell: ShellActions,
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = shown.detail.row
        self.setWindowTitle(self.tr("Order {number}").replace("{number}", row.number))
        self.resize(*_FIRST_SIZE)
        self._shown, self._work, self._shell, self._language = shown, work, shell, language
        self._whole: Whole | None = None
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._stated = Stated(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stated)
        self.read_again()

    def read_again(self) -> None:
        """The newest state of the order."""
        order = self._shown.detail.row.id
        self._work.ask(
            lambda desk: read_order(desk, order),
            self._came,
            self._failed,
            owner=self,
            topic="order",
        )

    def hear(self, changes: Changes) -> None:
        """The engine, or a colleague, has stored something of orders."""
        if "orders" in changes.areas:
            self.read_again()

    def _came(self, whole: Whole) -> None:
        if whole == self._whole:
            return
        self._whole = whole
        page = OrderPage(
            whole,
            self._work,
            self._shell,
            language=self._language,
            writes=True,
            warning=strange_words(self._shown),
        )
        page.text_wanted.connect(self.text_wanted)
        page.picked.connect(self.picked)
        renew(self._holder, Scrolled(page, margins=(20, 16, 20, 16)))
        self._stated.show_content()

    def _failed(self, problem: Problem) -> None:
        self._stated.show_problem(problem, self.read_again)
