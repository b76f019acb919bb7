"""The orders on the customer card: who bought what, where it is, and how old that knowledge is."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.ids import CustomerId, OrderId, TicketId
from deskapp.domain.order_card import ShownOrder
from deskapp.domain.order_sources import LookUp
from deskapp.domain.orders import number_key
from deskapp.domain.problem import Problem
from deskapp.ui.announce import announce
from deskapp.ui.errors import explain
from deskapp.ui.orders.freshness import as_of, freshness
from deskapp.ui.orders.shop_asking import ShopAsking
from deskapp.ui.orders.source_words import source_remarks
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.form import line
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .card_focus import focus_again, focused, is_asking
from .figures_line import figures_line
from .order_card import OrderCard as OrderView
from .orders_read import MOST_SHOWN, Read, alike, read_part

_AFTER_TYPING_MS, _ASKED_AFTER_MS, _LATER_MS = 150, 700, 400


class OrdersPart(QWidget):
    """Stays while tickets change. ``text_wanted``: words for the answer; ``picked``: a ShownOrder
    for its placeholders; ``opened``: one that is wanted whole; ``all_wanted``: the record;
    ``refresh_wanted``: the shops are to be asked again, now."""

    text_wanted = Signal(str)
    picked = Signal(object)
    opened = Signal(object)
    all_wanted = Signal()
    refresh_wanted = Signal()

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work, self._shell = work, shell
        self._customer: CustomerId | None = None
        self._ticket: TicketId | None = None
        self.language = ""
        self._read: Read | None = None
        self._found: Sequence[ShownOrder] = ()
        self._in_use: OrderId | None = None
        self._title = label(size="group")
        self.asking = ShopAsking(shell, self)
        self.asking.changed.connect(self._show)
        self._refresh = push_button(self.tr("Refresh"), self.refresh_wanted.emit, kind="link")
        self._refresh.setToolTip(self.tr("Ask the shops about this customer now"))
        self._refresh.hide()
        self._search = IconButton("search", self.tr("Look up another mail, number or phone"))
        self._search.setCheckable(True)
        self._search.toggled.connect(self._show_field)
        self.field = line(
            name=self.tr("Mail, number, phone, name, parcel"),
            placeholder=self.tr("Mail, number, phone, name, parcel"),
        )
        self.field.setClearButtonEnabled(True)
        self.field.hide()
        self._pause = QTimer(self, singleShot=True, interval=_AFTER_TYPING_MS)
        self._pause.timeout.connect(self._look_up)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._look_up)
        self._rest = QTimer(self, singleShot=True, interval=_ASKED_AFTER_MS)
        self._rest.timeout.connect(self._ask_shops)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self._show)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._lay_out()

    @property
    def cards(self) -> list[OrderView]:
        """The orders that are shown, from above."""
        return [
            found
            for place in range(self._column.count())
            if isinstance(found := _widget(self._column, place), OrderView)
        ]

    def show_customer(
        self, customer: CustomerId | None, ticket: TicketId | None, language: str
    ) -> None:
        """Another ticket forgets what was looked up for the one before."""
        if (customer, ticket) != (self._customer, self._ticket):
            self._read, self._found, self._in_use = None, (), None
            self._search.setChecked(False)
            self.field.clear()
            clear(self._column)
            self.language = language
        self._customer, self._ticket = customer, ticket
        self.read_again()

    def read_again(self) -> None:
        customer, ticket = self._customer, self._ticket
        if customer is not None:
            self.work.ask(
                lambda desk: read_part(desk, customer, ticket),
                self._came,
                self._failed,
                owner=self,
                topic="orders",
            )
            if self.field.text().strip():
                self._look_up()  # a shop may have told of what was looked for

    def use(self, order: OrderId | None) -> None:
        """The order that the placeholders of the answer speak of is marked."""
        if order != self._in_use:
            self._in_use = order
            self._show()

    def speak(self, language: str) -> None:
        """What goes into the answer is in this language (BCP 47)."""
        self.language = language
        for one in self.cards:
            one.speak(language)

    def look_up(self, words: str) -> None:
        """As if it were typed: a number that was clicked in a mail."""
        self._search.setChecked(True)
        self.field.setText(words)
        self._look_up()

    def insert_tracking(self) -> None:
        """By key: of the order in use, else of the customer's first that is shown."""
        cards = self.cards
        chosen = [one for one in cards if one.shown.detail.row.id == self._in_use]
        own = [one for one in cards if not one.shown.strange]
        for one in (chosen or own)[:1]:
            one.insert_tracking()
            return
        self._shell.tell(self.tr("No order of this customer is shown."))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._refresh)
        head.addWidget(self._search)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(self.field)
        whole.addLayout(self._column)
        self._title.setText(self.tr("ORDERS"))

    def _show_field(self, shown: bool) -> None:
        self.field.setVisible(shown)
        if shown:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clear()
            self._look_up()

    def _typed(self) -> None:
        self._pause.start()
        self._rest.start()

    def _ask_shops(self) -> None:
        """Who has stopped typing wants it from wherever it is."""
        if words := self.field.text().strip():
            self._shell.ask_shops(LookUp(None, words))

    def _look_up(self) -> None:
        self._pause.stop()
        words, customer = self.field.text().strip(), self._customer
        if not words:
            self._found = ()
            self._show()
            return
        self.work.ask(
            lambda desk: (words, desk.orders.look_up(words, customer, MOST_SHOWN)),
            self._looked_up,
            self._failed,
            owner=self,
            topic="look up",
        )

    def _looked_up(self, answer: tuple[str, Sequence[ShownOrder]]) -> None:
        words, found = answer
        if words == self.field.text().strip():
            self._found = found
            self._show()
            said = self.tr("%n order(s) found", "", len(found))
            announce(self.field, said)

    def _came(self, read: Read) -> None:
        self._read = read
        self._show()

    def _failed(self, problem: Problem) -> None:
        clear(self._column)
        self._column.addWidget(label(explain(problem).in_one(), tone="bad", wrap=True))
        self._column.addWidget(
            push_button(self.tr("Try again"), self.read_again, kind="link"),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )

    def _show(self) -> None:
        read = self._read
        if read is None:
            return
        if is_asking(self):
            self._later.start()
            return
        kept = focused(self.cards)
        self._fill(read)
        focus_again(self.cards, kept)

    def _fill(self, read: Read) -> None:
        clear(self._column)
        card, shops = read.card, any(one.asked for one in read.sources)
        self._refresh.setVisible(shops and not self.field.isVisible())
        if shops and self.asking.said:
            asked = label(self.asking.said, tone=self.asking.tone, size="small", wrap=True)
            self._column.addWidget(asked)
        if self.field.text().strip():
            self._say_found()
            return
        self._title.setText(self._titled(read))
        if card.orders:
            self._column.addWidget(figures_line(card))
        if card.named:
            self._column.addWidget(label(self.tr("Named in the mail"), tone="muted", size="small"))
            self._add(card.named)
        if card.named and card.newest:
            self._column.addWidget(label(self.tr("Newest"), tone="muted", size="small"))
        self._add(card.newest)
        told = {one.detail.row.source for one in (*card.named, *card.newest)}
        for said in source_remarks(read.sources, told):
            self._column.addWidget(label(said, tone="warn", size="small", wrap=True))
        self._say_none(read)
        if card.orders > len(card.newest) + len(card.named):
            more = self.tr("All %n order(s)", "", card.orders)
            self._left(push_button(more, self.all_wanted.emit, kind="link"))

    def _titled(self, read: Read) -> str:
        shown = [*read.card.named, *read.card.newest]
        at = freshness([one.detail for one in shown], read.sources)
        title = self.tr("ORDERS")
        return title if at is None else f"{title} · {as_of(at, datetime.now(UTC))}"

    def _say_none(self, read: Read) -> None:
        card = read.card
        for number in card.unknown:
            said = self.tr("Nobody here knows order {number}.").replace("{number}", number)
            self._column.addWidget(label(said, tone="muted", wrap=True))
        if card.orders or card.named:
            return
        if read.sources:
            said = self.tr("No orders are known under their mail and phone.")
            self._column.addWidget(label(said, tone="muted", wrap=True))
            again = self.tr("Look up another mail or number")
            self._left(push_button(again, self._search.click, kind="link"))
        else:
            said = self.tr("No shop is connected, and no order file was imported.")
            self._column.addWidget(label(said, tone="muted", wrap=True))
            self._left(push_button(self.tr("Order sources…"), self._sources, kind="link"))

    def _say_found(self) -> None:
        self._title.setText(self.tr("ORDERS") + " · " + self.tr("%n found", "", len(self._found)))
        self._add(self._found)
        if not self._found:
            said = self.tr("No order has this number, mail, phone, name or parcel.")
            self._column.addWidget(label(said, tone="muted", wrap=True))

    def _add(self, several: Sequence[ShownOrder]) -> None:
        shared = alike(several)
        for one in several:
            row = one.detail.row
            in_use, shop = row.id == self._in_use, number_key(row.number) in shared
            made = OrderView(one, self._shell, self.language, in_use=in_use, alike=shop)
            made.text_wanted.connect(self.text_wanted)
            made.picked.connect(self.picked)
            made.opened.connect(self.opened)
            self._column.addWidget(made)

    def _left(self, part: QWidget) -> None:
        self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)

    def _sources(self) -> None:
        self._shell.open_page("orders")


def _widget(column: QVBoxLayout, place: int) -> QWidget | None:
    item = column.itemAt(place)
    return None if item is None else item.widget()
