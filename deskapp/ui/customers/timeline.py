"""Everything with a customer on one axis, the newest on top: chosen by kind and by words, read a
page at a time; a click leads to where it happened."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from deskapp.domain.ids import OrderId
from deskapp.domain.order_rows import OrderRow
from deskapp.domain.timeline import AXIS, Happening, TimelineAsk, TimelineEntry, TimelinePage
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import label

from .timeline_line import TimelineLine

PAGE = 40
_AFTER_TYPING = 250  # ms
Orders = Mapping[OrderId, OrderRow]


class Timeline(QWidget):
    """``opened`` carries the TimelineEntry whose ticket or order is wanted; ``asked`` the
    TimelineAsk that is to be read anew, ``more_wanted`` the one that goes on. ``own``: the keys of
    the mail addresses whose name need not be said, as it stands above."""

    opened = Signal(object)
    asked = Signal(object)
    more_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Everything that happened"))
        self._entries: list[TimelineEntry] = []
        self._orders: Orders = {}
        self._more: TimelineAsk | None = None
        self.kinds = self._make_kinds()
        self.words = QLineEdit()
        self.words.setAccessibleName(self.tr("Words to look for in it"))
        self.words.setPlaceholderText(self.tr("Find in it"))
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(220)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_AFTER_TYPING)
        self._typing.timeout.connect(self._ask)
        self.words.textChanged.connect(self._typed)
        self.own = self._own_shown = frozenset[str]()
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.more = push_button(self.tr("Show older"), self._go_on)
        self.more.hide()
        self._lay_out()

    def ask(self) -> TimelineAsk:
        """What is to be read now, as much of it as is shown."""
        chosen = self._chosen()
        kinds = AXIS if chosen is None else (chosen,)
        return TimelineAsk(kinds, self.words.text(), limit=max(PAGE, len(self._entries)))

    def show_page(self, page: TimelinePage, orders: Orders) -> None:
        """From the beginning. Lines that are there already stay, and so does the keyboard."""
        known = self._entries, self._orders, self._own_shown
        if page.entries and known == (list(page.entries), orders, self.own):
            return
        self._entries, self._orders, self._more = list(page.entries), orders, page.more
        self._own_shown = self.own
        clear(self._column)
        self._add(self._entries)
        if not page.entries:
            self._column.addWidget(label(self._empty(), tone="muted", wrap=True))

    def show_more(self, page: TimelinePage) -> None:
        """The next ones below those that are there."""
        self._more = page.more
        self._entries += page.entries
        self._add(page.entries)

    def fold(self) -> None:
        """For another customer: only the newest of everything."""
        self._entries = []
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self._press(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        chips = QWidget()
        flow = FlowLayout(6, chips)
        for button in self.kinds.values():
            flow.addWidget(button)
        head.addWidget(chips, 1)
        head.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(self._column)
        whole.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_kinds(self) -> dict[Happening | None, QPushButton]:
        names: dict[Happening | None, str] = {
            None: self.tr("All"),
            Happening.TICKET: self.tr("Tickets"),
            Happening.MAIL: self.tr("Mail"),
            Happening.CALL: self.tr("Calls"),
            Happening.NOTE: self.tr("Notes"),
            Happening.ORDER: self.tr("Orders"),
            Happening.RETURN: self.tr("Returns"),
        }
        made = {}
        for kind, name in names.items():
            button = push_button(name, self._chose, kind="quiet")
            button.setCheckable(True)
            button.setAccessibleName(self.tr("Show only: {kind}").replace("{kind}", name))
            made[kind] = button
        made[None].setChecked(True)
        return made

    def _chosen(self) -> Happening | None:
        return next((kind for kind, button in self.kinds.items() if button.isChecked()), None)

    def _chose(self) -> None:
        pressed = self.sender()
        kind = next((one for one, button in self.kinds.items() if button is pressed), None)
        self._press(kind)
        self._ask()

    def _press(self, kind: Happening | None) -> None:
        for one, button in self.kinds.items():
            button.setChecked(one is kind)

    def _typed(self, _words: str) -> None:
        self._typing.start()

    def _ask(self) -> None:
        self.asked.emit(replace(self.ask(), limit=PAGE))

    def _go_on(self) -> None:
        if self._more is not None:
            self.more_wanted.emit(replace(self._more, limit=PAGE))

    def _add(self, entries: Sequence[TimelineEntry]) -> None:
        for entry in entries:
            order = None if entry.order_id is None else self._orders.get(entry.order_id)
            line = TimelineLine(entry, order, self)
            self._column.addWidget(line)
        self.more.setVisible(self._more is not None)

    def _empty(self) -> str:
        if self.words.text().strip() or self._chosen() is not None:
            return self.tr("Nothing here with this choice. Take words away or choose “All”.")
        return self.tr("Nothing yet: no mail, no call, no order, no note.")
