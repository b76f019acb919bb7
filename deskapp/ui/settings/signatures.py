"""What stands below answers: of the person who writes, and of each mailbox."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import MailboxId
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.signatures import Signature
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .other_signatures import OtherSignatures
from .section import Section, side_by_side
from .text_clash import TextClash

Shown = tuple[AgentRow | None, tuple[MailboxRow, ...], tuple[Signature, ...]]


class SignaturesSection(Section):
    """What is being typed is not replaced by what a colleague saved meanwhile."""

    areas = frozenset({"agents", "mailboxes"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Signature"),
            self.tr("Put below what you write. Plain text, sent as it stands here."),
        )
        self._agent: AgentRow | None = None
        self._boxes: tuple[MailboxRow, ...] = ()
        self.mine = form.paragraph(name=self.tr("Your signature"), lines=6)
        self.save_mine = push_button(self.tr("Save your signature"), self._save_mine)
        self._whose = label(size="strong")
        self.box = form.choice((), name=self.tr("Mailbox"))
        self.of_box = form.paragraph(name=self.tr("Signature of the mailbox"), lines=6)
        self.save_box = push_button(self.tr("Save the mailbox's signature"), self._save_box)
        self.box.currentIndexChanged.connect(self._box_chosen)
        for field in (self.mine, self.of_box):
            field.textChanged.connect(self._show_state)
        self._my_clash = TextClash(self.mine, self.save_mine, self._save_mine)
        self._box_clash = TextClash(self.of_box, self.save_box, self._save_box)
        self.column.addWidget(
            _group(self._whose, self.mine, self._my_clash.card, side_by_side(self.save_mine))
        )
        self.column.addSpacing(8)
        self.column.addWidget(
            _group(
                label(self.tr("Of a mailbox, for agents without one of their own"), size="strong"),
                self.box,
                self.of_box,
                self._box_clash.card,
                side_by_side(self.save_box),
            )
        )
        self.others = OtherSignatures(work)
        self.others.refused.connect(self._refused)
        self.others.saved.connect(self._other_saved)
        self.column.addSpacing(8)
        self.column.addWidget(self.others)
        self.column.addStretch(1)
        self._show_state()

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self.shell.trouble, owner=self, topic="signatures")

    def _came(self, shown: Shown) -> None:
        agent, boxes, known = shown
        self.others.show_known(agent.id if agent else None, boxes, known)
        if not self._changed_mine():  # else what was seen stays what it is saved on
            self._agent = agent
            _show(self.mine, agent.signature if agent else "")
        self._show_boxes(boxes)

    def _show_boxes(self, boxes: tuple[MailboxRow, ...], answered: MailboxId | None = None) -> None:
        """The same one stays chosen. While its text is typed it stays as it was seen, unless it is
        the one ``answered`` about."""
        seen, typing = self._current(), self._changed_box()
        ids, chosen = [one.id for one in boxes], seen.id if seen else None
        if typing and chosen not in ids:  # gone: saving says so, and the text stays till then
            self._show_state()
            return
        if typing and seen is not None and chosen != answered:
            boxes = tuple(seen if one.id == chosen else one for one in boxes)
        if ids != [one.id for one in self._boxes]:
            with QSignalBlocker(self.box):
                self.box.clear()
                for one in boxes:
                    self.box.addItem(one.settings.address)
                self.box.setCurrentIndex(
                    ids.index(chosen) if chosen in ids else min(len(ids), 1) - 1
                )
        self._boxes = boxes
        if typing or (answered is not None and chosen == answered):
            self._show_state()
        else:
            self._box_chosen(self.box.currentIndex())

    def _current(self) -> MailboxRow | None:
        place = self.box.currentIndex()
        return self._boxes[place] if 0 <= place < len(self._boxes) else None

    def _box_chosen(self, _place: int) -> None:
        box = self._current()
        self._box_clash.end()
        _show(self.of_box, box.settings.signature if box else "")
        self._show_state()

    def _changed_mine(self) -> bool:
        return self._agent is not None and self.mine.toPlainText() != self._agent.signature

    def _changed_box(self) -> bool:
        box = self._current()
        return box is not None and self.of_box.toPlainText() != box.settings.signature

    def _show_state(self) -> None:
        agent = self._agent
        yours = self.tr("Yours, {name}").replace("{name}", agent.name) if agent else ""
        nobody = self.tr("Choose who you are under Agents first.")
        self._whose.setText(yours or nobody)
        self.mine.setEnabled(agent is not None)
        self.save_mine.setEnabled(self._changed_mine())
        self.box.setEnabled(bool(self._boxes))
        self.of_box.setEnabled(bool(self._boxes))
        self.save_box.setEnabled(self._changed_box())

    def _save_mine(self) -> None:
        agent, signature = self._agent, self.mine.toPlainText()
        if agent is None:
            return
        self.work.do(
            lambda desk: desk.agents.edit(agent.id, signature=signature, version=agent.version),
            self._mine_saved,
            self._mine_refused,
            owner=self,
        )

    def _mine_refused(self, problem: Problem) -> None:
        agent = self._agent
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or agent is None:
            self._refused(problem)
            return
        self.work.ask(
            lambda desk: (desk.agents.get(agent.id), desk.last_edits.of(About.AGENT, agent.id)),
            lambda found: self._my_newest(*found),
            self._refused,
            owner=self,
        )

    def _my_newest(self, theirs: AgentRow, last: LastEdit | None) -> None:
        """Whether it was this signature that changed, or something else of the agent."""
        seen, self._agent = self._agent, theirs
        if seen is not None:
            self._my_clash.decide(seen.signature, theirs.signature, last)

    def _box_refused(self, box: MailboxRow, problem: Problem) -> None:
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
            self._refused(problem)
            return
        self.work.ask(
            lambda desk: (desk.mailboxes.list(), desk.last_edits.of(About.MAILBOX, box.id)),
            lambda found: self._box_newest(problem, box, *found),
            self._refused,
            owner=self,
        )

    def _box_newest(
        self,
        problem: Problem,
        seen: MailboxRow,
        boxes: tuple[MailboxRow, ...],
        last: LastEdit | None,
    ) -> None:
        self._show_boxes(boxes, seen.id)
        box = self._current()
        if box is not None and box.id == seen.id:
            self._box_clash.decide(seen.settings.signature, box.settings.signature, last)
        else:  # nothing to decide where it is not shown, yet it is not saved
            self.shell.trouble(problem)

    def _mine_saved(self, row: AgentRow) -> None:
        self._agent = row
        self.shell.tell(self.tr("Your signature is saved."))
        self._show_state()

    def _other_saved(self) -> None:
        self.shell.tell(self.tr("The signature is saved."))

    def _save_box(self) -> None:
        box, signature = self._current(), self.of_box.toPlainText()
        if box is None:
            return

        def save(desk: Desk) -> tuple[MailboxRow, ...]:
            mine = replace(box.settings, signature=signature)
            desk.mailboxes.update(box.id, mine, box.settings)
            return desk.mailboxes.list()

        self.work.do(
            save,
            lambda boxes: self._box_saved(box.id, boxes),
            lambda problem: self._box_refused(box, problem),
            owner=self,
        )

    def _box_saved(self, box: MailboxId, boxes: tuple[MailboxRow, ...]) -> None:
        self._show_boxes(boxes, box)
        self.shell.tell(self.tr("The mailbox's signature is saved."))

    def _refused(self, problem: Problem) -> None:
        """The text stays in its field; the newest version is read, so that saving again works."""
        self.shell.trouble(problem)
        self.read_again()


def _shown(desk: Desk) -> Shown:
    me = desk.agent
    agent = desk.agents.get(me) if me is not None else None
    return agent, desk.mailboxes.list(), desk.signatures.list()


def _show(field: QPlainTextEdit, text: str) -> None:
    if field.toPlainText() != text:
        field.setPlainText(text)


def _group(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return holder
