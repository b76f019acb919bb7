"""How mail that comes in is filed: for how long an answer reopens a ticket."""

from deskapp.desk.intake import MOST_REOPEN_DAYS
from deskapp.domain.problem import Problem
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .section import Section, side_by_side

_FIELD = 64  # pixels: four digits


class FilingSection(Section):
    """It holds for the whole team. What is being typed is not replaced by a colleague's change."""

    areas = frozenset({"desk"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Mail in"),
            self.tr(
                "An answer to a solved or closed ticket reopens it. When the ticket ended longer"
                " ago than this, the answer begins a new ticket that is linked to the old one."
            ),
        )
        name = self.tr("Days in which an answer reopens a ticket")
        self.days = form.NumberField(0, 0, MOST_REOPEN_DAYS, name)
        self.days.setFixedWidth(_FIELD)
        self.save = push_button(self.tr("Save"), self._save)
        self._stored: int | None = None
        self.days.changed.connect(self._show_state)
        self.column.addWidget(label(name))
        self.column.addWidget(side_by_side(self.days, self.save))
        self.column.addStretch(1)
        self.setEnabled(False)
        self._show_state()

    def read_again(self) -> None:
        self.work.ask(
            lambda desk: desk.intake.reopen_days(),
            self._came,
            self.shell.trouble,
            owner=self,
            topic="filing",
        )

    def _came(self, days: int) -> None:
        typing = self._is_changed()
        self._stored = days
        if not typing:
            self.days.set_value(days)
        self.setEnabled(True)
        self._show_state()

    def _is_changed(self) -> bool:
        return self._stored is not None and self.days.value() != self._stored

    def _show_state(self) -> None:
        self.save.setEnabled(self._is_changed())

    def _save(self) -> None:
        days, seen = self.days.value(), self._stored
        self.work.do(
            lambda desk: desk.intake.set_reopen_days(days, seen),
            lambda _nothing: self._saved(days),
            self._refused,
            owner=self,
        )

    def _saved(self, days: int) -> None:
        self._stored = days
        self.shell.tell(self.tr("An answer reopens a ticket for %n day(s).", "", days))
        self._show_state()

    def _refused(self, problem: Problem) -> None:
        self.shell.trouble(problem)
        self.read_again()
