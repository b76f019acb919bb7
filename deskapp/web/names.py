"""Looking up a host's name with an end: the system's own look-up has none of its own.

A resolver that does not answer holds ``getaddrinfo`` for half a minute and more, and nothing can
interrupt it. So it runs in a thread that is left behind when its time is over.
"""

import socket
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread

SECONDS = 5.0
MOST_AT_ONCE = 16  # with those that were left behind; more say at once that there is no answer

_room = BoundedSemaphore(MOST_AT_ONCE)


def looked_up(host: str, port: int, seconds: float = SECONDS) -> tuple[str, ...]:
    """The addresses of ``host`` as the system orders them, each once.

    Raises TimeoutError, and what getaddrinfo raises.
    """
    if not _room.acquire(blocking=False):
        raise TimeoutError
    told: SimpleQueue[tuple[str, ...] | Exception] = SimpleQueue()

    def look() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            told.put(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except Exception as fault:  # noqa: BLE001 - it is raised again where it is waited for
            told.put(fault)
        finally:
            _room.release()

    Thread(target=look, name="look-up", daemon=True).start()
    try:
        found = told.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found
