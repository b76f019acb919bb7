"""Ties the drafts of a window to its journal, and puts into the Desk what an ended window left."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from deskapp.domain.draft_joining import add_below, with_early
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.ui.work import Work

from .draft_line import DraftLine
from .journal import Journal, Left, Place

if TYPE_CHECKING:
    from deskapp.desk import Desk


class SafeKeeping(QObject):
    """``returned``: a Draft with text that an ended window had not saved, now in the Desk."""

    returned = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._journal: Journal | None = None

    def begin(self, folder: Path) -> None:
        """From now on a crash loses nothing older than the last ``keep``."""
        self._work.ask(
            lambda desk: (f"{desk.identity()}/{desk.agent}", folder), self._begun, owner=self
        )

    def keep(self, lines: Mapping[Place, DraftLine], early: Mapping[Place, str]) -> None:
        """What of all this the Desk does not have is kept here."""
        if self._journal is not None:
            drafts = {place: line.shown for place, line in lines.items() if line.unsaved}
            self._journal.keep(drafts, early)

    def _begun(self, answer: tuple[str, Path]) -> None:
        owner, folder = answer
        self._journal = Journal(folder, owner)
        for left in self._journal.left():
            self._put_in(self._journal, left)

    def _put_in(self, journal: Journal, left: Left) -> None:
        def there(draft: Draft | None) -> None:
            journal.settle(left)
            if draft is not None:
                self.returned.emit(draft)

        def failed(problem: Problem) -> None:
            if problem.kind is ProblemKind.NOT_FOUND:  # its ticket was erased
                journal.settle(left)

        self._work.do(lambda desk: put_in(desk, left), there, failed, owner=self, told="")


def put_in(desk: "Desk", left: Left) -> Draft | None:
    """Saves what an ended window left. None where the Desk has it already.

    Where the draft was written on elsewhere meanwhile, both texts stand in it.
    """
    stored = desk.replies.draft(*left.place)
    if left.draft is None:
        return desk.replies.save(with_early(stored, left.early))
    ours = left.draft
    if not ours.body.strip() and not ours.files:
        return None
    ended = None if ours.id in (None, stored.id) else desk.replies.ended(ours.id)
    if _same(ended, ours) or _same(stored, ours):
        return None
    same = stored.id == ours.id and stored.version == ours.version
    grown = bool(stored.body.strip()) and ours.body.startswith(stored.body.rstrip())
    if same or grown or not stored.body.strip():
        return desk.replies.save(
            replace(ours, id=stored.id, version=stored.version, ticket_id=stored.ticket_id)
        )
    if stored.body.rstrip().endswith(ours.body.strip()):
        return None
    return desk.replies.save(add_below(stored, ours.body, ours.html))


def _same(one: Draft | None, ours: Draft) -> bool:
    return one is not None and (one.body, one.files) == (ours.body, ours.files)
