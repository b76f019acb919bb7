"""Makes edits of tickets, and asks where somebody else was faster."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem
from deskapp.domain.stale import Clash
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.ui.shell_actions import BulkEdit, ShellActions
from deskapp.ui.work import Work

from .edit_words import edit_told

if TYPE_CHECKING:
    from deskapp.desk.seen_edits import Made

_ONE_WRITE = 500  # more tickets than these are changed bit by bit, with progress
Named = Callable[[TicketEdit, EventKind], str]


class TicketEdits(QObject):
    """``edited`` carries the ids, ``done`` an edit and those ids that it was made on.

    ``named`` says what an agent, a team or a label of an edit is called.
    """

    edited = Signal(object)
    done = Signal(object, object)
    failed = Signal(object)  # Problem

    def __init__(self, work: Work, shell: ShellActions, named: Named, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._shell, self._named, self._owner = work, shell, named, owner

    def make(
        self, edit: TicketEdit, ids: Sequence[TicketId], seen: Sequence[TicketRow] = ()
    ) -> None:
        """``seen``: the rows as they were before the person's eyes; of others, and without them,
        whatever stands there is overwritten."""
        ids = list(ids)
        if len(ids) > _ONE_WRITE:
            then = partial(self._many_made, edit, ids)
            self._shell.edit_many(BulkEdit(ids, edit, then, seen))
            return
        number = seen[0].number if len(ids) == 1 and seen else None
        self._work.do(
            lambda desk: desk.tickets.as_seen.edit(ids, edit, seen),
            partial(self._made, edit, ids),
            self._failed,
            owner=self,
            told=edit_told(edit, number, len(ids)),
        )

    def _failed(self, problem: Problem) -> None:
        self.failed.emit(problem)

    def _many_made(self, edit: TicketEdit, ids: list[TicketId], left: Sequence[Clash]) -> None:
        self.edited.emit(ids[:1])
        self._ask_about(edit, left, several=True)

    def _made(self, edit: TicketEdit, ids: list[TicketId], made: "Made") -> None:
        if not made.changed and not made.clashes and len(ids) > 1:
            # what did change is said with its undo
            self._shell.tell(self.tr("Nothing changed: they are so already."))
        self.edited.emit(ids)
        left = {clash.ticket for clash in made.clashes}
        self.done.emit(edit, [one for one in ids if one not in left])
        self._ask_about(edit, made.clashes, several=len(ids) > 1)

    def _ask_about(self, edit: TicketEdit, clashes: Sequence[Clash], *, several: bool) -> None:
        """What somebody else set meanwhile is shown beside what was chosen here."""
        if not clashes:
            return
        from .stale_edit import StaleEdit

        named, window = partial(self._named, edit), self._owner.window()
        asked = StaleEdit(edit, clashes, named, window, several=several)
        asked.mine.connect(partial(self.make, edit))
        asked.open()
