"""The mailboxes of the desk: each with its completeness, and the mail that is held."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QVBoxLayout

from deskapp.desk import Desk
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.problem import Problem
from deskapp.secrets import SecretStore
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label
from deskapp.ui.setup.no_keyring import no_keyring_words
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .held_dialog import HeldDialog
from .mailbox_card import MailboxCard
from .mailbox_dialog import MailboxDialog
from .section import Section, side_by_side


class MailboxesSection(Section):
    """Read again whenever the ledger or a mailbox changes while it is shown."""

    areas = frozenset({"mailboxes", "ledger"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Mailboxes"),
            self.tr("Mail is copied from the server into the desk. Nothing is deleted there."),
        )
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.add = push_button(self.tr("Add a mailbox…"), self.add_mailbox, kind="primary")
        self.held = push_button("", self._show_held)
        self.held.hide()
        if not shell.outside.secrets.lasting:
            self.column.addWidget(label(no_keyring_words(), tone="muted", wrap=True))
        self.column.addLayout(self._cards)
        self.column.addWidget(side_by_side(self.add, self.held))
        self.column.addStretch(1)

    def read_again(self) -> None:
        self.work.ask(
            lambda desk: desk.mailboxes.list(),
            self._came,
            self._failed,
            owner=self,
            topic="mailboxes",
        )

    def add_mailbox(self) -> None:
        """Opens the form for a new one."""
        self._open(None)

    def _came(self, rows: tuple[MailboxRow, ...]) -> None:
        clear(self._cards)
        if not rows:
            said = self.tr("No mailbox yet. Add the address that your customers write to.")
            self._cards.addWidget(label(said, wrap=True))
        for row in rows:
            card = MailboxCard(row)
            card.edit_wanted.connect(self._open)
            card.remove_wanted.connect(self._ask_remove)
            self._cards.addWidget(card)
        held = sum(row.held for row in rows)
        self.held.setText(self.tr("%n held mail(s)…", "", held))
        self.held.setVisible(bool(held))

    def _failed(self, problem: Problem) -> None:
        clear(self._cards)
        self._cards.addWidget(label(explain(problem).in_one(), tone="bad", wrap=True))
        again = push_button(self.tr("Try again"), self.read_again)
        self._cards.addWidget(side_by_side(again))

    def _open(self, row: MailboxRow | None) -> None:
        dialog = MailboxDialog(self.work, self.shell.outside, row, self)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, address: str) -> None:
        self.shell.outside.restart_engine()
        self.shell.tell(self.tr("Saved: {address}").replace("{address}", address))
        self.read_again()

    def _show_held(self) -> None:
        dialog = HeldDialog(self.work, self.shell, self)
        dialog.finished.connect(self.read_again)
        dialog.open()

    def _ask_remove(self, row: MailboxRow) -> None:
        address = row.settings.address
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove mailbox"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove {address}?").replace("{address}", address))
        box.setInformativeText(
            self.tr(
                "No more mail is fetched or sent for it. Its tickets and mails stay here, and "
                "nothing is deleted on the server. The password is forgotten."
            )
        )
        removes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is removes:
            self.remove(row)

    def remove(self, row: MailboxRow) -> None:
        """Removes it without a question."""
        secrets = self.shell.outside.secrets
        self.work.do(
            lambda desk: _remove(desk, row, secrets),
            self._removed,
            self.shell.trouble,
            owner=self,
        )

    def _removed(self, address: str) -> None:
        self.shell.outside.restart_engine()
        self.shell.tell(self.tr("Removed: {address}").replace("{address}", address))
        self.read_again()


def _remove(desk: Desk, row: MailboxRow, secrets: SecretStore) -> str:
    desk.mailboxes.remove(row.id)
    for what in ("imap", "smtp"):
        secrets.forget(row.settings.address, what)
    return row.settings.address
