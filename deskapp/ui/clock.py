"""The time by which windows count down what other programs carry out: the open desk's, which all
who share it agree on, and this machine's while none is open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_followed: list[Callable[[], datetime]] = []


def now() -> datetime:
    """Waits for nothing."""
    return _followed[-1]() if _followed else datetime.now(UTC)


@contextmanager
def following(desk_time: Callable[[], datetime]) -> Iterator[None]:
    """While entered, ``now`` is the desk's."""
    _followed.append(desk_time)
    try:
        yield
    finally:
        _followed.remove(desk_time)
