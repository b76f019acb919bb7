"""Adds or changes a mailbox: the same form and the same test as at the first start."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.mailboxes import MailboxRow, MailboxSettings
from deskapp.domain.problem import Problem
from deskapp.ui.outside import Outside
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.setup.mailbox_form import MailboxForm
from deskapp.ui.setup.no_keyring import no_keyring_words
from deskapp.ui.setup.passwords import Passwords
from deskapp.ui.work import Work

from .tested_foot import FootWithTest


class MailboxDialog(QDialog):
    """Saves the settings in the desk and the passwords in the keyring. ``saved``: the address."""

    saved = Signal(str)

    def __init__(
        self,
        work: Work,
        outside: Outside,
        row: MailboxRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._row = work, row
        self.setWindowTitle(self.tr("Edit mailbox") if row else self.tr("Add a mailbox"))
        self.setMinimumSize(560, 420)
        self.resize(720, 620)
        self.form = MailboxForm(outside, row.settings if row else None)
        self.form.tested.connect(self._tested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if not outside.secrets.lasting:
            said = label(no_keyring_words(), tone="muted", wrap=True)
            said.setContentsMargins(24, 16, 24, 0)
            column.addWidget(said)
        column.addWidget(Scrolled(self.form, margins=(24, 20, 24, 20), follows_growth=True), 1)
        known = row is not None
        self.foot = FootWithTest(
            self.tr("Save without the test") if known else self.tr("Add without the test"),
            known=known,
            cancel=self.reject,
            save=self._save,
            test=self._test,
        )
        column.addWidget(self.foot)

    def _test(self) -> None:
        self.form.test()
        self.foot.show_testing(self.form.testing)

    def _tested(self, well: bool) -> None:
        self.foot.show_testing(False)
        if well:
            self._save()
        else:
            self.foot.untested.show()

    def _save(self) -> None:
        try:
            settings = self.form.settings()
        except Problem as problem:
            self.form.show_problem(problem)
            return
        row, passwords = self._row, self.form.passwords()
        self._work.do(
            lambda desk: _save(desk, row, settings, passwords),
            self._saved,
            self.form.show_problem,
            owner=self,
        )

    def _saved(self, address: str) -> None:
        self.saved.emit(address)
        self.accept()

    def done(self, result: int) -> None:
        self.form.stop()
        super().done(result)


def _save(
    desk: Desk, row: MailboxRow | None, settings: MailboxSettings, passwords: Passwords
) -> str:
    """In a lane. The desk goes first: a mailbox that is refused must not change a password."""
    if row is None:
        desk.mailboxes.add(settings)
    else:
        desk.mailboxes.update(row.id, settings, row.settings)
    passwords.keep()
    return settings.address
