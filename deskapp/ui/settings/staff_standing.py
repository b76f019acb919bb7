"""Below the agents: who may add and end people here, or what is missing for that."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.staff_access import Access, Sign
from deskapp.ui.announce import announce
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.theme import theme


class StaffStanding(QWidget):
    """Hidden where there is nothing to say: on a desk in a file, and for an admin who may all."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label(tone="muted", wrap=True, selectable=True)
        self.command = form.line(name=self.tr("What the database’s owner runs"))
        self.command.setReadOnly(True)
        self.command.setFont(theme().fonts.fixed())
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.command, 1)
        copy = push_button(self.tr("Copy"), self._copy)
        copy.setAccessibleName(self.tr("Copy what the database’s owner runs"))
        line.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self._line)
        self.hide()

    def show_for(self, access: Access, admins: Sequence[str]) -> None:
        """``admins``: by name, who may do what is not this person's to do."""
        command = access.set_up or (access.grant if access.shapes else "")
        self.words.setText(self._said(access, admins))
        self.command.setText(command)
        self.command.setCursorPosition(0)
        self._line.setVisible(bool(command))
        self.setVisible(bool(self.words.text()))

    def _said(self, access: Access, admins: Sequence[str]) -> str:
        if access.sign is Sign.SHARED:
            return self.tr(
                "Everybody here uses one login of the database, so everybody may do everything. "
                "To give each person their own, the database’s owner runs this once:"
            )
        if access.sign is Sign.OWN and not access.shapes:
            if not admins:
                return self.tr("Only an admin adds people, changes roles and ends access.")
            said = self.tr("Only an admin adds people, changes roles and ends access: {names}.")
            return said.replace("{names}", ", ".join(admins))
        if access.grant:
            return self.tr(
                "Logins cannot be given here: the desk’s owner may not make any. The server’s "
                "administrator runs this in PostgreSQL:"
            )
        return ""

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        announce(self, self.tr("Copied"))
