"""Adds or changes a mailbox: the same form and the same test as at the first start."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.last_edits import About
from deskapp.domain.mailboxes import MailboxRow, MailboxSettings
from deskapp.domain.problem import Problem
from deskapp.ui.outside import Outside
from deskapp.ui.pieces.conflict import ConflictCard
from deskapp.ui.pieces.form import make_room
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.setup.mailbox_form import MailboxForm
from deskapp.ui.setup.no_keyring import no_keyring_words
from deskapp.ui.setup.passwords import Passwords
from deskapp.ui.work import Work

from .tested_foot import SIDE, FootWithTest, above_foot


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
        self._work = work
        self.meanwhile = Meanwhile(work, row, self)
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
            save=self.save,
            test=self._test,
        )
        column.addLayout(above_foot(self.meanwhile.card))
        column.addWidget(self.foot)

    def newest(self, desk: Desk, row: MailboxRow) -> Newest[MailboxRow]:
        return Newest(desk.mailboxes.get(row.id), desk.last_edits.of(About.MAILBOX, row.id))

    def standing(self, row: MailboxRow) -> Mapping[QWidget, object]:
        return self.form.standing(row.settings)

    def refused(self, problem: Problem) -> None:
        self.form.show_problem(problem)

    def deciding(self, card: ConflictCard, on: bool) -> None:
        self.foot.decide(on)
        card.fit(self.width() - 2 * SIDE)
        make_room(self)

    def _test(self) -> None:
        self.form.test()
        self.foot.show_testing(self.form.testing)

    def _tested(self, well: bool) -> None:
        self.foot.show_testing(False)
        if well:
            self.save()
        else:
            self.foot.untested.show()

    def save(self) -> None:
        row = self.meanwhile.row
        if row is not None:
            self.form.know(row.settings)
        try:
            settings = self.form.settings()
        except Problem as problem:
            self.form.show_problem(problem)
            return
        passwords = self.form.passwords()
        self._work.do(
            lambda desk: _save(desk, row, settings, passwords),
            self._saved,
            self.meanwhile.refused,
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
