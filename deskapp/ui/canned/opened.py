"""The canned reply that is open, those begun and not saved, and what becomes of them."""

from functools import partial

from PySide6.QtCore import QObject

from deskapp.domain.canned_merge import merged
from deskapp.domain.ids import CannedId
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .archiving import Archiving
from .begun import Begun
from .doing import actions_words, files_words
from .editing import EMPTY, Editing
from .editor_pane import EditorPane
from .list_pane import ListPane
from .meeting import met_words, theirs_words
from .preview_pane import PreviewPane
from .put_on import PutOn
from .saving import Saving
from .unsaved import Unsaved
from .usage import usage_words


class Opened(QObject):
    """Changes that are not saved stay with their reply while another one is looked at."""

    def __init__(
        self,
        work: Work,
        shell: ShellActions,
        panes: tuple[ListPane, EditorPane, PreviewPane],
        stated: Stated,
    ) -> None:
        super().__init__(stated)
        self._work, self._shell, self._stated = work, shell, stated
        self.list, self.editor, self.preview = panes
        self._open: Editing | None = None
        self._begun = Begun()
        self._joined: Editing | None = None  # being saved together with somebody else's changes
        self._saving = Saving(work, shell, self)
        self._saving.kept.connect(self._kept)
        self._saving.refused.connect(self._refused)
        self._saving.met.connect(self._met)
        self._archiving = Archiving(work, shell, self.editor, lambda: self._open)
        self._archiving.gone.connect(self._archived)
        self._archiving.back.connect(self._restored)
        self._archiving.refused.connect(self._refused)
        self.list.picked.connect(self.pick)
        self.list.new_wanted.connect(self.new)
        self.list.known.connect(self.show_usage)
        self.editor.touched.connect(self.touched)
        self.files = PutOn(work, self.editor, lambda: self._open)
        self.files.done.connect(self._put_on)
        self.editor.save_wanted.connect(self.save)
        self.editor.archive_wanted.connect(self.archive)
        self._show_nothing()
        home = shell.outside.settings.home / "unsaved-canned"
        self._unsaved = Unsaved(work, home, self._all_unsaved, stated)
        self._unsaved.returned.connect(self._returned)

    @property
    def editing(self) -> Editing | None:
        return self._open

    def read_again(self) -> None:
        """Somebody changed canned replies: the open one is read anew where nothing was typed."""
        editing = self._open
        known = editing.kept.id if editing is not None and not editing.unsaved else None
        if known is not None and self._begun.of(known) is None:
            self.pick(known)

    def save_all(self) -> None:
        """Before closing. What cannot be saved is offered by the next window."""
        self._unsaved.end()
        for editing in self._all_unsaved():
            self._saving.save_last(editing)

    def _all_unsaved(self) -> tuple[Editing, ...]:
        opened = () if self._open is None or not self._open.unsaved else (self._open,)
        return (*(one for one in self._begun if one is not self._open), *opened)

    def new(self) -> None:
        """An empty reply to write; one begun earlier comes up again."""
        self._show(self._begun.of(None) or Editing.of(EMPTY))
        self.list.choose(None)
        self.editor.name.setFocus()

    def save(self) -> None:
        if self._open is not None and self._open.unsaved:
            self._saving.save(self._open)

    def duplicate(self) -> None:
        """The same again under another name, to be changed before it is saved."""
        if self._open is not None and self._open.name:
            copy = self._open.copied(self.tr("{name} (copy)").format(name=self._open.name))
            self.list.choose(None)
            self._show(copy)
            self.editor.name.setFocus()
            self.editor.name.selectAll()

    def archive(self) -> None:
        """Asks first: it leaves the list for everybody, and others may include it."""
        if self._open is not None:
            self._archiving.ask(self._open)

    def _put_on(self, editing: Editing) -> None:
        if editing is self._open:
            self.editor.extras.show_files()
            self.editor.show_state()
            self.touched()

    def pick(self, canned: CannedId) -> None:
        begun = self._begun.of(canned)
        if begun is not None:
            self._show(begun)
            return
        self._work.ask(
            lambda desk: desk.canned.get(canned),
            self._came,
            self._not_come,
            owner=self,
            topic="reply",
        )

    def _came(self, kept: CannedReply) -> None:
        if self._open is not None and self._open.kept == kept and not self._open.unsaved:
            return  # nothing new: the caret stays where it is
        self._show(Editing.of(kept))

    def _not_come(self, problem: Problem) -> None:
        if problem.kind is ProblemKind.NOT_FOUND:
            self._show_nothing()
        else:
            self._stated.show_problem(problem)

    def _show(self, editing: Editing) -> None:
        self._keep_begun()
        self._open = editing
        self._begun.drop(editing)
        self.preview.end_theirs()
        self.editor.show_editing(editing)
        self._stated.show_content()
        self.touched()

    def _show_nothing(self) -> None:
        self._keep_begun()
        self._open = None
        self._stated.show_words(
            self.tr("No canned reply is open."),
            self.tr("Choose one from the list, or write a new one."),
            self.tr("New canned reply"),
            self.new,
        )

    def _keep_begun(self) -> None:
        if self._open is not None:
            self._begun.put(self._open)

    def touched(self) -> None:
        self._mark_unsaved()
        self._unsaved.typed()
        editing = self._open
        if editing is not None:
            to = self.editor.extras.around.name_of(editing.actions.assignee)
            does = (files_words(editing.files), actions_words(editing.actions, to))
            self.preview.show_does("\n".join(filter(None, does)))
        self.show_usage()

    def show_usage(self) -> None:
        """What the list knows of the open reply's use."""
        known = self._open.kept.id if self._open is not None else None
        row = None if known is None else self.list.rows.row_of(known)
        self.editor.show_usage(*(("", "muted") if row is None else usage_words(row)))

    def _mark_unsaved(self) -> None:
        begun = {one.kept.id for one in self._all_unsaved()}
        self.list.rows.show_unsaved(frozenset(one for one in begun if one is not None))

    def _kept(self, editing: Editing, changed: bool) -> None:
        self._begun.drop(editing)
        self._unsaved.typed()
        if editing is self._open:
            self.list.choose(editing.kept.id)
            self.editor.notice.clear()
            self.preview.end_theirs()
            if changed:
                self.editor.show_editing(editing)
            self.editor.show_state()
        self._mark_unsaved()
        self.list.read_again()
        said = self.tr("“{name}” is saved.")
        if self._joined is editing:
            said = self.tr(
                "“{name}” is saved. What somebody else changed meanwhile is kept with it."
            )
            self._joined = None
        self._shell.tell(said.format(name=editing.kept.name))

    def _refused(self, editing: Editing, problem: Problem) -> None:
        if editing is self._open:
            self.editor.say_problem(problem)
        else:
            self._begun.put(editing)
            self._shell.trouble(problem)

    def _met(self, editing: Editing, theirs: CannedReply, last: LastEdit | None) -> None:
        """Two people changed it: one of them chooses, with both on screen. Where each changed
        something else there is nothing to choose."""
        met = merged(editing.kept, editing.wanted(), theirs)
        if met.agree:
            self._joined = editing if met.theirs_kept else None
            self._saving.save(editing, theirs)
            return
        if editing is not self._open:
            self._begun.put(editing)
            self._shell.trouble(Problem(ProblemKind.CHANGED_MEANWHILE, what="canned"))
            return
        current = self.editor.languages.current
        self.preview.show_theirs(theirs_words(met, theirs, current))
        self.editor.notice.say(
            met_words(met, last, beside=not self.preview.isHidden()),
            (self.tr("Save mine"), partial(self._saving.save, editing, theirs)),
            (self.tr("Show theirs"), partial(self._take_theirs, editing, theirs)),
        )

    def _returned(self, editing: Editing) -> None:
        """An ended window's text: nothing on screen gives way to it."""
        self._begun.put(editing)
        self._mark_unsaved()
        if self._open is None:
            self._show_again(editing)
        elif editing.unsaved:
            said = self.tr("“{name}” was not saved when its window closed. Your text is here.")
            show = self.tr("Show it"), partial(self._show_again, editing)
            self.editor.notice.say(said.format(name=editing.name or self.tr("New")), show)

    def _show_again(self, editing: Editing) -> None:
        self._show(editing)
        self.list.choose(editing.kept.id)
        if editing.unsaved:
            self.editor.show_language(editing.changed_language or self.editor.languages.current)
            self.editor.notice.say(
                self.tr("This was not saved when its window closed. It is as you left it."),
                (self.tr("Save"), self.save),
                (self.tr("Back to the saved text"), partial(self._put_away, editing)),
            )

    def _put_away(self, editing: Editing) -> None:
        self._open = None
        self._show(Editing.of(editing.kept))
        self._begun.drop(editing)
        self.touched()
        said = self.tr("This is the saved text. Yours was put away.")
        self.editor.notice.say(said, (self.tr("Undo"), partial(self._show_again, editing)))

    def _take_theirs(self, editing: Editing, theirs: CannedReply) -> None:
        if editing is not self._open:
            return
        self._open = None
        self._show(Editing.of(theirs))
        self._begun.put(editing)  # to come back to also later
        self._mark_unsaved()
        self.editor.notice.say(
            self.tr("This is their text. Yours is still here."),
            (self.tr("Back to mine"), partial(self._show, editing)),
        )

    def _archived(self, editing: Editing) -> None:
        self._begun.drop(editing)
        self._unsaved.typed()
        if editing is self._open:
            self._open = None
            self.list.choose(None)
            self._archiving.show_gone(editing, self._stated)
        self.list.read_again()

    def _restored(self, canned: CannedId) -> None:
        self.list.choose(canned)
        self.list.read_again()
        self.pick(canned)
