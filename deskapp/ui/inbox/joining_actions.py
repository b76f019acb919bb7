"""Tickets joined and parted: merge, split off or move messages, link; and what was so undone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import MessageId, MoveId, TicketId
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import Conversation, TicketEdit, TicketRow
from deskapp.ui.keys.keymap import make_action
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .merge_dialog import MOST, MergeDialog

Children = dict[TicketId, tuple[LinkedTicket, ...]]


class JoiningActions(QObject):
    """``aimed`` gives the tickets that are meant. ``edited`` carries the ids of those changed."""

    edited = Signal(object)

    def __init__(
        self,
        work: Work,
        shell: ShellActions,
        aimed: Callable[[], Sequence[TicketId]],
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._work, self._shell, self._aimed, self._owner = work, shell, aimed, owner
        self.merge = make_action("ticket.merge", owner, self._ask_merge)
        self.split = make_action("ticket.split", owner, self._ask_split)
        self.link = make_action("ticket.link", owner, self._ask_link)

    def all(self) -> list[QAction]:
        """In menu order."""
        return [self.merge, self.split, self.link]

    def aim(self) -> None:
        """Other tickets are meant than before."""
        count = len(self._aimed())
        self.merge.setEnabled(0 < count <= MOST)
        for action in (self.split, self.link):
            action.setEnabled(count == 1)

    def choose_messages(self, chosen: MessageId | None = None) -> None:
        """Asks which messages of the ticket go where; ``chosen`` is ticked already."""
        [ticket] = self._aimed()

        def show(conversation: Conversation) -> None:
            from .move_dialog import MoveDialog  # few move messages: it need not be there before

            dialog = MoveDialog(conversation, chosen, self._work, self._owner)
            dialog.split_off.connect(self._split_off)
            dialog.moved.connect(self._moved)
            dialog.open()

        self._work.ask(
            lambda desk: _conversation_to_part(desk, ticket),
            show,
            self._shell.trouble,
            owner=self,
            topic="messages",
        )

    def undo_move(self, move: MoveId) -> None:
        """Undoes a merge, split or move of the history."""
        self._work.do(lambda desk: desk.undo.move(move), self.edited.emit, self._failed, owner=self)

    def look_at_children(self, tickets: Sequence[TicketId], edit: TicketEdit) -> None:
        """After tickets were ended: asks about those of their children that are still open."""
        ids = list(tickets)

        def show(children: Children) -> None:
            from .children_dialog import ChildrenDialog

            if children:
                dialog = ChildrenDialog(children, self._owner)
                dialog.wanted.connect(lambda chosen: self.end_children(chosen, edit))
                dialog.open()

        self._work.ask(
            lambda desk: desk.links.open_children(ids), show, owner=self, topic="children"
        )

    def end_children(self, ids: Sequence[TicketId], edit: TicketEdit) -> None:
        """They become what their parent became."""
        ends = TicketEdit(status=edit.status, label_id=edit.label_id)
        self._work.do(
            lambda desk: list(ids) if desk.tickets.edit_many(ids, ends) else [],
            self.edited.emit,
            self._failed,
            owner=self,
        )

    def _ask_split(self) -> None:
        self.choose_messages()

    def _ask_merge(self) -> None:
        ids = list(self._aimed())
        self._work.ask(
            lambda desk: _rows_to_join(desk, ids),
            self._show_merge,
            self._shell.trouble,
            owner=self,
            topic="merge",
        )

    def _show_merge(self, rows: list[TicketRow]) -> None:
        if rows:
            dialog = MergeDialog(rows, self._work, self._owner)
            dialog.merged.connect(self._merged)
            dialog.open()

    def _merged(self, ids: list[TicketId]) -> None:
        self._shell.tell(self.tr("%n ticket(s) merged into one", "", len(ids)))
        self.edited.emit(ids)

    def _split_off(self, ids: list[TicketId]) -> None:
        self.edited.emit(ids)
        self._shell.open_ticket(ids[-1])

    def _moved(self, ids: list[TicketId]) -> None:
        self._shell.tell(self.tr("Moved. The messages say there where they came from."))
        self.edited.emit(ids)

    def _ask_link(self) -> None:
        from .link_dialog import LinkDialog

        [ticket] = self._aimed()

        def show(conversation: Conversation) -> None:
            dialog = LinkDialog(conversation, self._work, self._owner)
            dialog.linked.connect(self.edited.emit)
            dialog.open()

        self._work.ask(
            lambda desk: desk.tickets.conversation(ticket), show, owner=self, topic="links"
        )

    def _failed(self, problem: Problem) -> None:
        self._shell.trouble(problem)
        self.edited.emit(list(self._aimed()))


def _rows_to_join(desk: Desk, ids: Sequence[TicketId]) -> list[TicketRow]:
    desk.refuse_junior("junior_joins")  # before they have chosen anything
    return desk.tickets.rows(ids)


def _conversation_to_part(desk: Desk, ticket: TicketId) -> Conversation:
    desk.refuse_junior("junior_joins")
    return desk.tickets.conversation(ticket)
