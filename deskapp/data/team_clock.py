"""The time that all who share a desk agree on: the database server's. Where one machine writes
down when and another judges by it what is due, a clock set wrong must not decide."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

_AGREE = timedelta(seconds=2)
"""So far apart two clocks count as the same: a question and its answer take time too."""
_HOLDS_SECONDS = 60.0


def machine_time() -> datetime:
    """What this machine's clock shows."""
    return datetime.now(UTC)


def _elapsed() -> float:
    """Seconds, counted also while the machine sleeps, whatever its clock is set to."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):  # on Linux the second one sleeps too
        if (one := getattr(time, name, None)) is not None:
            return time.clock_gettime(one)
    return time.monotonic()  # Windows


class TeamClock:
    """The server's clock, counted on from when it was asked. A desk in a file has its machine's.

    Safe to use from several threads; ``apart`` waits for nothing.
    """

    def __init__(self, shared: bool) -> None:
        self._shared = shared
        self._told: tuple[datetime, float] | None = None

    @property
    def apart(self) -> timedelta:
        """How far the server is ahead of this machine now; none within two seconds."""
        if self._told is None:
            return timedelta()
        told, at = self._told
        apart = told + timedelta(seconds=_elapsed() - at) - machine_time()
        return apart if abs(apart) > _AGREE else timedelta()

    def now(self) -> datetime:
        return machine_time() + self.apart

    def set_by(self, connection: Connection, *, fresh: bool = False) -> None:
        """Asks the server, at most once a minute; ``fresh``: in any case."""
        if not self._shared:
            return
        began = _elapsed()
        if not fresh and self._told is not None and began - self._told[1] < _HOLDS_SECONDS:
            return
        told: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        self._told = told.astimezone(UTC), (began + _elapsed()) / 2
