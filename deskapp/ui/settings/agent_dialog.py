"""Adds or changes a member of staff."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.desk import Desk
from deskapp.domain.last_edits import About
from deskapp.domain.people import AgentRow
from deskapp.domain.staff_access import Access, NewColleague
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.work import Work

from .first_login import FirstLogin
from .invite_dialog import Invitation, invitation


class AgentDialog(FormDialog):
    """``saved`` carries the AgentRow and the name it had before ("" for a new one), ``invited``
    the Invitation of a new one who signs in with an own login."""

    saved = Signal(object, str)
    invited = Signal(object)

    def __init__(
        self,
        work: Work,
        row: AgentRow | None = None,
        parent: QWidget | None = None,
        access: Access = Access(),  # noqa: B008 - frozen
    ) -> None:
        title = _tr("Edit agent") if row else _tr("Add an agent")
        super().__init__(title, label_width=96, parent=parent)
        self._work, self.meanwhile = work, Meanwhile(work, row, self)
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
        self._shapes = access.shapes
        self.active.setVisible(row is not None and self._shapes)
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Mail address"), self.email)
        self.fields.add(self.tr("Role"), self.role)
        self.fields.show_row(self.role, self._shapes)
        self.first = FirstLogin(self.fields, "", "") if not row and access.gives_logins else None
        if self.first is not None:
            for field in (self.name, self.email):
                field.textChanged.connect(self._called)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"), self.active)

    def newest(self, desk: Desk, row: AgentRow) -> Newest[AgentRow]:
        return Newest(desk.agents.get(row.id), desk.last_edits.of(About.AGENT, row.id))

    def standing(self, row: AgentRow) -> Mapping[QWidget, object]:
        return {
            self.name: row.name,
            self.email: row.email,
            self.role: row.role,
            self.active: row.active,
        }

    def save(self) -> None:
        row = self.meanwhile.row
        if row is None:
            self._add()
            return
        name, email = self.name.text(), self.email.text()
        # Of what is not theirs to change nothing is written, not even the same again.
        role = str(self.role.currentData()) if self._shapes else None
        active = self.active.isChecked() if self._shapes else None

        def save(desk: Desk) -> AgentRow:
            return desk.agents.edit(
                row.id, name=name, email=email, role=role, active=active, version=row.version
            )

        self._work.do(save, self._saved, self.meanwhile.refused, owner=self)

    def _add(self) -> None:
        role, first = str(self.role.currentData()), self.first
        new = NewColleague(self.name.text(), self.email.text(), role)
        if first is not None:
            if wrong := first.wrong():
                self.say(wrong)
                return
            new = replace(new, login=first.name(), password=first.password.text())

        def add(desk: Desk) -> tuple[AgentRow, Invitation | None]:
            who, password = desk.staff.hire(new)
            return desk.agents.get(who), invitation(desk, who, password) if new.login else None

        self._work.do(add, self._added, self.refused, owner=self)

    def _added(self, made: tuple[AgentRow, Invitation | None]) -> None:
        row, given = made
        self._saved(row)
        if given is not None:
            self.invited.emit(given)

    def _saved(self, row: AgentRow) -> None:
        before = self.meanwhile.row
        self.saved.emit(row, before.name if before else "")
        self.accept()

    def _called(self, _text: str) -> None:
        if self.first is not None:
            self.first.propose(self.name.text(), self.email.text())


def _tr(said: str) -> str:
    return QCoreApplication.translate("AgentDialog", said)
