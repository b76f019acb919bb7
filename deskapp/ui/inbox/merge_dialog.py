"""Several tickets that are one matter: which of them stays, and what becomes of the others."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import TicketRow
from deskapp.ui import words
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label, plain_tip
from deskapp.ui.work import Work

MOST = 20  # tickets merged at once: more of them are hardly one matter
_LONGEST_SUBJECT = 60


class MergeDialog(FormDialog):
    """``merged`` carries the ids of all, the one that stays first.

    For one ticket it asks for the number of the other; for several, which of them stays: the oldest
    unless another is chosen.
    """

    merged = Signal(object)

    def __init__(self, rows: Sequence[TicketRow], work: Work, parent: QWidget) -> None:
        super().__init__("", label_width=124, least_width=520, parent=parent)
        self.setWindowTitle(self.tr("Merge tickets"))
        self._work, self._rows = work, sorted(rows, key=lambda row: row.number)
        self.other = form.line(placeholder=self.tr("for example 10482"))
        self.choice = QButtonGroup(self)
        if len(self._rows) == 1:
            self.fields.add(self.tr("Merge into ticket"), self.other)
        else:
            self.fields.add(self.tr("This one stays"), self._choices())
        self.fields.add_wide(label(self._promise(), tone="muted", wrap=True))
        if len({row.customer_id for row in self._rows}) > 1:
            warning = self.tr("They belong to different customers. The customer of the one stays.")
            self.fields.add_wide(label(warning, tone="warn", wrap=True))
        self._merge = push_button(self.tr("Merge"), self._begin, kind="primary")
        self.lay_out(self._merge)

    def _promise(self) -> str:
        return self.tr(
            "All messages, notes and drafts come together in the one that stays, in order of time. "
            "The other numbers lead there, and it can be undone."
        )

    def _choices(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for place, row in enumerate(self._rows):
            subject = " ".join(row.subject.split())
            cut = subject if len(subject) <= _LONGEST_SUBJECT else subject[:_LONGEST_SUBJECT] + "…"
            button = QRadioButton(f"#{row.number}  {cut}".replace("&", "&&"))
            who = f"{row.customer_name} · {words.status(row.status)}"
            button.setToolTip(plain_tip(f"{subject}\n{who}"))
            button.setChecked(place == 0)
            self.choice.addButton(button, place)
            column.addWidget(button)
        return holder

    def _begin(self) -> None:
        if len(self._rows) > 1:
            kept = self._rows[self.choice.checkedId()].id
            self._run([row.id for row in self._rows if row.id != kept], kept)
            return
        written = self.other.text().strip().lstrip("#")
        if not (written.isascii() and written.isdigit()):
            self.say(self.tr("Write the number of the ticket that stays."))
            self.other.setFocus()
            return
        self._run([self._rows[0].id], None, int(written))

    def _run(self, sources: list[TicketId], into: TicketId | None, number: int = 0) -> None:
        self._merge.setEnabled(False)
        self._work.do(
            lambda desk: desk.tickets.merge_many(
                sources, desk.tickets.by_number(number) if into is None else into
            ),
            self._done,
            self._failed,
            owner=self,
        )

    def _done(self, ids: list[TicketId]) -> None:
        self.accept()
        self.merged.emit(ids)

    def _failed(self, problem: Problem) -> None:
        self._merge.setEnabled(True)
        self.refused(problem)
