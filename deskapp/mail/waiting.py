"""Between two rounds: told of news by the server, and sure that the line still lives.

A line can die without a word (routers forget it, a laptop sleeps). So the server is made to say
something every ``Pace.pulse_seconds``; a machine that slept is noticed by its clocks.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from deskapp.domain.problem import Problem, ProblemKind

from .connection import ImapConnection
from .imap_session import PULSE_ANSWER_SECONDS
from .lines import ANSWER_SECONDS

CLOCK_JUMP_SECONDS = 30.0
_SLICE_SECONDS = 0.5  # how soon a wait hears of stop, wake and sleep


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a mailbox is looked at, in seconds.

    Worst case for a line that died: ``pulse`` + ``pulse_answer``, or ``answer`` in the middle of
    a round, and then a new line: within 90 seconds.
    """

    look: float = 120.0  # between rounds over all folders, whatever IDLE says or does not say
    poll: float = 60.0  # the same where there is no IDLE (Yahoo, NetEase)
    pulse: float = 30.0  # between renewals of IDLE, or between NOOPs; RFC 2177 allows 29 minutes
    pulse_answer: float = PULSE_ANSWER_SECONDS
    answer: float = ANSWER_SECONDS
    # A server over a Maildir may miss, in the second of its last look, what is delivered just
    # then, and IDLE does not tell of it (seen with Dovecot): a change is followed by one more look.
    second_look: float = 3.0
    # After the first failure; doubled with each, up to the longest.
    retry: float = 5.0
    longest_retry: float = 30.0
    lease: float = 5.0  # before another engine's mailbox is asked for again


@dataclass(slots=True)
class SleepWatch:
    """Tells that the machine was asleep: no line survives that, though none says so.

    Either the wall clock ran on while the steady one stood still (Linux, macOS), or both ran on
    while we did not (Windows; a process that was stopped).
    """

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    _apart: float = field(init=False)
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self._apart = self.wall() - self.steady()
        self._last = self.steady()

    def rested(self) -> None:
        """We were busy with something else: the time since the last look is no sleep."""
        self._last = self.steady()

    def slept(self) -> bool:
        """Whether it slept since the last look. To be asked every few seconds."""
        now, apart = self.steady(), self.wall() - self.steady()
        jumped = abs(apart - self._apart) > CLOCK_JUMP_SECONDS
        stood = now - self._last > CLOCK_JUMP_SECONDS
        self._apart, self._last = apart, now
        return jumped or stood


class Wait:
    """One wait of at most ``seconds``, ended by ``stop`` and ``wake``.

    Its methods raise Problem OFFLINE (said="clock") when the machine slept meanwhile.
    """

    def __init__(
        self, seconds: float, stop: Event, wake: Event, watch: SleepWatch | None = None
    ) -> None:
        self._watch = watch or SleepWatch()
        self._end = self._watch.steady() + seconds
        self._stop = stop
        self._wake = wake

    def pass_by(self) -> None:
        """Without a line to listen to."""
        self._nap(self._left())

    def listen(self, connection: ImapConnection, pulse: float) -> None:
        """Ends when the open folder changes, too: by IDLE (RFC 2177), else by what NOOP tells."""
        idles = connection.can("IDLE")
        while not self._over():
            if idles:
                try:
                    connection.idle()
                except Problem:
                    if connection.lost:
                        raise
                    idles = False  # it boasted; the line is well, so NOOP has to do
                    continue
                self._hear(connection, pulse)
                changed = _done(connection)
            else:
                self._nap(min(pulse, self._left()))
                changed = connection.noop()
            if changed:
                return

    def _hear(self, connection: ImapConnection, pulse: float) -> None:
        end = self._watch.steady() + min(pulse, self._left())
        while not self._over() and (left := end - self._watch.steady()) > 0:
            if connection.hears(min(left, _SLICE_SECONDS)):
                return

    def _nap(self, seconds: float) -> None:
        end = self._watch.steady() + seconds
        while not self._over() and (left := end - self._watch.steady()) > 0:
            self._wake.wait(min(left, _SLICE_SECONDS))

    def _left(self) -> float:
        return self._end - self._watch.steady()

    def _over(self) -> bool:
        if self._watch.slept():
            raise Problem(ProblemKind.OFFLINE, said="clock")
        return self._stop.is_set() or self._wake.is_set() or self._left() <= 0


def _done(connection: ImapConnection) -> bool:
    try:
        return connection.done()
    except Problem:
        if connection.lost:
            raise
        return True  # it will not say what happened meanwhile: to be looked at
