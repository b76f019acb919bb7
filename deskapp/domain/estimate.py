"""How long an import will still take, from how it went in the last minute."""

from collections import deque
from datetime import datetime, timedelta

_LOOKS_BACK = timedelta(seconds=60)
_ENOUGH = timedelta(seconds=2)


class Estimate:
    """Counts of one mailbox as they are seen; moving, since lines and mails differ in size."""

    def __init__(self) -> None:
        self._seen: deque[tuple[datetime, int]] = deque()

    def see(self, at: datetime, here: int) -> None:
        """``here`` of the mails are here now. Fewer than before begins anew."""
        if self._seen and (here < self._seen[-1][1] or at < self._seen[-1][0]):
            self._seen.clear()
        self._seen.append((at, here))
        while len(self._seen) > 2 and at - self._seen[1][0] >= _LOOKS_BACK:
            self._seen.popleft()

    def remaining(self, left: int) -> timedelta | None:
        """Until ``left`` more are here; None while too little was seen, or nothing moves."""
        if len(self._seen) < 2:
            return None
        (first_at, first), (last_at, last) = self._seen[0], self._seen[-1]
        took, came = last_at - first_at, last - first
        if took < _ENOUGH or came <= 0 or left <= 0:
            return None
        return took * (left / came)
