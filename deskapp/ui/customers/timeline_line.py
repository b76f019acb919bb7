"""One thing that happened, in two lines: what and where, and its first words."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from deskapp.domain.entries import Channel
from deskapp.domain.kinds import Direction
from deskapp.domain.order_rows import OrderRow
from deskapp.domain.timeline import Happening, TimelineEntry
from deskapp.ui import text, words
from deskapp.ui.icons import pixmap
from deskapp.ui.inbox.row_look import shown_subject
from deskapp.ui.orders.order_look import states
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label

if TYPE_CHECKING:
    from .timeline import Timeline

_ICONS = {
    Happening.TICKET: "inbox",
    Happening.MAIL: "inbox",
    Happening.CALL: "clock",
    Happening.NOTE: "note",
    Happening.ORDER: "orders",
    Happening.RETURN: "orders",
}


class TimelineLine(Card):
    """What has a ticket or an order can be opened; a note on the customer is just read."""

    def __init__(self, entry: TimelineEntry, order: OrderRow | None, timeline: "Timeline") -> None:
        super().__init__(*_ground(entry), timeline)
        self._entry, self._timeline = entry, timeline
        self.leads = entry.ticket_id is not None or bool(entry.order_number)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 8)
        row.setSpacing(10)
        picture = label()
        picture.setPixmap(pixmap(_ICONS[entry.what], 16))
        picture.setFixedWidth(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(order), 1)
        dated = label(text.age(entry.at, datetime.now(UTC)), size="small", tone="muted")
        dated.setToolTip(text.full(entry.at))
        row.addWidget(dated, 0, Qt.AlignmentFlag.AlignTop)
        if self.leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self) -> None:
        """Goes to where it happened."""
        if self.leads:
            self._timeline.opened.emit(self._entry)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open()
            return
        super().keyPressEvent(event)

    def _words(self, order: OrderRow | None) -> QVBoxLayout:
        entry = self._entry
        said = what_happened(entry, entry.address_key in self._timeline.own)
        chips = [] if entry.status is None else [(words.status(entry.status), "muted")]
        detail = entry.detail if entry.what is Happening.NOTE else " ".join(entry.detail.split())
        title = _title(entry)
        if order is not None:
            chips = list(states(order))[:2]
            detail = text.money(order.total, order.currency)
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        mail = entry.what is Happening.MAIL
        shown = title if mail else " · ".join(filter(None, (said, title)))
        if mail:
            detail = f"{said}: {detail}"
        head.addWidget(ElidedLabel(shown, size="strong"), 1)
        if entry.what in (Happening.TICKET, Happening.ORDER):
            for words_, tone in chips:
                head.addWidget(Chip(words_, tone=tone))
        column.addLayout(head)
        if detail and entry.what is Happening.NOTE:
            column.addWidget(label(detail, wrap=True, selectable=True))
        elif detail:
            column.addWidget(ElidedLabel(detail, tone="muted"))
        first = "" if mail else said
        spoken = [first, title, *(one for one, _ in chips), detail, text.full(entry.at)]
        self.setAccessibleName(", ".join(filter(None, spoken)))
        return column


def what_happened(entry: TimelineEntry, own: bool = False) -> str:
    """What sort of thing it is and whose, in words; ``own``: who wrote is known from above."""
    said = {
        Happening.TICKET: _tr("Ticket"),
        Happening.ORDER: _tr("Order"),
        Happening.RETURN: _tr("Return"),
        Happening.NOTE: _tr("Note of {name}") if entry.who else _tr("Note"),
        Happening.MAIL: _mail(entry, own),
        Happening.CALL: _spoken(entry),
    }[entry.what]
    return said.replace("{name}", entry.who)


def _mail(entry: TimelineEntry, own: bool) -> str:
    if entry.direction is Direction.OUT:
        return _tr("We wrote ({name})") if entry.who else _tr("We wrote")
    return _tr("They wrote") if own or not entry.who else _tr("{name} wrote")


def _spoken(entry: TimelineEntry) -> str:
    return {
        Channel.CALL.value: _tr("Call"),
        Channel.CHAT.value: _tr("Chat"),
        Channel.SOCIAL.value: _tr("Post or message"),
        Channel.REVIEW.value: _tr("Review"),
    }.get(entry.channel, _tr("Call"))


def _title(entry: TimelineEntry) -> str:
    if entry.ticket_number is not None and entry.what is not Happening.RETURN:
        return f"{shown_subject(entry.title)} · {entry.ticket_number}"
    if entry.what is Happening.RETURN:
        return " · ".join(filter(None, (entry.order_number, entry.title)))
    return entry.order_number


def _ground(entry: TimelineEntry) -> tuple[str, str]:
    if entry.what is Happening.NOTE:
        return "note", "note_edge"
    if entry.what is Happening.MAIL and entry.direction is Direction.OUT:
        return "ours", "ours_edge"
    return "surface", ""


def _tr(said: str) -> str:
    return QCoreApplication.translate("TimelineLine", said)
