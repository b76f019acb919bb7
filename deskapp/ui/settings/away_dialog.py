"""That somebody is away: from when, until when, why, and who stands in."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.desk import Desk
from deskapp.domain.assigning import Absence
from deskapp.domain.ids import AgentId
from deskapp.domain.last_edits import About as Edited
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import clock
from deskapp.ui.assigned_words import absence_words
from deskapp.ui.pieces import form
from deskapp.ui.pieces.asked_both import ask_both
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.conflict import Difference
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.form_values import words
from deskapp.ui.pieces.labels import no_mnemonic
from deskapp.ui.pieces.moments import MomentField
from deskapp.ui.work import Work


@dataclass(frozen=True, slots=True)
class About:
    """An agent, what is noted of them, and who else works here."""

    agent: AgentRow
    absence: Absence | None
    others: tuple[AgentRow, ...]


def about(desk: Desk, agent: AgentId) -> About:
    """As the dialog needs it. Raises Problem(NOT_FOUND)."""
    noted = {one.agent: one for one in desk.absences.list()}
    others = tuple(row for row in desk.agents.list() if row.active and row.id != agent)
    return About(desk.agents.get(agent), noted.get(agent), others)


class AwayDialog(FormDialog):
    """Accepted when it is stored; with what is noted already, it can be called off here too."""

    def __init__(self, work: Work, told: About, parent: QWidget | None = None) -> None:
        title = _tr("{name} is away").replace("{name}", told.agent.name)
        super().__init__(title, label_width=96, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work, self._about = work, told
        now, noted = clock.now().astimezone(), told.absence
        coming = noted is not None and not noted.is_on(clock.now())
        self.later = QCheckBox(self.tr("Away later, not yet"))
        self.since = MomentField(noted.since.astimezone() if noted else now + timedelta(days=1))
        self.later.setChecked(coming)
        self.ends = QCheckBox(self.tr("The end is known"))
        self.ends.setChecked(noted is None or noted.until is not None)
        until = noted.until.astimezone() if noted and noted.until else _monday(now)
        self.until = MomentField(until)
        people = [(no_mnemonic(one.name), one.id) for one in told.others]
        chosen = noted.substitute if noted is not None else None
        self.substitute = form.choice([(self.tr("nobody"), None), *people], chosen)
        self.reason = form.line(noted.reason if noted else "")
        self.reason.setMaxLength(200)
        self.fields.add_wide(self.later)
        self.fields.add(self.tr("From"), self.since)
        self.fields.add_wide(self.ends)
        self.fields.add(self.tr("Until"), self.until)
        hint = self.tr("Their tickets stay theirs and are shown to this colleague as well.")
        self.fields.add(self.tr("Stands in"), self.substitute, hint)
        self.fields.add(self.tr("Reason"), self.reason)
        self.later.toggled.connect(self._show_fields)
        self.ends.toggled.connect(self._show_fields)
        self._show_fields()
        said = self.tr("Not away after all") if coming else self.tr("Here again")
        back = push_button(said, self._back)
        back.setVisible(noted is not None)
        self.lay_out(push_button(self.tr("Save"), self._save, kind="primary"), back)

    def _show_fields(self) -> None:
        self.fields.show_row(self.since, self.later.isChecked())
        self.fields.show_row(self.until, self.ends.isChecked())

    def _save(self, *, anyway: bool = False) -> None:
        who, reason = self._about.agent.id, self.reason.text()
        since = self.since.moment().astimezone(UTC) if self.later.isChecked() else None
        until = self.until.moment().astimezone(UTC) if self.ends.isChecked() else None
        substitute: AgentId | None = self.substitute.currentData()
        noted = self._about.absence
        if since is None and noted is not None and noted.is_on(clock.now()):
            since = noted.since

        seen = (noted,) if noted is not None else ()

        def save(desk: Desk) -> Absence:
            return desk.absences.away(
                who,
                since=since,
                until=until,
                substitute=substitute,
                reason=reason,
                seen=None if anyway else seen,
            )

        mine = Absence(who, since or clock.now(), until, substitute, reason)
        self._work.do(save, self._saved, lambda problem: self._not_saved(problem, mine), owner=self)

    def _not_saved(self, problem: Problem, mine: Absence) -> None:
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
            self.refused(problem)
            return
        who = mine.agent
        self._work.ask(
            lambda desk: (about(desk, who), desk.last_edits.of(Edited.ABSENCE, who)),
            lambda found: self._ask_both(mine, *found),
            self.refused,
            owner=self,
        )

    def _ask_both(self, mine: Absence, theirs: About, last: LastEdit | None) -> None:
        one = Difference(
            theirs.agent.name,
            self._told(theirs.absence),
            self._told(mine),
            self._told(self._about.absence),
        )
        asked = ask_both(self, one, last, lambda: self._save(anyway=True))
        asked.rejected.connect(self.reject)

    def _told(self, one: Absence | None) -> str:
        if one is None:
            return self.tr("not away")
        parts = [absence_words(one, clock.now())]
        if one.substitute is not None:
            instead = words(self.substitute, one.substitute)
            parts.append(self.tr("{name} stands in").replace("{name}", instead))
        return ", ".join([*parts, *filter(None, [one.reason])])

    def _back(self) -> None:
        who = self._about.agent.id
        self._work.do(lambda desk: desk.absences.back(who), self._saved, self.refused, owner=self)

    def _saved(self, _done: object) -> None:
        self.accept()


def _monday(now: datetime) -> datetime:
    """Next Monday morning."""
    day = now.date() + timedelta(days=7 - now.weekday())
    return datetime.combine(day, time(9)).astimezone()


def _tr(said: str) -> str:
    return QCoreApplication.translate("AwayDialog", said)
