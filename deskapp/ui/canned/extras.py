"""What a canned reply has beside its text: for whom it is, what it sets, which files it brings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QVBoxLayout, QWidget

from deskapp.domain.ids import AgentId, BlobHash, MailboxId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.replies import CannedActions
from deskapp.domain.snoozing import NO_WISH, SnoozeTime, SnoozeWish
from deskapp.ui import text, words
from deskapp.ui.compose.chips import ChipButton
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.form import Form, choice, choose, line

from .acts_grid import ActsGrid
from .doing import wish_words
from .editing import Editing

_STATUSES = (TicketStatus.OPEN, TicketStatus.WAITING, TicketStatus.ON_HOLD, TicketStatus.SOLVED)
_MIDDLE, _NAME_WIDTH = Qt.TextElideMode.ElideMiddle, 110
_NOBODY, _ME = "", "me"
_WISHES = (NO_WISH, SnoozeWish(on_reply=True), *(SnoozeWish(at, True) for at in SnoozeTime))
_EVERYONE, _MINE = "everyone", "mine"


@dataclass(frozen=True, slots=True)
class Around:
    """What the window knows of the desk: who edits, the mailboxes by address, tags, who is at
    work there by name."""

    agent: AgentId | None = None
    mailboxes: tuple[tuple[MailboxId, str], ...] = ()
    tags: tuple[str, ...] = ()
    agents: tuple[tuple[AgentId, str], ...] = ()

    def name_of(self, agent: AgentId | None) -> str:
        """ "" for nobody, and for somebody who has left."""
        return dict(self.agents).get(agent, "") if agent is not None else ""


class Extras(QWidget):
    """Shows one Editing and writes into it. ``touched``: somebody changed something;
    ``files_given``: paths of files to be put on it."""

    touched = Signal()
    files_given = Signal(object)  # list[Path]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing: Editing | None = None
        self.around = Around()
        self._showing = False
        self.scope = choice((), name=self.tr("For whom"))
        self.status = choice(self._statuses(), name=self.tr("Status it sets"))
        self.assign = choice((), name=self.tr("Whom it assigns"))
        self.snooze = choice((), name=self.tr("Until when it snoozes"))
        self.keep = QCheckBox(self.tr("Keep snoozed on a reply"))
        self.add_tags = line(name=self.tr("Tags it adds"), placeholder=self.tr("adds tags"))
        self.remove_tags = line(
            name=self.tr("Tags it takes off"), placeholder=self.tr("takes tags off")
        )
        self._chips = FlowLayout(4)
        self._held = QWidget()  # of the chips
        self._lay_out()
        for box in (self.scope, self.status, self.assign, self.snooze):
            box.activated.connect(self._changed)
        self.keep.clicked.connect(self._changed)
        for field in (self.add_tags, self.remove_tags):
            field.textEdited.connect(self._changed)

    def know(self, around: Around) -> None:
        self.around = around
        if self._editing is not None:
            self.show_editing(self._editing)

    def show_editing(self, editing: Editing) -> None:
        self._editing = editing
        self._showing = True
        acts = editing.actions
        _fill(self.scope, self._scopes(editing), _scope_of(editing))
        _fill(self.assign, self._assignees(acts), _assignee_of(acts))
        choose(self.status, acts.status)
        _fill(self.snooze, _snoozes(), SnoozeWish(acts.snooze.at, True) if acts.snooze else NO_WISH)
        self.keep.setChecked(bool(acts.snooze) and not acts.snooze.on_reply)
        self._show_keep()
        for field, tags in ((self.add_tags, acts.add_tags), (self.remove_tags, acts.remove_tags)):
            field.setText(", ".join(tags))
            field.setCursorPosition(0)
        self._showing = False
        self.show_files()

    def show_files(self) -> None:
        self._chips.clear()
        files = self._editing.files if self._editing is not None else ()
        self._held.setVisible(bool(files))
        for file in files:
            name = self.fontMetrics().elidedText(file.filename, _MIDDLE, _NAME_WIDTH)
            shown = f"{name} · {text.size(file.size)}"
            chip = ChipButton(shown, self.tr("Remove the file {name}").format(name=file.filename))
            chip.removed.connect(partial(self._remove_file, file.sha256))
            self._chips.addWidget(chip)

    def _lay_out(self) -> None:
        fields = (self.add_tags, self.remove_tags)
        acts = ActsGrid((self.status, self.assign, self.snooze, self.keep), fields)
        for part in (self.scope, self.status, self.assign, self.snooze, *fields):
            part.setMinimumWidth(60)
        for field in fields:
            field.setToolTip(field.accessibleName())
        files = QWidget()
        self._held.setLayout(self._chips)
        stacked = QVBoxLayout(files)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(4)
        stacked.addWidget(self._held)
        attach = push_button(self.tr("Attach files…"), self._choose_files, kind="quiet")
        stacked.addWidget(attach, 0, Qt.AlignmentFlag.AlignLeft)
        form = Form(64)
        form.add(self.tr("For"), self.scope)
        form.add(self.tr("Sets"), acts)
        form.add(self.tr("Files"), files)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

    def _statuses(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Status as it is"), None),
            *((words.status(one), one) for one in _STATUSES),
        ]

    def _scopes(self, editing: Editing) -> list[tuple[str, object]]:
        around = self.around
        whole: list[tuple[str, object]] = [(self.tr("Everyone, in every mailbox"), _EVERYONE)]
        if around.agent is not None or editing.owner is not None:
            whole.append((self.tr("Only me"), _MINE))
        only = self.tr("Everyone, only in {address}")
        whole += [(only.format(address=address), box) for box, address in around.mailboxes]
        return whole

    def _assignees(self, acts: CannedActions) -> list[tuple[str, object]]:
        whole: list[tuple[str, object]] = [
            (self.tr("Assignee as it is"), _NOBODY),
            (self.tr("Assigns to who uses it"), _ME),
        ]
        names = dict(self.around.agents)
        if acts.assignee is not None and acts.assignee not in names:
            names[acts.assignee] = self.tr("somebody who has left")
        to = self.tr("Assigns to {name}")
        return whole + [(to.format(name=name), one) for one, name in names.items()]

    def _show_keep(self) -> None:
        """A snooze that only a mail ends cannot go on beyond it."""
        self.keep.setVisible(self.snooze.currentData().at is not None)

    def _changed(self) -> None:
        editing = self._editing
        if self._showing or editing is None:
            return
        scope, assign = self.scope.currentData(), self.assign.currentData()
        wish: SnoozeWish = self.snooze.currentData()
        self._show_keep()
        if wish.at is not None and self.keep.isChecked():
            wish = SnoozeWish(wish.at)
        editing.owner = (editing.kept.owner or self.around.agent) if scope == _MINE else None
        editing.mailbox_id = None if scope in (_EVERYONE, _MINE) else scope
        editing.actions = replace(
            editing.actions,
            status=self.status.currentData(),
            to_me=assign == _ME,
            assignee=None if assign in (_NOBODY, _ME) else assign,
            snooze=wish,
            add_tags=_listed(self.add_tags.text()),
            remove_tags=_listed(self.remove_tags.text()),
        )
        self.touched.emit()

    def _choose_files(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, self.tr("Attach files"))
        if names:
            self.files_given.emit([Path(name) for name in names])

    def _remove_file(self, sha256: BlobHash) -> None:
        editing = self._editing
        if editing is not None:
            editing.files = tuple(file for file in editing.files if file.sha256 != sha256)
            self.show_files()
            self.touched.emit()


def _fill(box: QComboBox, entries: Sequence[tuple[str, object]], chosen: object) -> None:
    box.clear()
    for shown, value in entries:
        box.addItem(shown, value)
    choose(box, chosen)


def _scope_of(editing: Editing) -> object:
    if editing.owner is not None:
        return _MINE
    return _EVERYONE if editing.mailbox_id is None else editing.mailbox_id


def _assignee_of(acts: CannedActions) -> object:
    return _ME if acts.to_me else acts.assignee or _NOBODY


def _snoozes() -> list[tuple[str, object]]:
    return [(wish_words(wish), wish) for wish in _WISHES]


def _listed(written: str) -> tuple[str, ...]:
    """Tags with commas between them, also Chinese ones; each once."""
    parts = written.replace("，", ",").replace("、", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
