"""Takes a canned reply out of the lists, after a question, and brings it back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from deskapp.domain.ids import CannedId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import Includers
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .editing import Editing
from .editor_pane import EditorPane
from .meeting import included_words


class Archiving(QObject):
    """``gone``: an Editing whose reply is archived; ``back``: a CannedId; ``refused``: an Editing
    and a Problem. ``opened`` tells what is on screen.
    """

    gone = Signal(object)
    back = Signal(object)
    refused = Signal(object, object)

    def __init__(
        self, work: Work, shell: ShellActions, editor: EditorPane, opened: Callable[[], object]
    ) -> None:
        super().__init__(editor)
        self._work, self._shell, self._editor, self._opened = work, shell, editor, opened

    def ask(self, editing: Editing) -> None:
        """It leaves the list for everybody, and others may include it."""
        canned = editing.kept.id
        if canned is not None:
            self._work.ask(
                lambda desk: desk.canned.includers(canned),
                partial(self._ask, editing),
                partial(self.refused.emit, editing),
                owner=self,
            )

    def show_gone(self, editing: Editing, stated: Stated) -> None:
        """In the place of the reply, with the way back."""
        stated.show_words(
            self.tr("“{name}” is archived.").format(name=editing.kept.name),
            self.tr("It is in nobody's list any more. Replies that were sent stay."),
            self.tr("Undo"),
            partial(self._restore, editing.kept.id),
        )

    def _ask(self, editing: Editing, others: Includers) -> None:
        if editing is self._opened():
            self._editor.notice.say(
                included_words(editing.kept.name, others),
                (self.tr("Archive"), partial(self._archive, editing)),
                (self.tr("Keep"), self._editor.notice.clear),
            )

    def _archive(self, editing: Editing) -> None:
        canned = editing.kept.id

        def refused(problem: Problem) -> None:
            self.refused.emit(editing, problem)

        def gone(_nothing: None) -> None:
            self.gone.emit(editing)
            self._shell.tell(self.tr("“{name}” is archived.").format(name=editing.kept.name))

        if canned is not None:
            self._work.do(lambda desk: desk.canned.archive(canned), gone, refused, owner=self)

    def _restore(self, canned: CannedId | None) -> None:
        if canned is not None:
            self._work.do(
                lambda desk: desk.canned.restore(canned),
                lambda _nothing: self.back.emit(canned),
                self._shell.trouble,
                owner=self,
            )
