"""What can be done to the tickets that are selected: every one a menu entry and a key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from deskapp.domain.assigning import Absence
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import ENDED, EventKind, TicketStatus
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem
from deskapp.domain.snoozing import Snooze
from deskapp.domain.ticket_facts import StatusLabel, TeamRow
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.domain.working_days import WorkingDays
from deskapp.ui.keys.keymap import make_action
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .assign_menu import AssignMenu
from .fact_menus import FactMenus
from .joining_actions import JoiningActions
from .snooze_menu import SnoozeMenu
from .tags_dialog import TagsDialog
from .ticket_edits import TicketEdits

if TYPE_CHECKING:
    from deskapp.desk import Desk

    from .hand_over_dialog import Begun


@dataclass(frozen=True, slots=True)
class _Staff:
    """Who works here, in which teams, on which days, and what the desk calls its statuses."""

    agents: tuple[AgentRow, ...]
    me: AgentId | None
    teams: tuple[TeamRow, ...]
    labels: tuple[StatusLabel, ...]
    days: WorkingDays
    absences: tuple[Absence, ...]
    present: frozenset[AgentId]


def _staff(desk: "Desk") -> _Staff:
    days = desk.calendar.get()
    return _Staff(
        desk.agents.list(),
        desk.agent,
        desk.teams.list(),
        desk.labels.list(),
        days,
        desk.absences.list(),
        desk.assigning.present(),
    )


class TicketActions(QObject):
    """Actions for one ticket (with its version, so that nobody's change is lost) or for many.

    ``edited`` comes after a change was stored, with the ids; ``leaving`` before one that takes
    the current ticket out of most lists.
    """

    edited = Signal(object)
    leaving = Signal()
    reply_wanted = Signal()
    note_wanted = Signal()
    forward_wanted = Signal()  # the newest message
    forward_all_wanted = Signal()
    me_known = Signal(object)  # AgentId

    def __init__(self, work: Work, shell: ShellActions, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._shell, self._owner = work, shell, owner
        self._ids: list[TicketId] = []
        self._row: TicketRow | None = None
        self._agents: tuple[AgentRow, ...] = ()
        self._me: AgentId | None = None
        self.rows_seen: Callable[[Sequence[TicketId]], list[TicketRow]] = lambda _ids: []
        self._edits = TicketEdits(work, shell, self._named, owner)
        self._edits.edited.connect(self.edited)
        self._edits.done.connect(self._edit_done)
        self._edits.failed.connect(self._failed)
        self.facts = FactMenus(owner, lambda: self._row)
        self.facts.wanted.connect(self._edit)
        self.status_menu = self.facts.status_menu
        self.assign_menu = AssignMenu(owner)
        self.snooze_menu = SnoozeMenu(shell.remembered, lambda: self._row, owner)
        self.snooze_menu.wanted.connect(self._put_aside)
        self.assign_menu.aboutToShow.connect(self.learn_agents)  # who is there changes all day
        self.assign_menu.chosen.connect(self.assign_to)
        self.reply = self._action("ticket.reply", self.reply_wanted.emit)
        self.bulk_reply = self._action("ticket.bulk_reply", self._reply_to_all)
        self.note = self._action("ticket.note", self.note_wanted.emit)
        self.entry = self._action("ticket.entry", self._log_entry)
        self.forward = self._action("ticket.forward", self.forward_wanted.emit)
        self.forward_all = self._action("ticket.forward_all", self.forward_all_wanted.emit)
        self.hand_over = self._action("ticket.hand_over", self._ask_hand_over)
        self._begun_hand_overs: dict[TicketId, Begun] = {}
        self.assign = self._action("ticket.assign", self._pop_up_agents)
        self.status = self._action("ticket.status", self._pop_up_statuses)
        self.snooze = self._action("ticket.snooze", self._pop_up_snooze)
        self.tags = self._action("ticket.tags", self._ask_tags)
        self.close = self._action("ticket.close", self._close)
        self.joining = JoiningActions(work, shell, lambda: self._ids, owner)
        self.joining.edited.connect(self.edited)
        self.merge = self.joining.merge
        self.unread = self._action("ticket.unread", self._mark_unread)
        self.aim([], None)
        self.learn_agents()

    def all(self) -> list[QAction]:
        """In menu order."""
        return [
            self.reply,
            self.bulk_reply,
            self.note,
            self.entry,
            self.forward,
            self.forward_all,
            self.hand_over,
            self.assign,
            self.status,
            self.snooze,
            self.tags,
            *self.facts.all(),
            self.close,
            *self.joining.all(),
            self.unread,
        ]

    def aim(self, ids: Sequence[TicketId], row: TicketRow | None) -> None:
        """What the actions work on; ``row`` when it is one ticket whose state is known."""
        self._ids, self._row = list(ids), row
        for action in self.all():
            action.setEnabled(bool(self._ids))
        alone = (self.reply, self.note, self.entry, self.forward, self.forward_all, self.hand_over)
        for action in alone:
            action.setEnabled(len(self._ids) == 1)
        self.joining.aim()
        self.bulk_reply.setEnabled(len(self._ids) > 1)

    def _reply_to_all(self) -> None:
        from .bulk_reply import BulkReplyDialog

        dialog = BulkReplyDialog(list(self._ids), self._work, self._shell, self._owner)
        dialog.wanted.connect(self._shell.bulk_reply_wanted)
        dialog.open()

    def learn_agents(self) -> None:
        """Reads who works here, on which days, and what the desk calls its statuses."""
        self._work.ask(
            _staff,
            self._agents_came,
            owner=self,
            topic="agents",
        )

    def apply(self, edit: TicketEdit) -> None:
        """Any edit of the tickets aimed at."""
        self._edit(edit)

    def set_status(self, status: TicketStatus) -> None:
        self._edit(TicketEdit(status=status))

    def assign_to(self, agent: AgentId | None) -> None:
        self._edit(TicketEdit(assignee_id=agent, unassign=agent is None))

    def _action(self, name: str, act: Callable[[], object]) -> QAction:
        return make_action(name, self._owner, act)

    def _agents_came(self, came: _Staff) -> None:
        self._me = came.me
        self._agents = tuple(agent for agent in came.agents if agent.active)
        self.facts.know_agents(self._agents, self._me)
        self.assign_menu.know(self._agents, self._me, came.absences, came.present)
        self.facts.know(came.teams, came.labels)
        self.facts.days = self.snooze_menu.days = came.days
        self.me_known.emit(self._me)

    def _pop_up_agents(self) -> None:
        self.assign_menu.popup(self._middle())

    def _pop_up_statuses(self) -> None:
        self.status_menu.popup(self._middle())

    def _pop_up_snooze(self) -> None:
        self.snooze_menu.popup(self._middle())

    def _put_aside(self, snooze: Snooze) -> None:
        if snooze:
            self.leaving.emit()
        self._edit(TicketEdit(snooze=snooze))

    def _middle(self) -> QPoint:
        return self._owner.mapToGlobal(self._owner.rect().center())

    def _ask_tags(self) -> None:
        self._work.ask(lambda desk: desk.tickets.tags(), self._show_tags, owner=self, topic="tags")

    def _show_tags(self, known: tuple[str, ...]) -> None:
        if not self._ids:
            return
        has = self._row.tags if self._row is not None else ()
        dialog = TagsDialog(has, known, several=self._row is None, parent=self._owner)
        if dialog.exec():
            wanted = dialog.tags()
            removed = tuple(tag for tag in has if tag not in wanted)
            added = tuple(tag for tag in wanted if tag not in has)
            if added or removed:
                self._edit(TicketEdit(add_tags=added, remove_tags=removed))

    def _close(self) -> None:
        self.leaving.emit()
        self.set_status(TicketStatus.CLOSED)

    def _log_entry(self) -> None:
        from .entry_dialog import EntryDialog

        [ticket] = self._ids
        dialog = EntryDialog(ticket, datetime.now().astimezone().date(), self._work, self._owner)
        dialog.written.connect(lambda one: self.edited.emit([one]))
        dialog.open()

    def _ask_hand_over(self) -> None:
        from .hand_over_dialog import HandOverDialog

        [ticket] = self._ids
        begun = self._begun_hand_overs
        undo = self._shell.outside.settings.undo_seconds
        dialog = HandOverDialog(
            ticket, self._work, self._owner, begun.get(ticket), undo_seconds=undo
        )
        dialog.left.connect(lambda words: begun.update({ticket: words}))
        dialog.handed.connect(partial(self._handed_over, ticket))
        dialog.open()

    def _handed_over(self, ticket: TicketId) -> None:
        self._begun_hand_overs.pop(ticket, None)
        self.edited.emit([ticket])

    def _mark_unread(self) -> None:
        ids = list(self._ids)

        def unsee(desk: "Desk") -> list[TicketId]:
            for ticket in ids:
                desk.tickets.unseen(ticket)
            return ids

        self._work.do(unsee, self.edited.emit, self._failed, owner=self)

    def _edit(self, edit: TicketEdit) -> None:
        ids = list(self._ids)
        if not ids:
            return
        alone = self._row is not None and ids == [self._row.id]
        seen = [self._row] if alone and self._row is not None else self.rows_seen(ids)
        self._edits.make(edit, ids, seen)

    def _edit_done(self, edit: TicketEdit, ids: list[TicketId]) -> None:
        if ids and (edit.status in ENDED or edit.label_id is not None):
            self.joining.look_at_children(ids, edit)

    def _named(self, edit: TicketEdit, fact: EventKind) -> str:
        if fact is EventKind.ASSIGNED:
            return next((one.name for one in self._agents if one.id == edit.assignee_id), "")
        return self.facts.name_of(edit, fact)

    def _failed(self, problem: Problem) -> None:
        self._shell.trouble(problem)
        self.edited.emit(list(self._ids))  # what is shown may be old: read it again
