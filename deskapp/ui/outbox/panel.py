"""The outbox over the window: each reply that has not left, what is in its way, and what to do."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.changes import Changes
from deskapp.domain.outbox_trouble import is_partly_sent, needs_a_person
from deskapp.domain.problem import Problem
from deskapp.domain.replies import OutboxRow
from deskapp.ui import clock
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .row import OutboxCard

if TYPE_CHECKING:
    from deskapp.desk import Desk

_MOST = 100


class OutboxPanel(QDialog):
    """Those that want a person stand first. It stays open beside the work."""

    def __init__(
        self,
        work: Work,
        bridge: Bridge,
        shell: ShellActions,
        parent: QWidget | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__(parent)
        self._work, self._shell, self._now = work, shell, now
        self.setWindowTitle(self.tr("Outbox"))
        self.resize(680, 560)
        self.cards: list[OutboxCard] = []
        self.words = label(self.tr("Nothing waits to be sent."), tone="muted", wrap=True)
        self.notice = Notice()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.words)
        inside.addLayout(self._list)
        inside.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 12)
        buttons.addStretch(1)
        buttons.addWidget(push_button(self.tr("Close"), self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addWidget(Scrolled(page, margins=(16, 14, 16, 8)), 1)
        column.addLayout(buttons)
        self._again = ReadAgain(self)  # for what others send
        self._again.due.connect(self.read_again)
        bridge.changed.connect(self._changed)
        self.read_again()

    def come_forward(self) -> "OutboxPanel":
        """Shown before the other windows, as it is now."""
        self.show()
        self.raise_()
        self.read_again()
        return self

    def read_again(self) -> None:
        """Asks for the outbox as it is now."""
        self._again.asked()
        self._work.ask(
            lambda desk: desk.replies.outbox(),
            self._came,
            self._failed,
            owner=self,
            topic="outbox panel",
        )

    def _changed(self, changes: Changes) -> None:
        if "outbox" in changes.areas and self.isVisible():
            self._again.want()

    def _failed(self, problem: Problem) -> None:
        self._again.answered()
        self._work.troubled.emit(problem)

    def _came(self, rows: tuple[OutboxRow, ...]) -> None:
        self._again.answered()
        now = self._now()
        for old in self.cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        ordered = sorted(rows, key=lambda row: not needs_a_person(row, now))[:_MOST]
        self.cards = [self._card(row) for row in ordered]
        stuck = sum(needs_a_person(row, now) for row in rows)
        self.words.setText(self._sum(len(rows), stuck))

    def _sum(self, all_of_them: int, stuck: int) -> str:
        if not all_of_them:
            return self.tr("Nothing waits to be sent.")
        if stuck:
            return self.tr("%n answer(s) not sent. Please look at the reason.", "", stuck)
        return self.tr("%n answer(s) will leave, nothing is to be done.", "", all_of_them)

    def _card(self, row: OutboxRow) -> OutboxCard:
        card = OutboxCard(row, self._now())
        card.opened.connect(self._open)
        card.retried.connect(self._retry)
        card.edited.connect(self._edit)
        card.cancelled.connect(self._cancel)
        card.settled.connect(self._settle)
        self._list.addWidget(card)
        return card

    def _open(self, row: OutboxRow) -> None:
        self._shell.open_ticket(row.ticket_id)

    def _retry(self, row: OutboxRow) -> None:
        self._do(lambda desk: desk.replies.retry(row.id))

    def _edit(self, row: OutboxRow) -> None:
        """Back to its draft, and there."""
        self._do(
            lambda desk: desk.replies.undo(row.id, join=True),
            lambda: self._shell.open_ticket(row.ticket_id),
        )

    def _cancel(self, row: OutboxRow) -> None:
        said = self.tr("It will not be sent. Its text is a draft again on ticket {number}.")
        if row.automatic:
            said = self.tr("The automatic reply on ticket {number} will not be sent.")
        if is_partly_sent(row):
            said = self.tr("It is not tried again. Ticket {number} says who has not got it.")
        self._do(
            lambda desk: desk.replies.cancel(row.id),
            lambda: self.notice.say(said.replace("{number}", str(row.ticket_number))),
        )

    def _settle(self, row: OutboxRow, sent: bool) -> None:
        self._do(lambda desk: desk.replies.uncertain_was_sent(row.id, sent))

    def _do(self, job: "Callable[[Desk], object]", then: Callable[[], None] | None = None) -> None:
        def done(_outcome: object) -> None:
            self.read_again()
            if then is not None:
                then()

        self._work.do(job, done, self.notice.say_problem, owner=self)
