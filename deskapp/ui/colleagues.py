"""What windows know of colleagues: who is on which ticket, and who asks whom to take one over."""

import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.desk.presence import Presence
from deskapp.domain.changes import Changes
from deskapp.domain.ids import AgentId, TakeOverId, TicketId
from deskapp.domain.presence import (
    Answer,
    Colleague,
    Doing,
    Here,
    OnTicket,
    Room,
    TakeOver,
    by_ticket,
)

from .bridge import Bridge

_SOONEST_MS = 250


class Colleagues(QObject):
    """Lives in the GUI thread and waits for nothing. Alone, until ``join``: then nobody is there.

    Colleagues whose program is heard no more leave by this machine's own clock, also while the
    desk is out of reach. ``changed``: somebody came, went, or does something else on a ticket.
    ``asked``: the requests are others, or their answers. ``met``: who has the desk open changed.
    """

    changed = Signal()
    asked = Signal()
    met = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.me: AgentId | None = None
        self._presence: Presence | None = None
        self._places = count(1)
        self._until: list[tuple[float, Colleague]] = []
        self._on: Mapping[TicketId, tuple[OnTicket, ...]] = {}
        self._here_until: list[tuple[float, Here]] = []
        self._here: tuple[str, ...] = ()
        self._ending: list[tuple[float, TakeOver]] = []
        self._requests: tuple[TakeOver, ...] = ()
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.timeout.connect(self._look)

    def join(self, presence: Presence, bridge: Bridge) -> None:
        """From now on our windows are told to colleagues, and theirs are heard of."""
        self._presence = presence
        bridge.room.connect(self.hear)
        bridge.changed.connect(self._changed)

    def _changed(self, changes: Changes) -> None:
        if self._presence is not None and "presence" in changes.areas:
            self._presence.heard(changes.origin)

    def hear(self, room: Room) -> None:
        """What was read of the desk just now."""
        now = time.monotonic()
        self.me = room.me
        self._until = [(now + one.left, one) for one in room.colleagues]
        self._here_until = [(now + one.left, one) for one in room.here]
        self._ending = [(now + one.left, one) for one in room.requests]
        self._look()

    def on(self, ticket: int) -> tuple[OnTicket, ...]:
        """Who else is on a ticket; those who write first."""
        return self._on.get(TicketId(ticket), ())

    def here(self) -> tuple[str, ...]:
        """The names of colleagues who have the desk open."""
        return self._here

    def request(self, one: TakeOverId) -> TakeOver | None:
        """A request of the last minutes, made by us or of us."""
        return next((asked for asked in self._requests if asked.id == one), None)

    def requests(self) -> tuple[TakeOver, ...]:
        """All of them, oldest first."""
        return self._requests

    def place(self) -> int:
        """A number for one window, by which it says where it stands."""
        return next(self._places)

    def stand(self, place: int, ticket: TicketId | None, doing: Doing) -> None:
        """Our window shows this ticket, or none."""
        if self._presence is None:
            return
        if ticket is None:
            self._presence.leaves(place)
        else:
            self._presence.stands(place, ticket, doing)

    def _look(self) -> None:
        now = time.monotonic()
        self._until = [(until, one) for until, one in self._until if until > now]
        there = by_ticket((one for _until, one in self._until), self.me)
        self._here_until = [(until, one) for until, one in self._here_until if until > now]
        here = tuple(one.name for _until, one in self._here_until)
        everything = (*self._until, *self._here_until, *self._ending)
        ends = [until for until, _one in everything if until > now]
        if ends:
            self._leaving.start(max(_SOONEST_MS, int((min(ends) - now) * 1000)))
        before, self._requests = self._requests, tuple(_by_now(*one, now) for one in self._ending)
        if there != self._on:
            self._on = there
            self.changed.emit()
        if here != self._here:
            self._here = here
            self.met.emit()
        if _told(before) != _told(self._requests):
            self.asked.emit()


def _by_now(ends: float, one: TakeOver, now: float) -> TakeOver:
    """A request whose time is over has expired, whether the desk can be asked or not."""
    over = one.answer is Answer.WAITING and ends <= now
    return replace(one, answer=Answer.EXPIRED) if over else one


def _told(requests: tuple[TakeOver, ...]) -> list[tuple[object, ...]]:
    return [(one.id, one.answer, one.taken) for one in requests]
