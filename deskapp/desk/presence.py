"""Says where this program is and hears where colleagues are, from a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from deskapp.data.database import Connection, Unit
from deskapp.data.queries import presence, take_over
from deskapp.data.queries.leases import clock
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.pace import Pace
from deskapp.domain.presence import Doing, OnTicket, Room, Standing, by_ticket
from deskapp.domain.problem import Problem

from .context import Context

log = logging.getLogger(__name__)

BEAT_SECONDS = 7.0  # a third of presence.SEEN_FOR
_REST_SECONDS = 0.6  # walking down the list tells nobody of each ticket
_AFTER_TROUBLE_SECONDS = 2.0
# From reading to reading while colleagues move; many read less often what is longer.
_BETWEEN_SECONDS, _MORE_FOR_EACH, _LONGEST_SECONDS = 0.4, 0.01, 1.2
_JOIN_SECONDS = 3.0

_Places = dict[int, Standing]


class Presence:
    """Where the windows of this program stand, told to colleagues while ``kept`` is entered.

    ``stands``, ``leaves`` and ``heard`` may be called from any thread and wait for nothing. A
    write is made when something a colleague sees has changed, and every ``BEAT_SECONDS`` to say
    that the program lives; only the first kind is announced. While the desk is out of reach
    nothing is thrown: it is tried again until it is back.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._wanted: _Places = {}
        self._told: _Places = {}
        self._told_as: AgentId | None = None
        self._since: dict[int, datetime] = {}
        self._say_at = self._read_at = float("inf")
        self._beat_at = 0.0
        self._pace = Pace(0.0, _BETWEEN_SECONDS, _LONGEST_SECONDS)

    def on(self, ticket: TicketId) -> tuple[OnTicket, ...]:
        """Who is on a ticket now, one's own other programs among them; those who write first."""
        with self._database.reading() as connection:
            there = presence.colleagues(
                connection, clock(connection), self._database.origin, ticket
            )
        return by_ticket(there, None).get(ticket, ())

    def agents(self) -> frozenset[AgentId]:
        """Whose program is open on the desk."""
        with self._database.reading() as connection:
            return presence.present_agents(connection)

    def stands(self, place: int, ticket: TicketId, doing: Doing) -> None:
        """One of our windows, by a number above 0 of its own, shows a ticket."""
        now, one = time.monotonic(), Standing(ticket, doing)
        with self._lock:
            before = self._wanted.get(place)
            if before == one:
                return
            self._wanted[place] = one
            same = before is not None and before.ticket == ticket
            self._say_at = now if same or doing is not Doing.LOOKING else now + _REST_SECONDS
        self._wake.set()

    def leaves(self, place: int) -> None:
        """A window shows no ticket any more."""
        with self._lock:
            if self._wanted.pop(place, None) is None:
                return
            self._say_at = min(self._say_at, time.monotonic() + _REST_SECONDS)
        self._wake.set()

    def heard(self, origin: str = "") -> None:
        """The program of that origin announced that something here has changed."""
        if origin == self._database.origin:
            return
        with self._lock:
            self._read_at = min(self._read_at, time.monotonic() + self._pace.wait())
        self._wake.set()

    @contextmanager
    def kept(self, tell: Callable[[Room], None]) -> Iterator[None]:
        """Keeps telling and hearing until it is left; ``tell`` is called in another thread."""
        thread = threading.Thread(target=self._run, args=(tell,), name="presence", daemon=True)
        self._ended.clear()
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            self._wake.set()
            thread.join(_JOIN_SECONDS)

    def _run(self, tell: Callable[[Room], None]) -> None:
        away = False
        while not self._ended.is_set():
            with self._lock:
                due = min(self._say_at, self._read_at, self._beat_at)
            if (wait := due - time.monotonic()) > 0:
                self._wake.wait(wait)
                self._wake.clear()
                continue
            try:
                room = self._turn()
            except Exception as fault:  # noqa: BLE001 - nothing may end this thread: it heals itself
                if not away:
                    _log(fault)
                away = True
                self._told_as = None  # what is stored of us is not known: all is written anew
                self._beat_at = 0.0
                self._ended.wait(_AFTER_TROUBLE_SECONDS)
            else:
                away = False
                tell(room)
        self._leave()

    def _turn(self) -> Room:
        """Says what is to be said, and reads."""
        with self._lock:
            wanted, me = dict(self._wanted), self._context.agent
            now = time.monotonic()
            said, beats = self._say_at <= now, self._beat_at <= now
            if now - self._beat_at > presence.SEEN_FOR.total_seconds():
                self._told_as = None  # it slept, and colleagues saw it go
            # Before the read: what is heard while it runs has to be read once more.
            self._read_at = float("inf")
            self._pace.read(now)
        moved = me != self._told_as or ((said or beats) and wanted != self._told)
        if me is not None and (moved or beats):
            with self._database.writing() as unit:
                unit.passing = True
                at = clock(unit.connection)
                if moved or not presence.beat(unit, self._database.origin, at):
                    self._write(unit, me, wanted, at)
                room = self._read(unit.connection, me, at)
            self._told, self._told_as = wanted, me
        else:
            with self._database.reading() as connection:
                room = self._read(connection, me, clock(connection))
        with self._lock:
            if (said or beats) and self._wanted == wanted:
                self._say_at = float("inf")
            if moved or beats:
                self._beat_at = time.monotonic() + BEAT_SECONDS
            self._pace.between = _BETWEEN_SECONDS + _MORE_FOR_EACH * len(room.colleagues)
            self._pace.read(now)
        return room

    def _write(self, unit: Unit, me: AgentId, wanted: _Places, at: datetime) -> None:
        database = self._database
        comes = self._told_as != me
        there = presence.known_tickets(unit.connection, {one.ticket for one in wanted.values()})
        self._since = {
            place: self._since.get(place, at) if self._told.get(place) == one else at
            for place, one in wanted.items()
        }
        places = {
            place: (one, self._since[place]) for place, one in wanted.items() if one.ticket in there
        }
        presence.write_places(unit, database.origin, me, places, at)
        # Who comes later reads all; who came at the same moment is found at the next beat.
        if comes or not presence.is_alone(unit.connection, database.origin, at):
            unit.touched.areas.add("presence")
        if comes:
            presence.forget_the_dead(unit, at)

    def _read(self, connection: Connection, me: AgentId | None, at: datetime) -> Room:
        if me is None:
            return Room(None)
        there = presence.colleagues(connection, at, self._database.origin)
        requests = take_over.requests_of(connection, me, at)
        return Room(me, there, requests, presence.others_here(connection, at, me))

    def _leave(self) -> None:
        try:
            with self._database.writing() as unit:
                unit.passing = True
                if presence.leave(unit, self._database.origin):
                    unit.touched.areas.add("presence")
        except Problem as problem:
            log.info("could not say good-bye (%s): colleagues see it a little later", problem.kind)
        self._told_as = None


def _log(fault: Exception) -> None:
    if isinstance(fault, Problem):
        log.info("presence waits for the desk: %s", fault.kind)
    else:
        log.error("presence met a fault and goes on", exc_info=fault)
