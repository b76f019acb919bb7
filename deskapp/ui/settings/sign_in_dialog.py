"""How a colleague signs in on a team desk: a login for who has none, another first password or the
link for who has one."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.people import AgentRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import Work

from .first_login import FirstLogin
from .invite_dialog import Invitation, invitation


class SignInDialog(FormDialog):
    """``given`` carries the Invitation; the dialog is over then."""

    given = Signal(object)

    def __init__(self, work: Work, row: AgentRow, parent: QWidget | None = None) -> None:
        title = _tr("How {name} signs in").replace("{name}", row.name)
        super().__init__(title, label_width=112, parent=parent)
        self._work, self._row = work, row
        self.first = FirstLogin(self.fields, row.name, row.email) if not row.login else None
        if self.first is not None:
            self.lay_out(push_button(self.tr("Give this login"), self.add, kind="primary"))
            return
        login = form.line(row.login)
        login.setReadOnly(True)
        said = self.tr("Nobody’s login is changed. Who lost the password is given another one.")
        self.fields.add(self.tr("Login"), login)
        self.fields.add_wide(label(said, tone="muted", size="small", wrap=True))
        anew = push_button(self.tr("New first password"), self.renew, kind="primary")
        self.lay_out(anew, push_button(self.tr("Only the link"), self.only_link))

    def add(self) -> None:
        """Gives them what stands in the fields."""
        if self.first is None or (wrong := self.first.wrong()):
            self.say(wrong if self.first is not None else "")
            return
        who, login, password = self._row.id, self.first.name(), self.first.password.text()
        self._run(lambda desk: invitation(desk, who, desk.staff.add(who, login, password)))

    def renew(self) -> None:
        """Another password; the one they had is over."""
        who = self._row.id
        self._run(lambda desk: invitation(desk, who, desk.staff.password(who)))

    def only_link(self) -> None:
        """For another computer of somebody who knows their password."""
        who = self._row.id
        self._work.ask(
            lambda desk: invitation(desk, who), self._given_out, self.refused, owner=self
        )

    def _run(self, job: Callable[[Desk], Invitation]) -> None:
        self._work.do(job, self._given_out, self.refused, owner=self)

    def _given_out(self, made: Invitation) -> None:
        self.given.emit(made)
        self.accept()


def _tr(said: str) -> str:
    return QCoreApplication.translate("SignInDialog", said)
