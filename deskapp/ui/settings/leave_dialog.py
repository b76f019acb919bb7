"""Somebody leaves the team: what they have in hand, who gets it, and their access ends."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import AgentId
from deskapp.domain.leaving import NOBODY, Heir, Left
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem
from deskapp.domain.ticket_facts import TeamRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import Work


@dataclass(frozen=True, slots=True)
class InHand:
    """Who leaves, what they have, and who could get it."""

    row: AgentRow
    left: Left
    others: tuple[AgentRow, ...]
    teams: tuple[TeamRow, ...]


def in_hand(desk: Desk, who: AgentId) -> InHand:
    """In a lane. Raises Problem INVALID (what "last_admin", "leave_self", "admin_only")."""
    left = desk.staff.leave(who, dry=True)
    others = tuple(one for one in desk.agents.list() if one.active and one.id != who)
    teams = tuple(one for one in desk.teams.list() if one.active)
    return InHand(desk.agents.get(who), left, others, teams)


class LeaveDialog(FormDialog):
    """``ended`` carries the Left of what was really done, and to whom by name ("" for nobody)."""

    ended = Signal(object, str)

    def __init__(self, work: Work, told: InHand, parent: QWidget | None = None) -> None:
        title = _tr("{name} leaves the team").replace("{name}", told.row.name)
        super().__init__(title, label_width=112, least_width=520, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work, self._told = work, told
        self.counts = label("\n".join(self._lines(told.left)), wrap=True)
        self.to = form.choice(
            [
                (self.tr("Nobody: they wait under Unassigned"), NOBODY),
                *((one.name, Heir(agent=one.id)) for one in told.others),
                *((self._team_words(one), Heir(team=one.id)) for one in told.teams),
            ]
        )
        self.fields.add_wide(self.counts)
        self.fields.add(self.tr("Tickets go to"), self.to)
        self.fields.add_wide(label(self._ends_words(), tone="muted", size="small", wrap=True))
        self.lay_out(push_button(self.tr("End access"), self.end, kind="danger"))

    def end(self) -> None:
        """All of it at once, or nothing."""
        who, heir = self._told.row.id, self.to.currentData()
        self._primary.setEnabled(False)
        self._work.do(
            lambda desk: desk.staff.leave(who, heir), self._ended, self._not_ended, owner=self
        )

    def _ended(self, left: Left) -> None:
        nobody = self.to.currentData() == NOBODY
        self.ended.emit(left, "" if nobody else self.to.currentText())
        self.accept()

    def _not_ended(self, problem: Problem) -> None:
        self._primary.setEnabled(True)
        self.refused(problem)

    def _team_words(self, one: TeamRow) -> str:
        return self.tr("Team {name}").replace("{name}", one.name)

    def _lines(self, left: Left) -> list[str]:
        more = (
            (left.snoozed, self.tr("%n of them put aside", "", left.snoozed)),
            (left.promised, self.tr("%n of them with a call to make", "", left.promised)),
            (left.drafts, self.tr("%n draft(s), which stay on their tickets", "", left.drafts)),
            (left.waiting, self.tr("%n answer(s) waiting for approval", "", left.waiting)),
            (left.queued, self.tr("%n mail(s) on the way out, which still leave", "", left.queued)),
            (left.followed, self.tr("%n ticket(s) followed", "", left.followed)),
            (
                left.substitute_for,
                self.tr("stands in for %n colleague(s)", "", left.substitute_for),
            ),
        )
        tickets = self.tr("%n open ticket(s)", "", left.tickets)
        return [tickets, *(words for number, words in more if number)]

    def _ends_words(self) -> str:
        if self._told.left.login:
            said = self.tr(
                "The login {login} ends now, and so do its open windows. Whom they stood in for "
                "has the new person to stand in. What they wrote keeps their name."
            )
            return said.replace("{login}", self._told.left.login)
        return self.tr(
            "Nothing is assigned to them any more. Whom they stood in for has the new person to "
            "stand in. What they wrote keeps their name."
        )


def _tr(said: str) -> str:
    return QCoreApplication.translate("LeaveDialog", said)
