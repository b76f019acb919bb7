"""Adds or changes a member of staff."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import Work


class AgentDialog(QDialog):
    """``saved`` carries the AgentRow and the name it had before ("" for a new one)."""

    saved = Signal(object, str)

    def __init__(
        self, work: Work, row: AgentRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._row = work, row
        self.setWindowTitle(self.tr("Edit agent") if row else self.tr("Add an agent"))
        self.setMinimumWidth(440)
        self.name = form.line(row.name if row else "")
        self.email = form.line(row.email if row else "", placeholder="anna@example.com")
        self.role = form.choice(
            ((self.tr("Agent"), "agent"), (self.tr("Admin"), "admin")), row.role if row else "agent"
        )
        self.active = QCheckBox(self.tr("Works here"))
        self.active.setChecked(row.active if row else True)
        self.active.setVisible(row is not None)
        fields = form.Form(96)
        fields.add(self.tr("Name"), self.name)
        fields.add(self.tr("Mail address"), self.email)
        fields.add(self.tr("Role"), self.role)
        self._told = label(tone="bad", wrap=True)
        self._told.hide()
        self.save = push_button(self.tr("Save"), self._save, kind="primary")
        self.save.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.active)
        buttons.addStretch(1)
        buttons.addWidget(push_button(self.tr("Cancel"), self.reject))
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(fields)
        column.addWidget(self._told)
        column.addLayout(buttons)

    def _save(self) -> None:
        row = self._row
        name, email = self.name.text(), self.email.text()
        role, active = str(self.role.currentData()), self.active.isChecked()

        def save(desk: Desk) -> AgentRow:
            if row is None:
                return desk.agents.get(desk.agents.add(name, email, role))
            return desk.agents.edit(
                row.id, name=name, email=email, role=role, active=active, version=row.version
            )

        self._work.do(save, self._saved, self._refused, owner=self)

    def _saved(self, row: AgentRow) -> None:
        self.saved.emit(row, self._row.name if self._row else "")
        self.accept()

    def _refused(self, problem: Problem) -> None:
        told = explain(problem)
        self._told.setText(f"{told.happened} {told.todo}")
        self._told.show()
        form.make_room(self)
