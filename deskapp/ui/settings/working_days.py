"""On which days the desk works: what "next working day" means when a ticket is put aside."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.working_days import WorkingDays, special_read, special_written
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.conflict import ConflictCard
from deskapp.ui.pieces.form_values import disputed, put
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .section import Section, side_by_side

_LINES = 10


class WorkingDaysSection(Section):
    """It holds for the whole team. What is being typed is not replaced by a colleague's change."""

    areas = frozenset({"desk"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Working days"),
            self.tr("“Next working day” and “In three working days” go by these, for everybody."),
        )
        names = QLocale()
        self.week = [QCheckBox(names.standaloneDayName(day)) for day in range(1, 8)]
        self.column.addWidget(side_by_side(*self.week, gap=14))
        self.column.addSpacing(8)
        self.column.addWidget(label(self.tr("Single days, one in each line")))
        self.special = form.paragraph(name=self.tr("Single days"), lines=_LINES)
        self.special.setPlaceholderText("2026-02-17 Tết Nguyên Đán\n+2026-02-14")
        self.column.addWidget(self.special)
        hint = self.tr("A date is a day off; with + before it, it is worked though a weekend.")
        self.column.addWidget(label(hint, tone="muted", size="small", wrap=True))
        self.told = label(tone="bad", wrap=True)
        self.told.hide()
        self.column.addWidget(self.told)
        self.conflict = ConflictCard()
        self.conflict.keep_mine.connect(self._keep_mine)
        self.conflict.take_theirs.connect(self._take_theirs)
        self.column.addWidget(self.conflict)
        self.save = push_button(self.tr("Save"), self._save)
        self.column.addWidget(side_by_side(self.save))
        self.column.addStretch(1)
        self._stored: WorkingDays | None = None
        for box in self.week:
            box.toggled.connect(self._show_state)
        self.special.textChanged.connect(self._show_state)
        self.setEnabled(False)

    def read_again(self) -> None:
        self.work.ask(
            lambda desk: desk.calendar.get(),
            self._came,
            self.shell.trouble,
            owner=self,
            topic="days",
        )

    def _came(self, days: WorkingDays) -> None:
        if not self._is_changed():  # else what was seen stays what it is saved on
            self._stored = days
            self._show(days)
        self.setEnabled(True)
        self._show_state()

    def _standing(self, days: WorkingDays) -> dict[QWidget, object]:
        boxes = enumerate(self.week)
        week: dict[QWidget, object] = {box: place in days.week for place, box in boxes}
        return {**week, self.special: special_written(days.special)}

    def _show(self, days: WorkingDays) -> None:
        for field, value in self._standing(days).items():
            put(field, value)

    def _chosen_week(self) -> frozenset[int]:
        return frozenset(place for place, box in enumerate(self.week) if box.isChecked())

    def _is_changed(self) -> bool:
        known = self._stored
        return known is not None and (
            self._chosen_week() != known.week
            or self.special.toPlainText().strip() != special_written(known.special)
        )

    def _show_state(self) -> None:
        self.save.setEnabled(self._is_changed())
        self.told.hide()

    def _save(self) -> None:
        try:
            days = WorkingDays(self._chosen_week(), special_read(self.special.toPlainText()))
        except Problem as problem:
            self._refused(problem)
            return
        seen = self._stored
        self.work.do(
            lambda desk: desk.calendar.save(days, seen),
            lambda _nothing: self._saved(),
            self._refused,
            owner=self,
        )

    def _theirs_came(self, theirs: WorkingDays, last: LastEdit | None) -> None:
        """What only they changed is taken over; of the rest both are shown."""
        if self._stored is None:
            return
        both = disputed(self._standing(self._stored), self._standing(theirs))
        self._stored = theirs
        if both:
            self.save.hide()  # the conflict has its own buttons
            self.conflict.show_both(tuple(one.told_by(last) for one in both.values()))
        else:
            self._save()

    def _keep_mine(self) -> None:
        self._end_conflict()
        self._save()

    def _take_theirs(self) -> None:
        if self._stored is not None:
            self._show(self._stored)
        self._end_conflict()

    def _end_conflict(self) -> None:
        self.conflict.hide()
        self.save.show()

    def _saved(self) -> None:
        self._stored = None  # what the desk made of it is shown
        self.shell.tell(self.tr("The working days are saved."))
        self.read_again()

    def _refused(self, problem: Problem) -> None:
        if problem.kind is ProblemKind.CHANGED_MEANWHILE:
            self.work.ask(
                lambda desk: (desk.calendar.get(), desk.last_edits.of(About.WORKING_DAYS)),
                lambda found: self._theirs_came(*found),
                self.shell.trouble,
                owner=self,
            )
            return
        self.told.setText(explain(problem).in_one())
        self.told.show()
