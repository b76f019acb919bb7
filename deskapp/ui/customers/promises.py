"""What is still to happen with a customer, on top of what has happened."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.timeline import Promise, PromiseKind
from deskapp.ui import text
from deskapp.ui.inbox.row_look import shown_subject
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label

from .opening import Opening


class PromisesCard(Card):
    """Hidden where nothing is promised. ``opened`` carries the Promise to go to."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", "accent", parent)
        self.setAccessibleName(self.tr("Promised and next"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(label(self.tr("Promised and next"), size="small", tone="muted"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        column.addLayout(self._lines)
        self.hide()

    def show_promises(self, promises: Sequence[Promise]) -> None:
        clear(self._lines)
        now = datetime.now(UTC)
        for one in promises:
            self._lines.addWidget(PromiseLine(one, now, self))
        self.setVisible(bool(promises))


class PromiseLine(Opening):
    """What it is, about which ticket or order, and when; late ones in red and in words."""

    def __init__(self, one: Promise, now: datetime, card: PromisesCard) -> None:
        super().__init__(card)
        self._one, self._card = one, card
        late = one.at is not None and one.at < now
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(8)
        said = label(self._words(one), wrap=True)
        when = label(self._when(one, now), tone="bad" if late else "muted")
        row.addWidget(said, 1)
        row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(", ".join(filter(None, (said.text(), when.text()))))

    def open(self) -> None:
        self._card.opened.emit(self._one)

    def _words(self, one: Promise) -> str:
        said = {
            PromiseKind.FOLLOW_UP: self.tr("Follow up: {title}"),
            PromiseKind.DUE: self.tr("Due: {title}"),
            PromiseKind.SNOOZE: self.tr("Back from a snooze: {title}"),
            PromiseKind.RETURN: self.tr("Return of order {order} is open: {title}"),
            PromiseKind.PARCEL: self.tr("Order {order} should have arrived."),
        }[one.kind]
        if one.kind is PromiseKind.RETURN and not one.order_number:
            said = self.tr("A return is open: {title}")
        title = shown_subject(one.title) if one.ticket_number else one.title
        number = f" · {one.ticket_number}" if one.ticket_number else ""
        said = said.replace("{order}", one.order_number).replace("{title}", title)
        return said.strip().rstrip(":") + number

    def _when(self, one: Promise, now: datetime) -> str:
        if one.at is None:
            return ""
        if one.at >= now:
            return text.ahead(one.at, now)
        return self.tr("{span} late").replace("{span}", text.span(now - one.at))
