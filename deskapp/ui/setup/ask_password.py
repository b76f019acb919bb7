"""Asks at a start for passwords and keys that nothing keeps: for each mailbox and each shop."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from deskapp.domain.order_sources import SECRETS, SourceSettings, checked_secret
from deskapp.domain.problem import Problem
from deskapp.secrets import SecretStore, keep_source_secret
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.settings.source_words import part_words

from .no_keyring import no_keyring_words

_MOST_IN_SIGHT = 8  # fields; more are scrolled


class AskPassword(QDialog):
    """Puts what is typed into ``secrets``; a field left empty leaves its mailbox or shop waiting.

    ``sources``: each by the name under which its key is kept.
    """

    def __init__(
        self,
        mailboxes: Sequence[str],
        secrets: SecretStore,
        parent: QWidget | None = None,
        sources: Sequence[tuple[str, SourceSettings]] = (),
    ) -> None:
        super().__init__(parent)
        self._secrets, self._sources = secrets, sources
        self.setWindowTitle(
            self.tr("Passwords and keys") if sources else self.tr("Passwords of the mailboxes")
        )
        self.setMinimumWidth(480)
        self.fields: dict[str, QLineEdit] = {}
        fields = form.Form()
        for address in mailboxes:
            field = form.line(secret=True)
            field.setAccessibleName(self.tr("Password of {address}").replace("{address}", address))
            self.fields[address] = field
            fields.add(address, field)
        self.keys: dict[tuple[str, str], QLineEdit] = {}
        for owner, settings in sources:
            self._add_source(fields, owner, settings)
        said = ""
        if mailboxes:
            said = self.tr("Mail is fetched and replies leave once the password is here.")
        if sources:
            said += " " + self.tr("Orders are read from a shop once its key is here.")
        if not secrets.lasting:
            said += " " + no_keyring_words()
        self._told = label(tone="bad", wrap=True)
        self._told.hide()
        self.later = push_button(self.tr("Not now"), self.reject)
        go_on = self.tr("Fetch mail") if mailboxes else self.tr("Read orders")
        self.go_on = push_button(go_on, self._keep, kind="primary")
        self.go_on.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(said.strip(), tone="muted", wrap=True))
        if len(self.fields) + len(self.keys) > _MOST_IN_SIGHT:
            self.resize(560, 620)
            column.addWidget(Scrolled(fields, margins=(0, 0, 8, 0)), 1)
        else:
            column.addWidget(fields)
        column.addWidget(self._told)
        column.addLayout(buttons)

    def _add_source(self, fields: form.Form, owner: str, settings: SourceSettings) -> None:
        fields.add_wide(label(settings.name, size="strong"))
        for part in SECRETS[settings.sign_in]:
            field = form.line(secret=True)
            field.setAccessibleName(f"{settings.name}: {part_words(part)}")
            self.keys[owner, part] = field
            fields.add(part_words(part), field)

    def _keep_keys(self) -> None:
        for owner, settings in self._sources:
            parts = {part: self.keys[owner, part].text() for part in SECRETS[settings.sign_in]}
            if any(parts.values()):
                secret = checked_secret(settings.sign_in, parts)
                keep_source_secret(self._secrets, owner, settings, secret)

    def _keep(self) -> None:
        try:
            self._keep_keys()
            for address, field in self.fields.items():
                for what in ("imap", "smtp") if field.text() else ():
                    self._secrets.set(address, what, field.text())
        except Problem as problem:
            self._told.setText(explain(problem).in_one())
            self._told.show()
            form.make_room(self)
            return
        self.accept()
