"""The teams of the desk, and who is in each."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.people import AgentRow
from deskapp.domain.ticket_facts import TeamRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import ElidedLabel, no_mnemonic
from deskapp.ui.pieces.shared_form import SharedForm
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .cards_section import CardsSection

Shown = tuple[tuple[TeamRow, ...], tuple[AgentRow, ...]]


class TeamsSection(CardsSection):
    """A team is put away and not deleted: old tickets keep its name."""

    areas = frozenset({"teams", "agents"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Teams"),
            self.tr("Tickets can be given to a team. Who is in it finds them in the view My team."),
        )
        self._staff: tuple[AgentRow, ...] = ()
        self.lay_out_cards(self.tr("Add a team…"))

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self.show_failed, owner=self, topic="teams")

    def _came(self, shown: Shown) -> None:
        rows, staff = shown
        self._staff = tuple(agent for agent in staff if agent.active)
        cards = [_TeamCard(row, self) for row in rows if row.active]
        self.show_cards(cards, self.tr("There is no team yet."))

    def add_one(self) -> None:
        self.edit(None)

    def edit(self, row: TeamRow | None) -> None:
        """Opens the form for one, or for a new one."""
        dialog = TeamDialog(self.work, row, self._staff, self)
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


class TeamDialog(SharedForm[TeamRow]):
    """The name of a team, and who is in it. Accepted when it is stored."""

    def __init__(
        self,
        work: Work,
        row: TeamRow | None,
        staff: tuple[AgentRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        title = _tr("Edit team") if row else _tr("Add a team")
        super().__init__(work, row, title, 96, parent)
        self.name = form.line(row.name if row else "")
        self.fields.add(self.tr("Name"), self.name)
        holder = QWidget()
        boxes = QVBoxLayout(holder)
        boxes.setContentsMargins(0, 4, 0, 0)
        self.members = {}
        for agent in staff:
            box = QCheckBox(no_mnemonic(agent.name))
            box.setChecked(row is not None and agent.name in row.members)
            self.members[agent.id] = box
            boxes.addWidget(box)
        hint = self.tr("Each is in one team: who is chosen here leaves another.")
        self.fields.add(self.tr("Members"), holder, hint if staff else self.tr("Nobody yet."))
        self.away = QCheckBox(self.tr("Offer it no more"))
        self.away.setVisible(row is not None)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"), self.away)

    def newest(self, desk: Desk, row: TeamRow) -> TeamRow:
        return next(one for one in desk.teams.list() if one.id == row.id)  # none is ever deleted

    def standing(self, row: TeamRow) -> Mapping[QWidget, object]:
        boxes: dict[QWidget, object] = {box: _is_in(row, box) for box in self.members.values()}
        return {self.name: row.name, self.away: not row.active, **boxes}

    def save(self) -> None:
        row, name, away = self._row, self.name.text(), self.away.isChecked()
        wanted = {agent for agent, box in self.members.items() if box.isChecked()}
        was = set() if row is None else {a for a, b in self.members.items() if _is_in(row, b)}

        def save(desk: Desk) -> None:
            one = desk.teams.add(name) if row is None else row.id
            if row is not None and name != row.name:
                desk.teams.rename(one, name, row.name)
            for agent in wanted - was:
                desk.teams.join(agent, one)
            for agent in was - wanted:
                desk.teams.leave(agent, one)
            if away:
                desk.teams.put_away(one)

        self._work.do(save, self._saved, self.refused, owner=self)

    def _saved(self, _nothing: None) -> None:
        self.accept()


def _is_in(row: TeamRow, box: QCheckBox) -> bool:
    return box.text().replace("&&", "&") in row.members


def _tr(said: str) -> str:
    return QCoreApplication.translate("TeamDialog", said)
