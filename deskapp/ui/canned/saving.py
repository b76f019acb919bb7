"""Keeps canned replies, and says where two people met."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from deskapp.domain.canned_merge import merged
from deskapp.domain.ids import CannedId
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .editing import Editing

if TYPE_CHECKING:
    from deskapp.desk import Desk


class Saving(QObject):
    """``kept``: an Editing, and whether it shows anything new since.
    ``refused``: an Editing and a Problem. ``met``: an Editing, the CannedReply that somebody
    else made of it meanwhile, and their LastEdit or None. A save whose window closed is answered in
    the status line.
    """

    kept = Signal(object, bool)
    refused = Signal(object, object)
    met = Signal(object, object, object)

    def __init__(self, work: Work, shell: ShellActions, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell

    def save(self, editing: Editing, onto: CannedReply | None = None) -> None:
        """``onto``: what somebody else made of it meanwhile; what only they changed stays."""
        self._save(editing, onto, partial(self._refused, editing))

    def save_last(self, editing: Editing) -> None:
        """As its window closes: a refusal is told in the status line, also while that window is
        not quite gone. Its file is taken over by the next page that is opened.
        """
        name, shell = editing.name, self._shell
        self._save(editing, None, lambda _problem: shell.tell(_kept_words(name)))

    def _save(
        self, editing: Editing, onto: CannedReply | None, refused: Callable[[Problem], None]
    ) -> None:
        sent = editing.wanted()
        reply = sent if onto is None else merged(editing.kept, sent, onto).reply

        def saved(kept: CannedReply) -> None:
            if not isValid(self):
                return
            typed_since = merged(sent, editing.wanted(), kept).reply
            editing.kept = kept
            self.kept.emit(editing, editing.take(typed_since))

        self._work.do(lambda desk: desk.canned.save(reply), saved, refused, owner=self._shell)

    def _refused(self, editing: Editing, problem: Problem) -> None:
        if not isValid(self):
            self._shell.tell(_kept_words(editing.name))
            return
        canned = editing.kept.id
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or canned is None:
            self.refused.emit(editing, problem)
            return
        self._work.ask(
            partial(_read, canned),
            lambda found: self.met.emit(editing, *found),
            lambda gone: self.refused.emit(editing, gone),
            owner=self,
        )


def _kept_words(name: str) -> str:
    said = QCoreApplication.translate(
        "Saving",
        "“{name}” could not be saved when its window closed. "
        "Its text is kept and comes back when Replies is opened.",
    )
    return said.format(name=name or QCoreApplication.translate("Saving", "New"))


def _read(canned: CannedId, desk: "Desk") -> tuple[CannedReply, LastEdit | None]:
    return desk.canned.get(canned), desk.last_edits.of(About.CANNED, canned)
