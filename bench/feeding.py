"""Mail that goes on arriving in a mailbox as long as something is measured."""

import threading
from collections.abc import Callable
from types import TracebackType

from bench.corpus import mails
from tests.servers.dovecot import ImapAccount

_DIFFERENT = 600
_AT_ONCE = 300
_AHEAD = 2_000  # mails that the engine has not pulled yet
_LOOK_SECONDS = 0.5
_MARK = b".1@mail.example"  # ends every Message-ID that the corpus gives


class Feeding:
    """Keeps a mailbox ahead of the engine while the ``with`` lasts; ``stored`` says how far the
    engine is. With ``rate`` that many mails arrive in a second instead. What is delivered are the
    same mails again under other Message-IDs."""

    def __init__(self, account: ImapAccount, stored: Callable[[], int], rate: int = 0) -> None:
        self._account, self._stored, self._rate = account, stored, rate
        self._mails = list(mails(_DIFFERENT))
        self._delivered = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._feed, name="feeding")

    def __enter__(self) -> "Feeding":
        self._deliver(self._rate or _AHEAD)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _feed(self) -> None:
        while not self._stop.wait(_LOOK_SECONDS):
            if self._rate:
                self._deliver(round(self._rate * _LOOK_SECONDS))
                continue
            while self._delivered - self._stored() < _AHEAD and not self._stop.is_set():
                self._deliver(_AT_ONCE)

    def _deliver(self, count: int) -> None:
        batch = []
        for _ in range(count):
            turn, place = divmod(self._delivered, _DIFFERENT)
            batch.append(self._mails[place].replace(_MARK, b".%d@mail.example" % (turn + 1)))
            self._delivered += 1
        self._account.deliver(*batch)
