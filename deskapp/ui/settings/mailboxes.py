"""The mailboxes of the desk: each with its completeness, and the mail that is held."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QVBoxLayout

from deskapp.desk import Desk
from deskapp.domain.auto_reply import AutoReply
from deskapp.domain.ids import CannedId, MailboxId
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.mailboxes import HeldMail, MailboxRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedRow
from deskapp.secrets import SecretStore
from deskapp.ui.errors import explain
from deskapp.ui.inbox.held_row import show_held_source
from deskapp.ui.pieces.asked_both import ask_both
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

Answering = tuple[tuple[AutoReply, ...], tuple[CannedRow, ...]]
Shown = tuple[tuple[MailboxRow, ...], tuple[HeldMail, ...], Answering]


class MailboxesSection(Section):
    """Read again whenever the ledger or a mailbox changes while it is shown."""

    areas = frozenset({"mailboxes", "ledger", "canned"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Mailboxes"),
            self.tr("Mail is copied from the server into the desk. Nothing is deleted there."),
        )
        self._shown: dict[MailboxId, MailboxCard] = {}
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.add = push_button(self.tr("Add a mailbox…"), self.add_mailbox, kind="primary")
        if not shell.outside.secrets.lasting:
            self.column.addWidget(label(no_keyring_words(), tone="muted", wrap=True))
        self.column.addLayout(self._cards)
        self.column.addWidget(side_by_side(self.add))
        self.column.addStretch(1)

    def read_again(self) -> None:
        self.work.ask(
            _read,
            self._came,
            self._failed,
            owner=self,
            topic="mailboxes",
        )

    def add_mailbox(self) -> None:
        """Opens the form for a new one."""
        self._open(None)

    def _came(self, read: Shown) -> None:
        rows, held, (answering, canned) = read
        if [row.id for row in rows] != list(self._shown) or not rows:
            self._make_cards(rows)
        for row in rows:
            mine = [mail for mail in held if mail.mailbox == row.settings.address]
            self._shown[row.id].show_row(row, mine)
        for one in answering:
            if one.mailbox in self._shown:
                self._shown[one.mailbox].auto_reply.show_row(one, canned, datetime.now(UTC))

    def _make_cards(self, rows: tuple[MailboxRow, ...]) -> None:
        clear(self._cards)
        self._shown = {}
        if not rows:
            said = self.tr("No mailbox yet. Add the address that your customers write to.")
            self._cards.addWidget(label(said, wrap=True))
        for row in rows:
            card = MailboxCard(row)
            card.edit_wanted.connect(self._open)
            card.remove_wanted.connect(self._ask_remove)
            card.audit_wanted.connect(self._audit)
            card.audit_served.connect(self._read_missing)
            card.stop_wanted.connect(self._stop_import)
            card.resume_wanted.connect(self._resume_import)
            card.auto_reply_chosen.connect(self._choose_auto_reply)
            card.auto_reply_resumed.connect(self._resume_auto_reply)
            card.retry_wanted.connect(self._retry)
            card.raw_wanted.connect(self._open_raw)
            card.all_held_wanted.connect(self._show_held)
            self._cards.addWidget(card)
            self._shown[row.id] = card

    def _failed(self, problem: Problem) -> None:
        clear(self._cards)
        self._shown = {}
        self._cards.addWidget(label(explain(problem).in_one(), tone="bad", wrap=True))
        again = push_button(self.tr("Try again"), self.read_again)
        self._cards.addWidget(side_by_side(again))

    def _audit(self, row: MailboxRow) -> None:
        card = self._shown[row.id]

        def asked(wish: int) -> None:
            card.audit.asked(wish)
            self.read_again()

        def refused(problem: Problem) -> None:
            card.audit.stop_waiting()
            self.shell.trouble(problem)

        self.work.do(lambda desk: desk.mailboxes.ask_full_look(row.id), asked, refused, owner=card)

    def _read_missing(self, row: MailboxRow) -> None:
        card = self._shown[row.id]
        self.work.ask(lambda desk: desk.mailboxes.missing(row.id), card.show_audit, owner=card)

    def _stop_import(self, row: MailboxRow, until_start: bool) -> None:
        self._change(lambda desk: desk.mailboxes.stop_import(row.id, until_start=until_start))

    def _resume_import(self, row: MailboxRow) -> None:
        self._change(lambda desk: desk.mailboxes.resume_import(row.id))

    def _choose_auto_reply(
        self, row: MailboxRow, canned: CannedId | None, *, anyway: bool = False
    ) -> None:
        choice = self._shown[row.id].auto_reply
        seen = None if anyway else choice.seen

        def act(desk: Desk) -> object:
            if canned is None:
                return desk.auto_replies.switch_off(row.id, seen)
            return desk.auto_replies.switch_on(row.id, canned, seen)

        def ask(found: tuple[AutoReply, LastEdit | None]) -> None:
            one = choice.beside(found[0], canned)
            mine = partial(self._choose_auto_reply, row, canned, anyway=True)
            ask_both(self, one, found[1], mine).rejected.connect(self.read_again)

        def refused(problem: Problem) -> None:
            if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
                self._refused(problem)
                return
            self.work.ask(
                lambda desk: (
                    desk.auto_replies.of(row.id),
                    desk.last_edits.of(About.AUTO_REPLY, row.id),
                ),
                ask,
                self._refused,
                owner=self,
            )

        self.work.do(act, self._changed_here, refused, owner=self)

    def _resume_auto_reply(self, row: MailboxRow) -> None:
        self._change(lambda desk: desk.auto_replies.resume(row.id))

    def _refused(self, problem: Problem) -> None:
        self.shell.trouble(problem)
        self.read_again()  # the choice that did not come about is taken back

    def _retry(self, mail: HeldMail) -> None:
        self._change(lambda desk: desk.mailboxes.retry_held([mail.id]))

    def _change(self, act: Callable[[Desk], object]) -> None:
        self.work.do(act, self._changed_here, self.shell.trouble, owner=self)

    def _changed_here(self, _result: object) -> None:
        self.read_again()

    def _open_raw(self, mail: HeldMail) -> None:
        show_held_source(mail, self.work, self.shell, self)

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


def _read(desk: Desk) -> Shown:
    rows = desk.mailboxes.list()
    held = desk.mailboxes.held() if any(row.held for row in rows) else ()
    return rows, held, (desk.auto_replies.list(), desk.canned.list())


def _remove(desk: Desk, row: MailboxRow, secrets: SecretStore) -> str:
    desk.mailboxes.remove(row.id)
    for what in ("imap", "smtp"):
        secrets.forget(row.settings.address, what)
    return row.settings.address
