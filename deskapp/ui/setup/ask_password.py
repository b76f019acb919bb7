"""Asks for passwords at a start where none is kept: one field for each mailbox."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem
from deskapp.secrets import SecretStore
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label

from .no_keyring import no_keyring_words


class AskPassword(QDialog):
    """Puts what is typed into ``secrets``; a field left empty leaves its mailbox waiting."""

    def __init__(
        self, mailboxes: Sequence[str], secrets: SecretStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._secrets = secrets
        self.setWindowTitle(self.tr("Passwords of the mailboxes"))
        self.setMinimumWidth(480)
        self.fields: dict[str, QLineEdit] = {}
        fields = form.Form()
        for address in mailboxes:
            field = form.line(secret=True)
            field.setAccessibleName(self.tr("Password of {address}").replace("{address}", address))
            self.fields[address] = field
            fields.add(address, field)
        said = self.tr("Mail is fetched and replies leave once the password is here.")
        if not secrets.lasting:
            said += " " + no_keyring_words()
        self._told = label(tone="bad", wrap=True)
        self._told.hide()
        self.later = push_button(self.tr("Not now"), self.reject)
        self.go_on = push_button(self.tr("Fetch mail"), self._keep, kind="primary")
        self.go_on.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(said, tone="muted", wrap=True))
        column.addWidget(fields)
        column.addWidget(self._told)
        column.addLayout(buttons)

    def _keep(self) -> None:
        try:
            for address, field in self.fields.items():
                for what in ("imap", "smtp") if field.text() else ():
                    self._secrets.set(address, what, field.text())
        except Problem as problem:
            self._told.setText(explain(problem).in_one())
            self._told.show()
            form.make_room(self)
            return
        self.accept()
