"""Writing to a customer first: to whom, about what, from which mailbox."""

from email.utils import parseaddr

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import MailboxId, TicketId
from deskapp.domain.links import MailLink
from deskapp.domain.mail import Address
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.problem import Problem
from deskapp.domain.senders import with_marks_seen
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

_LONGEST_SHOWN = 400


class NewTicketDialog(FormDialog):
    """``made`` carries the id of the empty ticket."""

    made = Signal(object)

    def __init__(
        self, work: Work, shell: ShellActions, parent: QWidget, link: MailLink | None = None
    ) -> None:
        super().__init__(_tr("New ticket"), label_width=124, least_width=480, parent=parent)
        self._work, self._shell = work, shell
        self._to = form.line(placeholder="name@example.com")
        self._subject, self._from = form.line(), form.choice(())
        self.fields.add(self.tr("Customer's address"), self._to)
        self.fields.add(self.tr("Subject"), self._subject)
        self.fields.add(self.tr("From mailbox"), self._from)
        if link is not None:
            self._fill(link)
        self._start = push_button(self.tr("Start writing"), self._make, kind="primary")
        self.lay_out(self._start)
        work.ask(lambda desk: desk.mailboxes.list(), self._mailboxes_came, owner=self)

    def _fill(self, link: MailLink) -> None:
        """What the link says; a ticket has one customer, so others it names are told here."""
        first, *others = [one.strip() for one in link.to.split(",") if one.strip()] or [""]
        others += [one.strip() for one in link.cc.split(",") if one.strip()]
        self._to.setText(first)
        self._subject.setText(link.subject)
        if others:
            told = self.tr("The link also names {people}. Add them as Cc in the reply below.")
            shown = with_marks_seen(", ".join(others)[:_LONGEST_SHOWN])
            words = told.replace("{people}", shown)
            self.fields.add(
                self.tr("Copies"), label(words, tone="muted", wrap=True, selectable=True)
            )

    def _mailboxes_came(self, boxes: tuple[MailboxRow, ...]) -> None:
        for box in boxes:
            self._from.addItem(box.settings.address, box.id)

    def _make(self) -> None:
        name, address = parseaddr(self._to.text())
        local, _, domain = address.partition("@")
        if not local or not domain or " " in address:
            self.say(self.tr("Write the customer's mail address, such as name@example.com."))
            self._to.setFocus()
            return
        subject, mailbox = self._subject.text().strip(), self._from.currentData()
        self._start.setEnabled(False)
        self._work.do(
            lambda desk: desk.tickets.new_ticket(
                Address(name, address), subject, None if mailbox is None else MailboxId(mailbox)
            ),
            self._was_made,
            self._failed,
            owner=self,
        )

    def _was_made(self, ticket: TicketId) -> None:
        self.accept()
        self.made.emit(ticket)

    def _failed(self, problem: Problem) -> None:
        self._start.setEnabled(True)
        self.refused(problem)


def _tr(said: str) -> str:
    return QCoreApplication.translate("NewTicketDialog", said)
