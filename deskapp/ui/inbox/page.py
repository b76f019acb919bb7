"""The Inbox page: what its panes tell each other, and what a change on the desk touches."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from deskapp.domain.changes import NAMED_ON_TICKETS, Changes
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import View
from deskapp.domain.links import MailLink
from deskapp.domain.mailboxes import HeldMail
from deskapp.domain.tickets import Conversation, ViewCount
from deskapp.settings import Settings
from deskapp.ui.bridge import Bridge
from deskapp.ui.keys.keymap import make_action
from deskapp.ui.orders.patterns import Patterns
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .card_beside import BesideOrders, stand_beside
from .counting import Counting
from .finding import Finding
from .journey import Journey
from .list_pane import ListPane
from .panes import Panes
from .reading_actions import ReadingActions
from .taking import Taking
from .ticket_actions import TicketActions
from .view_drops import ViewDrops
from .views_pane import HELD, ViewsPane
from .waking import Waking
from .walking import Walking

if TYPE_CHECKING:
    from .conversation_pane import ConversationPane
    from .customer_card import CustomerCard
    from .held_pane import HeldPane

_REST_AFTER_MS = 10  # not 0: what is queued goes before what is painted


class InboxPage(QWidget, BesideOrders):
    """Reacts to the Bridge: only what a change touches is read anew.

    The list comes first. Conversation and card are made when it stands, or when they are asked
    for: loading and making them takes as long as all the rest.
    """

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._bridge, self._shell = work, bridge, shell
        shell.mail_wanted.connect(self._write_to)
        self.setProperty("role", "surface")
        self.actions_on_tickets = TicketActions(work, shell, self)
        self.views = ViewsPane()
        self.list = ListPane(work, self.actions_on_tickets)
        self.list.list.show_people(shell.colleagues)
        self.actions_on_tickets.rows_seen = self.list.list.tickets.rows_here
        self._waking = Waking(work, self)
        self._waking.woke.connect(self._edited)
        self.finding = Finding(work, shell, self.views, self.list)
        self.panes = Panes(self.views, self.list, shell.remembered)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self._connect(bridge)
        Patterns(work, bridge, self)
        self._counting = Counting(work, self)
        self._counting.came.connect(self._counts_came)
        self._counting.asked.connect(self._waking.look)
        self._take_settings(shell.outside.settings)
        shell.settings_changed.connect(self._take_settings)
        self._keys()
        self.list.stands.connect(self._list_stands)
        self.show_view(View.MINE.value)

    @cached_property
    def conversation(self) -> "ConversationPane":
        """The ticket that is open, with the composer below."""
        from .conversation_pane import ConversationPane

        made = ConversationPane(self._work, self._shell, self.actions_on_tickets)
        made.opened.connect(self._opened)
        made.seen.connect(self._edited_one)
        made.composer.next_wanted.connect(self._go_next)
        made.head.card_wanted.connect(self._card_fold.trigger)
        made.head.card_there(self._card_fold.isChecked())
        self.panes.card_shown.connect(made.head.card_there)
        self.panes.put_conversation(made)
        return made

    @cached_property
    def card(self) -> "CustomerCard":  # type: ignore[override]
        """The customer of the open ticket."""
        from .customer_card import CustomerCard

        made = CustomerCard(self._work, self._shell)
        self.panes.put_card(made)
        stand_beside(made, self.conversation, self._shell, self._bridge)
        return made

    @cached_property
    def held(self) -> "HeldPane":
        """Mail that could not be read."""
        from .held_pane import HeldPane

        return HeldPane(self._work, self._shell)

    def _list_stands(self) -> None:
        self.list.stands.disconnect(self._list_stands)
        QTimer.singleShot(_REST_AFTER_MS, self, self._make_rest)

    def _make_rest(self) -> None:
        """What was not worth waiting for before the list stood."""
        self._counting.ask()
        for pane in ("conversation", "card"):
            getattr(self, pane)

    def show_view(self, view: str) -> None:
        """A view's tickets, or the held mail."""
        self.views.select(view)
        if view == HELD:
            self.panes.show_held(self.held)
            self.held.read_again()
            return
        self.panes.show_tickets()
        self.list.show_view(view)
        self._shell.search_left.emit(self)

    def search(self, words: str) -> None:
        """What the shell's search field asks for; "" goes back to the view."""
        self.panes.show_tickets()
        self.list.search(words)
        if words.strip():
            self.views.unselect()
        else:
            self.views.select(self.list.view)

    def open_ticket(self, ticket: TicketId) -> None:
        """Shows a ticket, also one that is not in the list."""
        self.panes.show_tickets()
        if not self.list.list.choose(ticket):
            self.list.list.clearSelection()
            self._open(ticket)

    def new_ticket(self) -> None:
        """Asks to whom, about what and from where, then opens the empty ticket to write in."""
        self._write_to(None)

    def _write_to(self, link: MailLink | None) -> None:
        """``link``: the mailto: address that was clicked; what it says is filled in to be read."""
        from .new_ticket import NewTicketDialog

        dialog = NewTicketDialog(self._work, self._shell, self, link)
        dialog.made.connect(self.open_ticket)
        if link is not None and link.body:
            dialog.made.connect(lambda _ticket: self._fill_when_open(link.body))
        dialog.open()

    def _fill_when_open(self, body: str) -> None:
        self.conversation.opened.connect(
            lambda _conversation: self.conversation.insert_text(body),
            Qt.ConnectionType.SingleShotConnection,
        )

    def focus_list(self) -> None:
        """The keyboard goes into the list, as from the search field."""
        self.list.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.list.searching or self.conversation.ticket is None:
            self.list.enter()

    def fill_menu(self, menu: QMenu) -> None:
        """The shell's Ticket menu."""
        menu.addActions([*self._taking.all(), *self.actions_on_tickets.all()])
        menu.addSeparator()
        menu.addActions(self._reading.all())
        menu.addSeparator()
        menu.addActions([*self._journey.all(), *self._walking.all(), *self._order_keys])
        menu.addAction(self._card_fold)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list stands for the page. A focus proxy would tear the chain of Tab (Qt 6.11)."""
        self.list.list.setFocus(event.reason())

    def save_places(self) -> None:
        self.panes.save_places()

    def _connect(self, bridge: Bridge) -> None:
        bridge.changed.connect(self._changed)
        self.views.chosen.connect(self.show_view)
        ViewDrops(self.views, self.list, self.actions_on_tickets)
        self.list.view_wanted.connect(self.show_view)
        self.list.picked.connect(self._picked)
        self.list.compact_chosen.connect(self._compact_chosen)
        self.actions_on_tickets.edited.connect(self._edited)
        self.actions_on_tickets.leaving.connect(self._leaving)
        self.actions_on_tickets.me_known.connect(self._me_known)

    def _keys(self) -> None:
        self._reading = ReadingActions(self, lambda: self.conversation, self._shell)
        self._reading.undo_wanted.connect(self.actions_on_tickets.joining.undo_move)
        self._taking = Taking(
            self, self._work, self._shell, lambda: self.list.view, self.open_ticket
        )
        self._journey = Journey(self, self.open_ticket)
        apart = self._shell.open_ticket_window
        self._walking = Walking(self, self.list, self.panes, lambda: self.conversation, apart)
        self._order_keys = self.order_keys(self)
        self._card_fold = make_action("inbox.card", self)
        self._card_fold.setCheckable(True)
        self._card_fold.setChecked(self.panes.card_wanted)
        self._card_fold.triggered.connect(self.panes.want_card)
        self.panes.card_shown.connect(self._card_fold.setChecked)

    def _me_known(self, me: AgentId) -> None:
        self.list.list.tickets.me = me
        self.list.list.viewport().update()

    def _changed(self, changes: Changes, ours: bool = False) -> None:
        self.list.changed(changes, ours=ours)
        self.conversation.changed(changes, ours=ours)
        if self.card.customer in changes.customers or "orders" in changes.areas:
            self.card.again.want(soon=ours)
        if changes.areas & (NAMED_ON_TICKETS | {"desk"}):
            self.actions_on_tickets.learn_agents()
        if changes.tickets or changes.areas & {"views", "ledger", "teams"}:
            self._counting.want(ours=ours)
        if "ledger" in changes.areas and self.panes.held_shown:
            self.held.read_again()

    def _edited(self, tickets: Sequence[TicketId]) -> None:
        self._changed(Changes(tickets=frozenset(tickets)), ours=True)

    def _edited_one(self, ticket: TicketId) -> None:
        self._edited([ticket])

    def _counts_came(self, counts: tuple[ViewCount, ...], held: tuple[HeldMail, ...]) -> None:
        self.views.show_counts(counts)
        self.views.show_held(len(held))
        self.list.show_menu(self.views.names())

    def _picked(self, ids: list[TicketId]) -> None:
        if len(ids) == 1:
            self._open(ids[0])
            return
        if not ids and self.conversation.ticket is not None:
            return  # it left the list; it stays open until another is chosen
        self.actions_on_tickets.aim(ids, None)
        self.conversation.close_ticket(len(ids))
        self.card.show_customer(None, None)

    def _open(self, ticket: TicketId) -> None:
        self.actions_on_tickets.aim([ticket], None)
        self.conversation.open_ticket(ticket)

    def _opened(self, conversation: Conversation) -> None:
        row = conversation.ticket
        self._shell.last_ticket = row.id
        self._journey.went(row.id)
        self.actions_on_tickets.aim([row.id], row)
        self.card.show_customer(row.customer_id, row.id, row.language)

    def _leaving(self) -> None:
        neighbour = self.list.list.neighbour()
        if neighbour is not None:
            QTimer.singleShot(0, self.list.list, lambda: self.list.list.choose(neighbour))

    def _go_next(self) -> None:
        self.list.list.step(1)

    def _compact_chosen(self, compact: bool) -> None:
        self._shell.outside.settings.density = "compact" if compact else "comfortable"
        self._shell.keep_settings()

    def _take_settings(self, settings: Settings) -> None:
        self.list.set_compact(settings.density == "compact")
