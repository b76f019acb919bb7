"""The teams of the desk, and who is in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import AgentId, TeamId
from deskapp.domain.last_edits import About
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TeamRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import ElidedLabel, no_mnemonic
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .cards_section import CardsSection

Shown = tuple[tuple[TeamRow, ...], tuple[AgentRow, ...]]


@dataclass(frozen=True, slots=True)
class TeamSeen:
    """A team, and all of them: an agent who is in it is in no other."""

    row: TeamRow
    all: tuple[TeamRow, ...]


class TeamsSection(CardsSection):
    """A team is put away and not deleted: old tickets keep its name."""

    areas = frozenset({"teams", "agents"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Teams"),
            self.tr("Tickets can be given to a team. Who is in it finds them in the view My team."),
        )
        self._rows: tuple[TeamRow, ...] = ()
        self._staff: tuple[AgentRow, ...] = ()
        self.lay_out_cards(self.tr("Add a team…"))

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self.show_failed, owner=self, topic="teams")

    def _came(self, shown: Shown) -> None:
        self._rows, staff = shown
        self._staff = tuple(agent for agent in staff if agent.active)
        cards = [_TeamCard(row, self) for row in self._rows if row.active]
        self.show_cards(cards, self.tr("There is no team yet."))

    def add_one(self) -> None:
        self.edit(None)

    def edit(self, row: TeamRow | None) -> None:
        """Opens the form for one, or for a new one."""
        dialog = TeamDialog(self.work, row, self._rows, self._staff, self)
        dialog.accepted.connect(self.read_again)
        dialog.open()


def _shown(desk: Desk) -> Shown:
    return desk.teams.list(), desk.agents.list()


class _TeamCard(Card):
    def __init__(self, row: TeamRow, section: TeamsSection) -> None:
        super().__init__(parent=section)
        self._row, self._section = row, section
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 10, 12, 10)
        line.setSpacing(8)
        name = ElidedLabel(row.name, size="strong")
        members = ", ".join(row.members) or self.tr("nobody is in it")
        line.addWidget(name)
        line.addWidget(ElidedLabel(members, tone="muted"), 1)
        edit = push_button(self.tr("Edit…"), self._edit)
        edit.setAccessibleName(self.tr("Edit {name}").replace("{name}", row.name))
        line.addWidget(edit)

    def _edit(self) -> None:
        self._section.edit(self._row)


class TeamDialog(FormDialog):
    """The name of a team, and who is in it. Accepted when it is stored."""

    def __init__(
        self,
        work: Work,
        row: TeamRow | None,
        teams: tuple[TeamRow, ...],
        staff: tuple[AgentRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        title = _tr("Edit team") if row else _tr("Add a team")
        super().__init__(title, label_width=96, parent=parent)
        if row is not None:
            teams = (row, *(one for one in teams if one.id != row.id))
        seen = None if row is None else TeamSeen(row, teams)
        self._work, self._teams = work, teams
        self.meanwhile = Meanwhile(work, seen, self)
        self.name = form.line(row.name if row else "")
        self.fields.add(self.tr("Name"), self.name)
        holder = QWidget()
        boxes = QVBoxLayout(holder)
        boxes.setContentsMargins(0, 4, 0, 0)
        self.members = {}
        for agent in staff:
            box = MemberBox(agent.name, row.id if row else None, teams)
            self.members[agent.id] = box
            boxes.addWidget(box)
        hint = self.tr("Each is in one team: who is chosen here leaves another.")
        self.fields.add(self.tr("Members"), holder, hint if staff else self.tr("Nobody yet."))
        self.away = QCheckBox(self.tr("Offer it no more"))
        self.away.setVisible(row is not None)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"), self.away)

    def newest(self, desk: Desk, row: TeamSeen) -> Newest[TeamSeen]:
        teams = desk.teams.list()
        now = next(one for one in teams if one.id == row.row.id)  # none is ever deleted
        return Newest(TeamSeen(now, teams), desk.last_edits.of(About.TEAM, now.id))

    def standing(self, row: TeamSeen) -> Mapping[QWidget, object]:
        for box in self.members.values():
            box.names = {one.id: one.name for one in row.all}
        boxes: dict[QWidget, object] = {box: box.home_in(row.all) for box in self.members.values()}
        return {self.name: row.row.name, self.away: not row.row.active, **boxes}

    def save(self) -> None:
        seen, name, away = self.meanwhile.row, self.name.text(), self.away.isChecked()
        row, teams = (None, self._teams) if seen is None else (seen.row, seen.all)
        homes = {who: box.home_in(teams) for who, box in self.members.items()}
        ticked = {who for who, box in self.members.items() if box.isChecked()}

        def save(desk: Desk) -> None:
            if row is None:
                _refuse_moved(desk, self.members, {who: homes[who] for who in ticked})
            one = desk.teams.add(name) if row is None else row.id
            if row is not None and name != row.name:
                desk.teams.rename(one, name, row.name)
            for who, home in homes.items():
                if who in ticked and home != one:
                    desk.teams.join(who, one, (home,))
                elif who not in ticked and home == one:
                    desk.teams.leave(who, one)
            if away:
                desk.teams.put_away(one, row if row and name == row.name else None)

        self._work.do(save, self._saved, self.meanwhile.refused, owner=self)

    def refused(self, problem: Problem) -> None:
        """Of a new team the next Save means whom a colleague has moved, too."""
        super().refused(problem)
        if problem.details.get("what") == "team_member":
            self._work.ask(lambda desk: desk.teams.list(), self._look_again, owner=self)

    def _look_again(self, teams: tuple[TeamRow, ...]) -> None:
        self._teams = teams

    def _saved(self, _nothing: None) -> None:
        self.accept()


class MemberBox(QCheckBox):
    """Whether somebody is in the team of the form; what stands in it is the team they are in."""

    def __init__(self, name: str, of: TeamId | None, teams: tuple[TeamRow, ...]) -> None:
        super().__init__(no_mnemonic(name))
        self._name, self._of = name, of
        self.names: Mapping[object, str] = {row.id: row.name for row in teams}
        self._home = self.home_in(teams)
        self.setChecked(of is not None and self._home == of)

    def home_in(self, teams: tuple[TeamRow, ...]) -> TeamId | None:
        """The team they are in, by these rows."""
        return next((row.id for row in teams if self._name in row.members), None)

    def stated(self) -> object:
        if self.isChecked():
            return self._of
        return None if self._home == self._of else self._home

    def state(self, value: object) -> None:
        self._home = cast("TeamId | None", value)
        self.setChecked(self._of is not None and value == self._of)

    def stated_words(self, value: object) -> str:
        return self.names.get(value, self.tr("in no team"))


def _refuse_moved(
    desk: Desk, boxes: Mapping[AgentId, MemberBox], homes: Mapping[AgentId, TeamId | None]
) -> None:
    """Before a new team is made, which would stay behind without its members."""
    teams = desk.teams.list()
    for who, home in homes.items():
        if boxes[who].home_in(teams) != home:
            names = [row.name for row in teams if row.id == boxes[who].home_in(teams)]
            value = names[0] if names else ""
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="team_member", value=value)


def _tr(said: str) -> str:
    return QCoreApplication.translate("TeamDialog", said)
