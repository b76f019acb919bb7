"""Whom a ticket can be given to: who is there is marked, who is away says until when."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from deskapp.domain.assigning import Absence, stands_in_for
from deskapp.domain.ids import AgentId
from deskapp.domain.people import AgentRow
from deskapp.ui.assigned_words import absence_words
from deskapp.ui.icons import icon
from deskapp.ui.pieces.labels import no_mnemonic


class AssignMenu(QMenu):
    """``chosen`` carries the AgentId, or None for nobody."""

    chosen = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setTitle(self.tr("Assign to"))
        self._agents: Sequence[AgentRow] = ()
        self._me: AgentId | None = None
        self._absences: Mapping[AgentId, Absence] = {}
        self._present: frozenset[AgentId] = frozenset()
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._chosen)

    def know(
        self,
        agents: Sequence[AgentRow],
        me: AgentId | None,
        absences: Sequence[Absence],
        present: frozenset[AgentId],
    ) -> None:
        """Who works here, who is away or will be, and who has the desk open."""
        self._agents, self._me, self._present = agents, me, present
        self._absences = {one.agent: one for one in absences}
        if self.isVisible():
            self.fill()

    def fill(self) -> None:
        """Oneself first."""
        self.clear()
        now = datetime.now(UTC)
        for agent in sorted(self._agents, key=lambda one: one.id != self._me):
            name = agent.name
            if agent.id == self._me:
                name = self.tr("Me ({name})").replace("{name}", name)
            absence = self._absences.get(agent.id)
            said = "" if absence is None else absence_words(absence, now)
            if not said and agent.id in self._present and agent.id != self._me:
                said = self.tr("here now")
            action = self.addAction(no_mnemonic(name) + (f"\t{said}" if said else ""))
            action.setData(agent.id)
            if absence is not None and absence.is_on(now):
                action.setIcon(icon("clock", "warn"))
            elif agent.id in self._present:
                action.setIcon(icon("done", "good"))
        self.addSeparator()
        self.addAction(self.tr("Nobody")).setData(None)

    def _chosen(self, action: QAction) -> None:
        who = action.data()
        absence = self._absences.get(who) if who is not None else None
        if absence is not None and who != self._me and absence.is_on(datetime.now(UTC)):
            self._ask(absence)
        else:
            self.chosen.emit(who)

    def _ask(self, absence: Absence) -> None:
        """They are away: to whoever stands in, to them all the same, or not at all."""
        now = datetime.now(UTC)
        names = {agent.id: agent.name for agent in self._agents}
        away = {who: one for who, one in self._absences.items() if one.is_on(now)}
        instead = stands_in_for(absence.agent, away, names.keys())
        name = names.get(absence.agent, "")
        box = QMessageBox(self.parentWidget())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a name or a reason is never HTML
        box.setWindowTitle(self.tr("{name} is away").replace("{name}", name))
        said = f"{name}: {absence_words(absence, now)}. {absence.reason}".strip()
        box.setText(said)
        rest = self.tr("Nobody stands in: they find it when they are back.")
        if instead is not None:
            rest = self.tr("{name} stands in and would see it meanwhile.")
            rest = rest.replace("{name}", names[instead])
        box.setInformativeText(rest)
        role = QMessageBox.ButtonRole
        if instead is not None:
            to = self.tr("Assign to {name}").replace("{name}", names[instead])
            box.setDefaultButton(box.addButton(no_mnemonic(to), role.AcceptRole))
            box.buttons()[0].clicked.connect(lambda: self.chosen.emit(instead))
        anyway = self.tr("Assign to {name} anyway").replace("{name}", name)
        button = box.addButton(no_mnemonic(anyway), role.ActionRole)
        button.clicked.connect(lambda: self.chosen.emit(absence.agent))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.open()
