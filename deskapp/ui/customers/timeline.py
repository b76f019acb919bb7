"""A customer's tickets, orders and notes on one axis, the newest on top; a click leads there."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.ids import OrderId
from deskapp.domain.order_rows import OrderRow
from deskapp.domain.timeline import TimelineEntry
from deskapp.ui import text, words
from deskapp.ui.icons import pixmap
from deskapp.ui.inbox.row_look import shown_subject
from deskapp.ui.orders.order_look import states
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label

_SHOWN_AT_FIRST = 40
Orders = Mapping[OrderId, OrderRow]


class Timeline(QWidget):
    """``opened`` carries the TimelineEntry whose ticket or order is wanted."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tickets, orders and notes"))
        self._entries: Sequence[TimelineEntry] = ()
        self._orders: Orders = {}
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_entries(self, entries: Sequence[TimelineEntry], orders: Orders) -> None:
        self._entries, self._orders = entries, orders
        clear(self._column)
        if not entries:
            said = self.tr("Nothing yet: no ticket, no order, no note.")
            self._column.addWidget(label(said, tone="muted", wrap=True))
        shown = entries if self._all else entries[:_SHOWN_AT_FIRST]
        for entry in shown:
            order = orders.get(entry.order_id) if entry.order_id is not None else None
            self._column.addWidget(_Line(entry, order, self))
        if len(shown) < len(entries):
            more = push_button(
                self.tr("Show %n more", "", len(entries) - len(shown)), self._show_all
            )
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def fold(self) -> None:
        """For another customer: only the newest again."""
        self._all = False

    def _show_all(self) -> None:
        self._all = True
        self.show_entries(self._entries, self._orders)


class _Line(Card):
    """One entry. Tickets and orders can be opened; a note is just read."""

    def __init__(self, entry: TimelineEntry, order: OrderRow | None, timeline: Timeline) -> None:
        is_note = entry.what == "note"
        super().__init__("note" if is_note else "surface", "note_edge" if is_note else "", timeline)
        self._entry, self._timeline = entry, timeline
        when = text.age(entry.at, datetime.now(UTC))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 8)
        row.setSpacing(10)
        picture = label()
        picture.setPixmap(pixmap(_ICONS[entry.what], 16))
        picture.setFixedWidth(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(order), 1)
        dated = label(when, size="small", tone="muted")
        dated.setToolTip(text.full(entry.at))
        row.addWidget(dated, 0, Qt.AlignmentFlag.AlignTop)
        if entry.what != "note":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
            return
        super().keyPressEvent(event)

    def _words(self, order: OrderRow | None) -> QVBoxLayout:
        entry = self._entry
        column = QVBoxLayout()
        column.setSpacing(2)
        if entry.what == "note":
            said = self.tr("Note · {name}").replace("{name}", entry.title or self.tr("unknown"))
            column.addWidget(label(said, size="strong"))
            column.addWidget(label(entry.detail, wrap=True, selectable=True))
            self.setAccessibleName(f"{said}: {entry.detail}")
            return column
        head = QHBoxLayout()
        head.setSpacing(6)
        title = shown_subject(entry.title)
        shown = f"{title} · {entry.ticket_number}" if entry.ticket_number else title
        head.addWidget(ElidedLabel(shown, size="strong"), 1)
        chips = [] if entry.status is None else [(words.status(entry.status), "muted")]
        detail = " ".join(entry.detail.split())
        if order is not None:
            chips = list(states(order))[:2]
            detail = text.money(order.total, order.currency)
        for said, tone in chips:
            head.addWidget(Chip(said, tone=tone))
        column.addLayout(head)
        if detail:
            column.addWidget(ElidedLabel(detail, tone="muted"))
        kind = self.tr("Ticket") if entry.what == "ticket" else self.tr("Order")
        self.setAccessibleName(", ".join((kind, shown, *(said for said, _ in chips), detail)))
        return column

    def _open(self) -> None:
        if self._entry.what != "note":
            self._timeline.opened.emit(self._entry)


_ICONS = {"ticket": "inbox", "order": "orders", "note": "note"}
