"""How often something is read again while others write without a pause."""

import random
import time
from dataclasses import dataclass

_SHARE = 8  # of the time at most one part for reading, where that keeps within the longest pause


@dataclass(slots=True)
class Pace:
    """Reading anew what colleagues change: soon after the first change, seldom while many come.

    All in seconds. ``first``: from a change to the reading, so that one reading serves a burst.
    ``between``: from one reading to the next. Where the desk answers slowly the pause grows with
    what a reading takes, up to ``longest``: who asks a busy server less often lets it answer. The
    pauses of programs that heard the same change differ a little, lest all ask at one moment.
    """

    first: float
    between: float
    longest: float
    _next: float = 0.0

    def wait(self) -> float:
        """Seconds from a change that is heard now to the reading."""
        return max(self.first, self._next - time.monotonic())

    def read(self, began: float) -> None:
        """A reading that began then, by ``time.monotonic``, has just ended."""
        taken = time.monotonic() - began
        pause = min(max(self.between, taken * _SHARE), self.longest)
        self._next = began + pause * random.uniform(0.85, 1.0)
