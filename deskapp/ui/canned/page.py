"""The Canned replies page: list, editor and live preview side by side."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QWidget

from deskapp.domain.changes import Changes
from deskapp.domain.ids import CannedId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .editing import EMPTY, Editing
from .editor_pane import EditorPane
from .list_pane import ListPane
from .preview_pane import PreviewPane

_PREVIEW_FROM = 800


class CannedPage(QWidget):
    """Changes that are not saved stay with their reply while another one is looked at."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._open: Editing | None = None
        self._edits: dict[CannedId | None, Editing] = {}
        self.list = ListPane(work)
        self.editor = EditorPane()
        self.preview = PreviewPane(work, shell)
        self._stated = Stated(self.editor, row_height=54)
        self._stated.setProperty("role", "surface")
        self._stated.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        panes: list[tuple[QWidget, int]] = [
            (self.list, 220),
            (self._stated, 340),
            (self.preview, 240),
        ]
        for pane, narrowest in panes:
            pane.setMinimumWidth(narrowest)
            self.split.addWidget(pane)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([300, 560, 340])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)
        shell.remembered.place_splitter("canned/panes", self.split)
        self._actions = self._make_actions()
        self._connect(bridge)
        self._show_nothing()
        self.list.read_again()

    def fill_menu(self, menu: QMenu) -> None:
        """The window's menu."""
        menu.addActions(self._actions)

    def search(self, words: str) -> None:
        """What the shell's search field asks for."""
        self.list.search.setText(words)

    def save_places(self) -> None:
        """Before closing: what is not saved is saved, the panes' widths are kept."""
        for editing in [*self._edits.values(), *([self._open] if self._open else [])]:
            if editing.unsaved:
                self._save(editing)
        self._shell.remembered.put_splitter("canned/panes", self.split)

    def new(self) -> None:
        """An empty reply to write; one begun earlier comes up again."""
        self._show(self._edits.get(None) or Editing.of(EMPTY))
        self.list.choose(None)
        self.editor.name.setFocus()

    def save(self) -> None:
        if self._open is not None and self._open.unsaved:
            self._save(self._open)

    def archive(self) -> None:
        """Asks first: it leaves the list for everybody."""
        editing = self._open
        if editing is None or editing.kept.id is None:
            return
        asked = self.tr("Archive “{name}”? It leaves the list for everybody.")
        self.editor.notice.say(
            asked.format(name=editing.kept.name),
            (self.tr("Archive"), partial(self._archive, editing)),
            (self.tr("Keep"), self.editor.notice.clear),
        )

    def _make_actions(self) -> list[QAction]:
        return [
            self._action(self.tr("New canned reply"), "Ctrl+Shift+N", self.new),
            self._action(self.tr("Save"), "Ctrl+S", self.save),
            self._action(self.tr("Insert placeholder…"), "F8", self.editor.offer),
            self._action(
                self.tr("Preview with the last opened ticket"),
                "Ctrl+Shift+P",
                self.preview.use_last,
            ),
            self._action(self.tr("Archive…"), "Ctrl+Shift+D", self.archive),
        ]

    def _action(self, words: str, key: str, act: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def _connect(self, bridge: Bridge) -> None:
        bridge.changed.connect(self._changed)
        self.list.picked.connect(self._picked)
        self.list.new_wanted.connect(self.new)
        self.list.known.connect(self.editor.know)
        self.editor.touched.connect(self._touched)
        self.editor.save_wanted.connect(self.save)
        self.editor.archive_wanted.connect(self.archive)
        self.editor.text_shown.connect(self.preview.show_template)
        self.preview.faulty.connect(self.editor.show_fault)

    def _changed(self, changes: Changes) -> None:
        if "canned" not in changes.areas:
            return
        self.list.read_again()
        if self._open is not None and self._open.kept.id is not None and not self._open.unsaved:
            self._picked(self._open.kept.id)

    def _picked(self, canned: CannedId) -> None:
        begun = self._edits.get(canned)
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
        self._edits.pop(editing.kept.id, None)
        self.editor.show_editing(editing)
        self._stated.show_content()
        self._mark_unsaved()

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
        if self._open is not None and self._open.unsaved:
            self._edits[self._open.kept.id] = self._open

    def _touched(self) -> None:
        self._mark_unsaved()

    def _mark_unsaved(self) -> None:
        begun = {one.kept.id for one in self._edits.values()}
        if self._open is not None and self._open.unsaved:
            begun.add(self._open.kept.id)
        self.list.rows.show_unsaved(frozenset(one for one in begun if one is not None))

    def _save(self, editing: Editing, wanted: CannedReply | None = None) -> None:
        reply = wanted or editing.wanted()
        self._work.do(
            lambda desk: desk.canned.save(reply),
            partial(self._saved, editing),
            partial(self._not_saved, editing),
            owner=self,
        )

    def _saved(self, editing: Editing, kept: CannedReply) -> None:
        self._edits.pop(editing.kept.id, None)
        editing.kept = kept
        if editing is self._open:
            self.list.choose(kept.id)
            self.editor.notice.clear()
            self.editor.show_state()
        self._mark_unsaved()
        self.list.read_again()
        self._shell.tell(self.tr("“{name}” is saved.").format(name=kept.name))

    def _not_saved(self, editing: Editing, problem: Problem) -> None:
        if editing is not self._open:
            self._edits[editing.kept.id] = editing
            self._shell.trouble(problem)
        elif problem.kind is ProblemKind.CHANGED_MEANWHILE:
            self.editor.notice.say(
                self.tr("Somebody else changed this reply meanwhile. Your text here is kept."),
                (self.tr("Save mine"), partial(self._settle, editing, True)),
                (self.tr("Show theirs"), partial(self._settle, editing, False)),
            )
        else:
            self.editor.say_problem(problem)

    def _settle(self, editing: Editing, mine: bool) -> None:
        """After two people changed it: mine goes on top of theirs, or theirs is shown."""
        canned = editing.kept.id
        if canned is None:
            return

        def came(theirs: CannedReply) -> None:
            if mine:
                self._save(editing, replace(editing.wanted(), version=theirs.version))
            elif editing is self._open:
                editing.kept, self._open = theirs, None
                self._show(Editing.of(theirs))
                self.editor.notice.say(
                    self.tr("This is their text. Yours is still here."),
                    (self.tr("Back to mine"), partial(self._show, editing)),
                )

        failed = partial(self._not_saved, editing)
        self._work.ask(lambda desk: desk.canned.get(canned), came, failed, owner=self)

    def _archive(self, editing: Editing) -> None:
        canned = editing.kept.id
        if canned is not None:
            self._work.do(
                lambda desk: desk.canned.archive(canned),
                partial(self._archived, editing),
                self.editor.say_problem,
                owner=self,
            )

    def _archived(self, editing: Editing, _nothing: None) -> None:
        self._edits.pop(editing.kept.id, None)
        if editing is self._open:
            self._open = None
            self.list.choose(None)
            self._show_nothing()
        self.list.read_again()
        self._shell.tell(self.tr("“{name}” is archived.").format(name=editing.kept.name))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addActions(self._actions)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.preview.setVisible(event.size().width() >= _PREVIEW_FROM)
