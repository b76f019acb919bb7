"""The order that the placeholders of an answer speak of: picked once, kept with the draft."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import OrderId
from deskapp.domain.order_card import ShownOrder
from deskapp.domain.order_rows import OrderRow
from deskapp.ui.work import Work

from .draft_keeper import NOTE, DraftKeeper
from .screen import Screen


class OrderPick(QObject):
    """``changed`` carries the OrderId of the draft that is shown, None for what stands in."""

    changed = Signal(object)

    def __init__(self, work: Work, keeper: DraftKeeper, page: Screen, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        self._line, self._notice = page.at.order, page.at.notice
        self._row: OrderRow | None = None
        self._line.forgotten.connect(self._forget)
        page.shown.connect(self._shown)

    @property
    def order(self) -> OrderId | None:
        return self._page.mail.shown.order if self._page.mail is not None else None

    def pick(self, shown: ShownOrder) -> None:
        """From now on placeholders speak of it; what was put in already stays as it is."""
        before, row = self._row, shown.detail.row
        if self._page.mail is None:
            return
        self._put(row.id)
        self._row = row
        self._show()
        if before is not None and before.id != row.id and self._names(before.number):
            said = self.tr("Placeholders speak of {new} now. The text still names {old}.")
            self._notice.say(said.replace("{new}", row.number).replace("{old}", before.number))

    def _forget(self) -> None:
        self._put(None)
        self._row = None
        self._show()

    def _put(self, order: OrderId | None) -> None:
        self._keeper.change(self._page.mail_kind, order=order)
        self._keeper.flush()
        self.changed.emit(order)

    def _names(self, number: str) -> bool:
        return number.lstrip("#") in self._page.editor.text()

    def _shown(self) -> None:
        """Another draft is on screen, or this one was read anew."""
        order = self.order
        if self._row is not None and self._row.id != order:
            self._row = None
        self._show()
        self.changed.emit(order)
        if order is not None and self._row is None:
            self._work.ask(
                lambda desk: desk.orders.rows([order]), self._came, owner=self, topic="order"
            )

    def _came(self, rows: Sequence[OrderRow]) -> None:
        for row in rows:
            if row.id == self.order:
                self._row = row
                self._show()

    def _show(self) -> None:
        row = self._row
        if row is None or self._page.kind == NOTE:
            self._line.say("")
            return
        said = self.tr("Placeholders speak of order {number}.")
        self._line.say(said.replace("{number}", row.number))
