"""The seconds in which a reply can still be taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from deskapp.domain.ids import OutboxId, TicketId
from deskapp.ui import clock, text
from deskapp.ui.announce import announce
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label

_TICK_MS = 200
_LONGEST_UNDO = timedelta(seconds=125)
_OFFERED = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A reply in the outbox that has not left."""

    ticket: TicketId
    number: int
    outbox_id: OutboxId
    queued_at: datetime
    not_before: datetime
    kind: str = "reply"  # the draft's

    @property
    def later(self) -> bool:
        """Whether it leaves at a chosen time, and so long after it was sent off."""
        return self.not_before - self.queued_at > _LONGEST_UNDO

    @property
    def ends(self) -> datetime:
        """Until when it is offered to take it back here."""
        return self.queued_at + _OFFERED if self.later else self.not_before

    def left(self, now: datetime) -> float:
        """Seconds of that."""
        return (self.ends - now).total_seconds()


class UndoBar(Card):
    """Counts down for the reply sent last; older ones come up again when it is gone."""

    undo_wanted = Signal(object)  # Leaving
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("draft", "draft_edge", parent)
        self._leaving: list[Leaving] = []
        self._offline = False
        self.words = label(wrap=True)
        self.undo = push_button(self.tr("Undo"), self.take_back)
        self.undo.setToolTip(self.tr("Take the reply back (Ctrl+Z)"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Time left to undo"))
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._count_down)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._bar)
        self.hide()

    @property
    def counting(self) -> bool:
        return bool(self._leaving)

    def has(self, outbox: OutboxId) -> bool:
        return any(one.outbox_id == outbox for one in self._leaving)

    def add(self, leaving: Leaving) -> None:
        if leaving.left(_now()) > 0:
            self._leaving.append(leaving)
            self._tick.start()
            self._count_down()
            announce(self, self.words.text())

    def forget(self, ticket: TicketId) -> None:
        """The ticket's replies were taken back in another place."""
        self._leaving = [one for one in self._leaving if one.ticket != ticket]
        self._count_down()

    def set_offline(self, offline: bool) -> None:
        """Without a connection a reply waits longer than the countdown; that is said."""
        self._offline = offline
        if self._leaving:
            self._count_down()

    def take_back(self) -> None:
        if self._leaving:
            self.undo_wanted.emit(self._leaving.pop())
            self._count_down()

    def _count_down(self) -> None:
        now = _now()
        self._leaving = [one for one in self._leaving if one.left(now) > 0]
        if not self._leaving:
            self._tick.stop()
            self._show(False)
            return
        newest = self._leaving[-1]
        left = newest.left(now)
        whole = (newest.ends - newest.queued_at).total_seconds()
        self._bar.setValue(int(1000 * left / whole) if whole > 0 else 0)
        self.words.setText(self._sentence(newest, ceil(left)))
        self._show(True)

    def _sentence(self, newest: Leaving, seconds: int) -> str:
        ticket = newest.number
        if newest.later:
            words = self.tr("Leaves on {when} · ticket {ticket}")
            return words.format(ticket=ticket, when=text.full(newest.not_before))
        if self._offline:
            words = self.tr(
                "No connection: the reply on ticket {ticket} waits, then leaves by itself."
            )
            return words.format(ticket=ticket)
        words = self.tr("Sending in %n s · ticket {ticket}", "", seconds)
        return words.format(ticket=ticket)

    def _show(self, visible: bool) -> None:
        if visible is self.isHidden():
            self.setVisible(visible)
            self.shown.emit(visible)


def _now() -> datetime:
    return clock.now()
