"""Adds or changes a member of staff."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.desk import Desk
from deskapp.domain.people import AgentRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.shared_form import SharedForm
from deskapp.ui.work import Work


class AgentDialog(SharedForm[AgentRow]):
    """``saved`` carries the AgentRow and the name it had before ("" for a new one)."""

    saved = Signal(object, str)

    def __init__(
        self, work: Work, row: AgentRow | None = None, parent: QWidget | None = None
    ) -> None:
        title = _tr("Edit agent") if row else _tr("Add an agent")
        super().__init__(work, row, title, 96, parent)
        self.name = form.line(row.name if row else "")
        self.email = form.line(row.email if row else "", placeholder="anna@example.com")
        self.role = form.choice(
            (
                (self.tr("Agent"), "agent"),
                (self.tr("Lead"), "lead"),
                (self.tr("Admin"), "admin"),
                (self.tr("Junior"), "junior"),
            ),
            row.role if row else "agent",
        )
        self.active = QCheckBox(self.tr("Works here"))
        self.active.setChecked(row.active if row else True)
        self.active.setVisible(row is not None)
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Mail address"), self.email)
        self.fields.add(self.tr("Role"), self.role)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"), self.active)

    def newest(self, desk: Desk, row: AgentRow) -> AgentRow:
        return desk.agents.get(row.id)

    def standing(self, row: AgentRow) -> Mapping[QWidget, object]:
        return {
            self.name: row.name,
            self.email: row.email,
            self.role: row.role,
            self.active: row.active,
        }

    def save(self) -> None:
        row = self._row
        name, email = self.name.text(), self.email.text()
        role, active = str(self.role.currentData()), self.active.isChecked()

        def save(desk: Desk) -> AgentRow:
            if row is None:
                return desk.agents.get(desk.agents.add(name, email, role))
            return desk.agents.edit(
                row.id, name=name, email=email, role=role, active=active, version=row.version
            )

        self._work.do(save, self._saved, self.refused, owner=self)

    def _saved(self, row: AgentRow) -> None:
        self.saved.emit(row, self._row.name if self._row else "")
        self.accept()


def _tr(said: str) -> str:
    return QCoreApplication.translate("AgentDialog", said)
