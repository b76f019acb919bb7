"""Adds or changes a mailbox: the same form and the same test as at the first start."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.mailboxes import MailboxRow, MailboxSettings
from deskapp.domain.problem import Problem
from deskapp.ui.outside import Outside
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.setup.mailbox_form import MailboxForm
from deskapp.ui.setup.no_keyring import no_keyring_words
from deskapp.ui.setup.passwords import Passwords
from deskapp.ui.work import Work


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
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        known = self._row is not None
        self.cancel = push_button(self.tr("Cancel"), self.reject)
        self.untested = push_button(
            self.tr("Save without the test") if known else self.tr("Add without the test"),
            self._save,
        )
        self.test = push_button("", self._test, kind="primary")
        self.test.setDefault(True)
        self.untested.setVisible(known)
        foot = QWidget()
        foot.setProperty("role", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.untested)
        row.addWidget(self.test)
        self._show_state(busy=False)
        return foot

    def _show_state(self, *, busy: bool) -> None:
        ready = self.tr("Test and save") if self._row else self.tr("Test and add")
        self.test.setText(self.tr("Testing…") if busy else ready)
        self.test.setEnabled(not busy)

    def _test(self) -> None:
        self.form.test()
        self._show_state(busy=self.form.testing)

    def _tested(self, well: bool) -> None:
        self._show_state(busy=False)
        if well:
            self._save()
        else:
            self.untested.show()

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
        desk.mailboxes.update(row.id, settings)
    passwords.keep()
    return settings.address
