"""Erases a customer at their wish: what goes, what stands in the way, and then the proof."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from deskapp import paths
from deskapp.desk import Desk
from deskapp.domain.erasing import EraseMode, ErasePreview, EraseProof
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.people import CustomerRecord
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.inbox.opened_files import delete_opened
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label, set_tone
from deskapp.ui.work import Work

from .customer_look import shown_name
from .erase_words import bulleted, counted, obstacles, proof_text, remarks


class EraseDialog(QDialog):
    """Nothing goes before the name is typed. ``erased`` comes once it is done; the proof stays to
    be saved. ``home`` is where windows keep text that is not saved yet."""

    erased = Signal()

    def __init__(
        self, work: Work, record: CustomerRecord, home: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._home = work, home
        self._customer, self._name = record.row.id, shown_name(record.row)
        self._preview: ErasePreview | None = None
        self.setWindowTitle(self.tr("Erase a customer"))
        self.setMinimumWidth(540)
        self._fields()
        self._lay_out()
        self._show_state()
        customer = self._customer
        work.ask(
            lambda desk: desk.erasing.preview(customer),
            self._previewed,
            self._failed,
            owner=self,
        )

    def _fields(self) -> None:
        self.title = label(self._name, size="title", wrap=True)
        self.told = label(self.tr("Looking at what there is…"), tone="muted", wrap=True)
        self.blocked = label(tone="bad", wrap=True)
        self.blocked.hide()
        self.whole = QRadioButton(self.tr("Erase all, with tickets and orders"))
        self.without = QRadioButton(self.tr("Keep tickets and figures, without the person"))
        self.whole.setChecked(True)
        self._ways = QButtonGroup(self)
        self._ways.addButton(self.whole)
        self._ways.addButton(self.without)
        self.known = label(tone="muted", wrap=True)
        said = self.tr("Type “{name}” to confirm. It cannot be undone.")
        self.question = label(said.replace("{name}", self._name), wrap=True)
        self.typed = form.line(name=self.tr("Name, typed to confirm"))
        self.question.setBuddy(self.typed)
        self.proof = QPlainTextEdit()
        self.proof.setReadOnly(True)
        self.proof.setAccessibleName(self.tr("Proof sheet"))
        self.proof.setMinimumHeight(220)
        self.proof.hide()
        self.typed.textChanged.connect(self._show_state)

    def _lay_out(self) -> None:
        self.go = push_button(self.tr("Erase"), self._erase, kind="danger")
        self.save = push_button(self.tr("Save the proof sheet…"), self._save)
        self.save.hide()
        self.cancel = push_button(self.tr("Cancel"), self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for part in (
            self.title,
            self.told,
            self.blocked,
            self.whole,
            self.without,
            self.known,
            self.question,
            self.typed,
            self.proof,
        ):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(foot)

    def _previewed(self, preview: ErasePreview) -> None:
        self._preview = preview
        said = self.tr("There is of them: {counts}.")
        set_tone(self.told, "")
        self.told.setText(said.replace("{counts}", counted(self, preview.counts)))
        first = obstacles(self, preview)
        self.blocked.setVisible(bool(first))
        self.blocked.setText(bulleted(first))
        self.known.setText(bulleted(remarks(self, preview)))
        for part in (self.whole, self.without, self.question, self.typed):
            part.setVisible(not first)
        form.make_room(self)
        self.typed.setFocus()
        self._show_state()

    def _show_state(self) -> None:
        ready = self._preview is not None and not self._preview.forbidden
        self.go.setEnabled(ready and self._same(self.typed.text()))

    def _same(self, typed: str) -> bool:
        return " ".join(typed.split()).casefold() == " ".join(self._name.split()).casefold()

    def _erase(self) -> None:
        agreed = self._preview
        if agreed is None:
            return
        mode = EraseMode.ANONYMISE if self.without.isChecked() else EraseMode.ERASE
        folder = self._home / "unsaved"
        for part in (self.go, self.cancel, self.typed, self.whole, self.without):
            part.setEnabled(False)
        set_tone(self.told, "muted")
        self.told.setText(self.tr("Erasing, and wiping the free space of the database…"))
        self._work.do(
            lambda desk: _erased(desk, agreed, mode, folder), self._done, self._failed, owner=self
        )

    def _done(self, proof: EraseProof) -> None:
        delete_opened()
        self.erased.emit()
        self.title.setText(self.tr("Done"))
        for part in (
            self.told,
            self.blocked,
            self.whole,
            self.without,
            self.known,
            self.question,
            self.typed,
            self.go,
        ):
            part.hide()
        self.proof.setPlainText(proof_text(self, proof))
        self.proof.show()
        self.save.show()
        self.cancel.setText(self.tr("Close"))
        self.cancel.setEnabled(True)
        self.cancel.setFocus()

    def _failed(self, problem: Problem) -> None:
        set_tone(self.told, "bad")
        self.told.setText(explain(problem).in_one())
        for part in (self.cancel, self.typed, self.whole, self.without):
            part.setEnabled(True)
        if problem.kind is ProblemKind.CHANGED_MEANWHILE:
            customer = self._customer
            self._work.ask(lambda desk: desk.erasing.preview(customer), self._previewed, owner=self)
        self._show_state()

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the proof sheet"), "proof.txt", self.tr("Text (*.txt)")
        )
        if not chosen:
            return
        try:
            Path(chosen).write_text(self.proof.toPlainText() + "\n", "utf-8")
        except OSError as error:
            set_tone(self.told, "bad")
            self.told.setText(explain(writing_problem(chosen, error)).in_one())
            self.told.show()


def _erased(desk: Desk, agreed: ErasePreview, mode: EraseMode, folder: Path) -> EraseProof:
    """In a lane: also what windows of this computer keep beside the desk."""
    proof = desk.erasing.erase(agreed, mode)
    paths.forget_unsaved(folder, desk.identity(), agreed.ticket_ids)
    return proof
