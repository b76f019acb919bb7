"""Handing a ticket over: to whom, what was tried, what is needed, by when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.domain.handing_over import Department, HandOver, ToTeam
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.mail import Address
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TeamRow
from deskapp.domain.tickets import TicketRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.optional_day import OptionalDay
from deskapp.ui.work import Work

if TYPE_CHECKING:
    from deskapp.desk import Desk

_LAST_OF_A_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed in a window that was closed again; the next one on the ticket has it."""

    needed: str
    tried: str


@dataclass(frozen=True, slots=True)
class _Known:
    row: TicketRow
    teams: tuple[TeamRow, ...]
    departments: tuple[Department, ...]
    agents: tuple[AgentRow, ...]


class HandOverDialog(FormDialog):
    """``handed``: it is done. ``left`` carries what was typed when nothing came of it (Begun)."""

    handed = Signal()
    left = Signal(object)

    def __init__(
        self,
        ticket: TicketId,
        work: Work,
        parent: QWidget,
        begun: Begun | None = None,
        *,
        undo_seconds: int = 15,
    ) -> None:
        """``undo_seconds``: how long a mail to a department waits, to be taken back."""
        super().__init__("", label_width=116, least_width=560, parent=parent)
        self.setWindowTitle(self.tr("Hand over"))
        self._ticket, self._work, self._undo_seconds = ticket, work, undo_seconds
        self._known: _Known | None = None
        begun = begun or Begun("", "")
        self.to = form.choice(())
        self.address = form.line(placeholder=self.tr("Mail address"))
        self.name = form.line(placeholder=self.tr("Name, to find it again"))
        self.who = form.choice(())
        self.needed = form.paragraph(begun.needed, lines=3)
        self.tried = form.paragraph(begun.tried, lines=3)
        names = self.tr("Needed by a day"), self.tr("Day it is needed")
        self.by = OptionalDay(self.tr("By"), names, datetime.now().astimezone().date())
        self.whole = QCheckBox(self.tr("The whole conversation and its files below the mail"))
        self.whole.setChecked(True)
        self.hint = label(tone="muted", size="small", wrap=True)
        self.fields.add(self.tr("To"), self.to)
        self.fields.add(self.tr("Address"), self.address)
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Who there"), self.who)
        self.fields.add(self.tr("What is needed"), self.needed)
        self.fields.add(self.tr("What was tried"), self.tried)
        self.fields.add(self.tr("When"), self.by)
        self.fields.add("", self.whole)
        self.fields.add_wide(self.hint)
        self.send = push_button(self.tr("Hand over"), self._hand_over, kind="primary")
        self.send.setEnabled(False)
        self.lay_out(self.send)
        self.to.currentIndexChanged.connect(self._chosen)
        self._chosen()
        self._read()
        self.needed.setFocus()

    def reject(self) -> None:
        """What was typed is kept for the next time on this ticket."""
        self.left.emit(Begun(self.needed.toPlainText(), self.tried.toPlainText()))
        super().reject()

    def _read(self) -> None:
        ticket = self._ticket

        def known(desk: "Desk") -> _Known:
            return _Known(
                desk.tickets.row(ticket),
                tuple(team for team in desk.teams.list() if team.active),
                desk.hand_overs.departments(),
                tuple(agent for agent in desk.agents.list() if agent.active),
            )

        self._work.ask(known, self._came, self.refused, owner=self, topic="known")

    def _came(self, known: _Known) -> None:
        first = self._known is None
        self._known = known
        self.send.setEnabled(True)
        if not first:
            return
        for team in known.teams:
            if team.id != known.row.team_id:
                self.to.addItem(self.tr("Team {name}").replace("{name}", team.name), team)
        for one in known.departments:
            self.to.addItem(one.shown, one)
        self.to.addItem(self.tr("Somebody without a seat, by mail…"), None)
        self._chosen()

    def _chosen(self) -> None:
        to = self.to.currentData()
        team = isinstance(to, TeamRow)
        unknown = self.to.count() > 0 and to is None
        for field, shown in (
            (self.address, unknown),
            (self.name, unknown),
            (self.who, team),
            (self.whole, not team),
        ):
            self.fields.show_row(field, shown)
        if team:
            self._fill_members(to)
            said = self.tr("The team gets the ticket, this as a note, and a notice.")
            self.send.setText(self.tr("Hand over"))
        else:
            said = self.tr(
                "A mail of its own: the customer sees neither it nor the answer. The ticket is on "
                "hold until they answer, which comes back to it."
            )
            self.send.setText(self.tr("Send and hand over"))
        self.hint.setText(said)
        form.make_room(self)

    def _fill_members(self, team: TeamRow) -> None:
        agents: Sequence[AgentRow] = self._known.agents if self._known is not None else ()
        self.who.clear()
        self.who.addItem(self.tr("Whoever takes it"), None)
        for agent in agents:
            if agent.name in team.members:
                self.who.addItem(agent.name, agent.id)

    def _given(self) -> HandOver:
        day = self.by.value()
        due = None if day is None else datetime.combine(day, _LAST_OF_A_DAY).astimezone(UTC)
        return HandOver(self.needed.toPlainText(), self.tried.toPlainText(), due)

    def _hand_over(self) -> None:
        if self._known is None:
            return
        if not self.needed.toPlainText().strip():
            self.say(self.tr("Write what is needed."))
            self.needed.setFocus()
            return
        self.send.setEnabled(False)
        self._work.do(self._job(), self._done, self._failed, owner=self)

    def _job(self) -> "Callable[[Desk], object]":
        to, given, ticket = self.to.currentData(), self._given(), self._ticket
        assert self._known is not None
        version = self._known.row.version
        if isinstance(to, TeamRow):
            who: AgentId | None = self.who.currentData()
            return lambda desk: desk.hand_overs.to_team(ticket, ToTeam(to.id, who), given, version)
        person = Address(self.name.text().strip(), self.address.text().strip())
        if isinstance(to, Department):
            person = Address(to.name, to.address)
        whole, delay = self.whole.isChecked(), timedelta(seconds=self._undo_seconds)
        return lambda desk: desk.hand_overs.to_department(
            ticket, person, given, whole=whole, version=version, delay=delay
        )

    def _done(self, _what: object) -> None:
        self.accept()
        self.handed.emit()

    def _failed(self, problem: Problem) -> None:
        self.refused(problem)
        if problem.kind is ProblemKind.CHANGED_MEANWHILE:
            self._read()  # what is new was said; pressed again it is meant
        else:
            self.send.setEnabled(True)
