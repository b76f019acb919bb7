"""One order on the customer card: number, states, total, what is in it, where it is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from deskapp.domain.order_card import ShownOrder
from deskapp.domain.order_text import order_text, safe_link, tracking_text
from deskapp.ui import text
from deskapp.ui.orders.order_look import states
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions

from .links import follow_link
from .strange_order import strange_words, when_sure

_ROOM = 242  # pixels of a line on a card of the usual width


class OrderCard(Card):
    """The number opens the order; a tracking number leads to the carrier.

    ``alike``: its shop is named, since another order that is shown has the same number.
    ``text_wanted`` carries what goes into the answer, ``picked`` the ShownOrder that placeholders
    are to speak of, ``opened`` the one that is wanted whole. All of another person's ask first.
    """

    text_wanted = Signal(str)
    picked = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        shown: ShownOrder,
        shell: ShellActions,
        language: str,
        *,
        in_use: bool = False,
        alike: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        edge = "warn" if shown.strange else "accent" if in_use else ""
        super().__init__("surface", edge, parent)
        self.shown, self._row, self._shell = shown, shown.detail.row, shell
        self.in_use = in_use
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(12 if edge else 9, 7, 5, 7)
        column.setSpacing(3)
        if warning := strange_words(shown):
            column.addWidget(label(warning, tone="warn", size="small", wrap=True))
        self._head(column)
        if alike:
            column.addWidget(ElidedLabel(self._row.source, tone="muted", size="small"))
        items = ", ".join(
            f"{line.title} ×{line.quantity.normalize():f}" if line.quantity != 1 else line.title
            for line in shown.detail.lines
        )
        if items:
            column.addWidget(ElidedLabel(items, tone="muted"))
        if in_use:
            said = self.tr("Placeholders in this answer speak of it.")
            column.addWidget(label(said, tone="accent", size="small", wrap=True))
        column.addLayout(self._foot())
        self.setAccessibleName(self._spoken(warning, items))

    def speak(self, language: str) -> None:
        """What goes into the answer is in this language (BCP 47)."""
        self._language = language

    def insert_tracking(self) -> None:
        """The parcel's number and link go into the answer; without a parcel, the order's state."""
        parcels = [one for one in self.shown.detail.shipments if one.tracking_number]
        if not parcels:
            self.insert_summary()
            return
        self._insert("\n".join(tracking_text(one, self._language) for one in parcels))

    def insert_summary(self) -> None:
        """What was ordered and where it is, in the customer's language."""
        self._insert(order_text(self.shown.detail, self._language))

    def _insert(self, written: str) -> None:
        when_sure(self, self.shown, lambda: self.text_wanted.emit(written))

    def _head(self, column: QVBoxLayout) -> None:
        """Number, states and total in one line; the states below where that is too long."""
        number = push_button(self._row.number, self._open, kind="number")
        number.setToolTip(self.tr("Open the order"))
        total = label(text.money(self._row.total, self._row.currency))
        chips = [Chip(said, tone=tone) for said, tone in states(self._row)]
        head, below = QHBoxLayout(), QHBoxLayout()
        for row in (head, below):
            row.setSpacing(4)
        taken = sum(part.sizeHint().width() + 4 for part in (number, total, *chips))
        place = head if taken <= _ROOM else below
        head.addWidget(number)
        for chip in chips:
            place.addWidget(chip)
        head.addStretch(1)
        head.addWidget(total)
        head.addSpacing(4)
        column.addLayout(head)
        if place is below:
            below.addStretch(1)
            column.addLayout(below)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._row.tracking_number:
            row.addWidget(self._parcel())
        insert = push_button(self.tr("insert"), self.insert_tracking, kind="link")
        insert.setToolTip(
            self.tr("Put the tracking link into the answer")
            if self._row.tracking_number
            else self.tr("Put the order's state into the answer")
        )
        row.addWidget(insert)
        row.addStretch(1)
        row.addWidget(self._more())
        return row

    def _parcel(self) -> QPushButton:
        """To the carrier's page; a number without a link that may be opened is copied."""
        further = sum(bool(one.tracking_number) for one in self.shown.detail.shipments) - 1
        said = self._row.tracking_number + (f" +{further}" if further > 0 else "")
        followed = bool(safe_link(self._row.tracking_url))
        track = push_button(said, self._track if followed else self._copy_number, kind="link")
        track.setToolTip(
            self.tr("Track the parcel in the browser")
            if followed
            else self.tr("Copy the number: the shop tells no safe link")
        )
        track.setMinimumWidth(40)
        return track

    def _more(self) -> QToolButton:
        named = self.tr("More for order {number}").replace("{number}", self._row.number)
        more = IconButton("more", named)
        menu = QMenu(more)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return more

    def _fill(self, menu: QMenu) -> None:
        """Made when it is opened: the card has 50 ms."""
        menu.clear()
        menu.addAction(self.tr("Insert the tracking link"), self.insert_tracking)
        menu.addAction(self.tr("Insert what was ordered and where it is"), self.insert_summary)
        menu.addAction(self.tr("Use in the placeholders of this answer"), self._pick)
        menu.addSeparator()
        menu.addAction(self.tr("Copy as text"), self._copy)
        menu.addAction(self.tr("Open the order"), self._open)

    def _spoken(self, warning: str, items: str) -> str:
        row = self._row
        told = (
            self.tr("Order {number}").replace("{number}", row.number),
            warning,
            *(said for said, _ in states(row)),
            text.money(row.total, row.currency),
            items,
            row.tracking_number,
        )
        return ", ".join(part for part in told if part)

    def _pick(self) -> None:
        when_sure(self, self.shown, lambda: self.picked.emit(self.shown))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(order_text(self.shown.detail, self._language))
        self._shell.tell(self.tr("Copied"))

    def _copy_number(self) -> None:
        QGuiApplication.clipboard().setText(self._row.tracking_number)
        self._shell.tell(self.tr("Copied"))

    def _open(self) -> None:
        self.opened.emit(self.shown)

    def _track(self) -> None:
        follow_link(self, self._row.tracking_url, self._row.tracking_number)
