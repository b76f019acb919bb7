"""The first start in three pages: who and where, the mailbox, done."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskapp import paths
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.outside import Outside
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.scrolled import Scrolled

from .aside import Aside
from .mailbox_form import MailboxForm
from .new_desk import DeskFound, DeskMaker, WizardResult
from .no_keyring import no_keyring_words
from .who_page import WhoPage

_SIZE = (720, 640)
_WHO, _MAILBOX, _DONE = range(3)


class Wizard(QDialog):
    """``result_`` is None until a person came to the end, or chose the sample desk."""

    def __init__(
        self,
        outside: Outside,
        maker: DeskMaker,
        default_place: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._outside, self._maker = outside, maker
        self._desk: DeskFound | None = None
        self._aside = Aside(self)
        self.result_: WizardResult | None = None
        self.setWindowTitle(self.tr("Welcome to deskapp"))
        self.setMinimumSize(560, 480)
        self.resize(*_SIZE)
        place = default_place or paths.default_desk()
        self.who = WhoPage(place, outside.settings.agent_name)
        self.mailbox = MailboxForm(outside)
        self._done = label(wrap=True)
        self._pages = QStackedWidget()
        for page in (self.who, self.mailbox, self._done_page()):
            self._pages.addWidget(Scrolled(page, margins=(32, 8, 32, 24), follows_growth=True))
        self._lay_out()
        self.who.edited.connect(self._show_state)
        self.mailbox.tested.connect(self._tested)
        self.mailbox.edited.connect(self._mailbox_edited)
        self._go(_WHO)

    def _lay_out(self) -> None:
        self._title = label(size="title", wrap=True)
        self._lead = label(tone="muted", wrap=True)
        self._step = label(size="small", tone="muted")
        head = QVBoxLayout()
        head.setContentsMargins(32, 24, 32, 12)
        head.setSpacing(4)
        for part in (self._step, self._title, self._lead):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        self.sample = push_button(self.tr("Look around with a sample desk"), self._look_around)
        self.later = push_button(self.tr("Add a mailbox later"), self._mailbox_later)
        self.untested = push_button(self.tr("Add without the test"), self._add_mailbox)
        self.next = push_button("", self._next, kind="primary")
        self.next.setDefault(True)
        foot = QWidget()
        foot.setProperty("role", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(32, 12, 32, 12)
        row.setSpacing(8)
        row.addWidget(self.sample)
        row.addWidget(self.later)
        row.addStretch(1)
        row.addWidget(self.untested)
        row.addWidget(self.next)
        return foot

    def _done_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._done)
        column.addStretch(1)
        return page

    def _go(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._step.setText(self.tr("Step %n of 3", "", page + 1))
        titles = (
            self.tr("Welcome. Who are you?"),
            self.tr("Which mailbox do customers write to?"),
            self.tr("Your desk is ready"),
        )
        leads = (
            self.tr("deskapp turns support mail into tickets, in a database that is yours."),
            self.tr("Mail stays on the server; deskapp keeps a copy and never deletes any."),
            "",
        )
        self._title.setText(titles[page])
        self._lead.setText(leads[page])
        self._lead.setVisible(bool(leads[page]))
        first: QWidget = (self.who.agent_name, self.mailbox.address, self.next)[page]
        first.setFocus()
        self._show_state()

    def _show_state(self) -> None:
        page, busy = self._pages.currentIndex(), self._aside.busy
        testing = self.mailbox.testing
        self.sample.setVisible(page == _WHO)
        self.later.setVisible(page == _MAILBOX)
        if page != _MAILBOX:
            self.untested.hide()
        names = (
            self.tr("Preparing the desk…") if busy else self.tr("Continue"),
            self.tr("Testing…") if testing else self.tr("Test and add"),
            self.tr("Open the Inbox"),
        )
        self.next.setText(names[page])
        ready = not busy and not testing and (page != _WHO or self.who.enough())
        self.next.setEnabled(ready)
        self._pages.setEnabled(not busy)

    def _next(self) -> None:
        page = self._pages.currentIndex()
        if page == _WHO:
            self._make_desk()
        elif page == _MAILBOX:
            self.untested.hide()
            self.mailbox.test()
            self._show_state()
        else:
            self.accept()

    def _make_desk(self) -> None:
        wish, maker = self.who.wish(), self._maker
        self._aside.run(lambda: maker.make(wish), self._desk_made, self._desk_refused)
        self._show_state()

    def _desk_made(self, desk: DeskFound) -> None:
        self._desk = desk
        self.result_ = WizardResult(desk.url, desk.agent_name or self.who.wish().agent_name)
        if desk.agent_name:
            said = self.tr("You have joined the desk “{name}” as {agent}.")
            said = said.replace("{name}", desk.name).replace("{agent}", desk.agent_name)
            if not self._outside.secrets.lasting:
                said += "\n\n" + no_keyring_words()
            self._finish(said)
            return
        if not desk.mailboxes:
            self._go(_MAILBOX)
            return
        said = self.tr(
            "The desk “{name}” is there already and has these mailboxes: {mailboxes}. "
            "What your colleagues did is in the Inbox."
        )
        names = {"name": desk.name, "mailboxes": ", ".join(desk.mailboxes)}
        for name, fact in names.items():
            said = said.replace("{" + name + "}", fact)
        self._finish(said)

    def _desk_refused(self, problem: Problem) -> None:
        self._show_state()
        self.who.show_problem(problem)

    def _tested(self, well: bool) -> None:
        if well:
            self._add_mailbox()
            return
        self.untested.show()
        self._show_state()

    def _mailbox_edited(self) -> None:
        self.untested.hide()

    def _add_mailbox(self) -> None:
        desk, maker = self._desk, self._maker
        if desk is None:
            return
        try:
            settings = self.mailbox.settings()
        except Problem as problem:
            self.mailbox.show_problem(problem)
            self._show_state()
            return
        passwords = self.mailbox.passwords()

        def add() -> None:
            maker.add_mailbox(desk.url, settings)
            passwords.keep()

        self._aside.run(add, self._mailbox_added, self._mailbox_refused)
        self._show_state()

    def _mailbox_added(self, _nothing: None) -> None:
        said = self.tr("Mail to {address} is coming in: the newest first, as tickets in the Inbox.")
        said = said.replace("{address}", self.mailbox.address.text().strip())
        if not self._outside.secrets.lasting:
            said += "\n\n" + no_keyring_words()
        self._finish(said)

    def _mailbox_refused(self, problem: Problem) -> None:
        self._show_state()
        if problem.kind is ProblemKind.DUPLICATE:
            self._mailbox_added(None)  # a second press of the button: it is there
            return
        self.mailbox.show_problem(problem)

    def _mailbox_later(self) -> None:
        self.mailbox.stop()
        self._finish(self.tr("Add the mailbox in Settings, Mailboxes, whenever you like."))

    def _look_around(self) -> None:
        self.result_ = WizardResult("", self.who.wish().agent_name, sample=True)
        self.accept()

    def _finish(self, sentence: str) -> None:
        self._done.setText(sentence)
        self._go(_DONE)

    def reject(self) -> None:
        """Closing after the desk was made keeps it; before, nothing was made."""
        self._stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        self._aside.forget()
        self.mailbox.stop()
