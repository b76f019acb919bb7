"""How far one of our replies came, in words, with what can still be done about it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.domain.ids import OutboxId
from deskapp.domain.kinds import OutboxState
from deskapp.domain.messages import Delivery
from deskapp.domain.problem import Problem
from deskapp.ui import clock
from deskapp.ui.fault_words import fault_words, raw_words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label, plain_tip, set_tone
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

_SECOND_MS = 1000


def seconds_left(delivery: Delivery, now: datetime) -> int:
    """Whole seconds until the reply may leave; 0 when it may."""
    if delivery.state is not OutboxState.QUEUED:
        return 0
    return max(0, round((delivery.not_before - now).total_seconds()))


def needs_a_line(delivery: Delivery) -> bool:
    """What was sent to all says so in the head of its card; others have a line of their own."""
    return delivery.state is not OutboxState.SENT or bool(delivery.last_error)


def sent_words(delivery: Delivery | None) -> str:
    """For the head of a card of ours."""
    if delivery is None or delivery.state is not OutboxState.SENT:
        return ""
    return QCoreApplication.translate("DeliveryLine", "sent, accepted by mail server")


class DeliveryLine(QWidget):
    """``taken_back`` carries the draft after an undo; ``settled`` comes after any other answer.

    ``counted_elsewhere``: whether another part of the window offers to undo this one now.
    """

    taken_back = Signal(object)
    settled = Signal()

    def __init__(
        self,
        delivery: Delivery,
        work: Work,
        shell: ShellActions,
        counted_elsewhere: Callable[[OutboxId], bool] = lambda _outbox: False,
        parent: QWidget | None = None,
        *,
        automatic: bool = False,
    ) -> None:
        super().__init__(parent)
        self._automatic = automatic  # nobody wrote it: there is no draft to go back to
        self._delivery, self._work, self._shell = delivery, work, shell
        self._counted_elsewhere = counted_elsewhere
        self._words = label(size="small", wrap=True)
        self._undo = push_button(self.tr("Undo"), self._take_back, kind="quiet")
        self._retry = push_button(self.tr("Try again"), self._try_again, kind="quiet")
        self._was_sent = push_button(self.tr("It was sent"), self._say_sent, kind="quiet")
        self._resend = push_button(self.tr("Send it again"), self._say_not_sent, kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._words, 1)
        for button in (self._undo, self._retry, self._was_sent, self._resend):
            row.addWidget(button)
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND_MS)
        self._clock.timeout.connect(self._tell)
        self._tell()
        if seconds_left(delivery, clock.now()):
            self._clock.start()

    def _tell(self) -> None:
        state, left = self._delivery.state, seconds_left(self._delivery, clock.now())
        if not left:
            self._clock.stop()
        text, tone = self._said(state, left)
        self._words.setText(text)
        set_tone(self._words, tone)
        raw = raw_words(self._delivery.fault, self._delivery.last_error)
        self._words.setToolTip(plain_tip(raw))
        elsewhere = left > 0 and self._counted_elsewhere(self._delivery.outbox_id)
        self._undo.setVisible(state is OutboxState.QUEUED and not (elsewhere or self._automatic))
        self._retry.setVisible(state is OutboxState.FAILED)
        for button in (self._was_sent, self._resend):
            button.setVisible(state is OutboxState.UNCERTAIN)

    def _said(self, state: OutboxState, left: int) -> tuple[str, str]:
        error = fault_words(self._delivery.fault, self._delivery.last_error)
        if state is OutboxState.QUEUED and left:
            return self.tr("Leaves in %n second(s)", "", left), "muted"
        if state is OutboxState.QUEUED and self._delivery.attempts:
            tried = self.tr("Waiting to be sent, tried %n time(s)", "", self._delivery.attempts)
            return f"{tried}. {error}".rstrip(), "warn"
        if state is OutboxState.QUEUED:
            waits = self.tr("Waiting to be sent")
            return (f"{waits}. {error}", "warn") if error else (waits, "muted")
        if state is OutboxState.CLAIMED:
            return self.tr("Being sent"), "muted"
        if state is OutboxState.FAILED:
            return self.tr("Not sent. {reason}").replace("{reason}", error).rstrip(), "bad"
        if state is OutboxState.UNCERTAIN:
            check = self.tr("May have been sent: please check in the Sent folder.")
            return f"{check} {error}".rstrip(), "bad"
        if state is OutboxState.CANCELLED:
            return self.tr("Taken back, not sent"), "muted"
        if error:
            return self.tr("Sent, but not to everybody. {reason}").replace("{reason}", error), "bad"
        return sent_words(self._delivery), "muted"

    def _take_back(self) -> None:
        outbox = self._delivery.outbox_id
        self._undo.setEnabled(False)
        self._work.do(
            lambda desk: desk.replies.undo(outbox),
            self.taken_back.emit,
            self._failed,
            owner=self,
        )

    def _try_again(self) -> None:
        outbox = self._delivery.outbox_id
        self._retry.setEnabled(False)
        self._work.do(lambda desk: desk.replies.retry(outbox), self._done, self._failed, owner=self)

    def _say_sent(self) -> None:
        self._settle(self._delivery.outbox_id, sent=True)

    def _say_not_sent(self) -> None:
        self._settle(self._delivery.outbox_id, sent=False)

    def _settle(self, outbox: OutboxId, *, sent: bool) -> None:
        for button in (self._was_sent, self._resend):
            button.setEnabled(False)
        self._work.do(
            lambda desk: desk.replies.uncertain_was_sent(outbox, sent),
            self._done,
            self._failed,
            owner=self,
        )

    def _done(self, _nothing: object) -> None:
        self.settled.emit()

    def _failed(self, problem: Problem) -> None:
        self._shell.trouble(problem)
        self.settled.emit()
