"""One blocking job beside the windows where there is no Desk with its lanes yet."""

import threading
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deskapp.domain.problem import Problem

T = TypeVar("T")


class _News(QObject):
    """Carries (number, what, value) out of the job's thread."""

    came = Signal(object)


class Aside(QObject):
    """Runs a job in a thread of its own and brings home what it tells, in the GUI thread.

    A new job, ``forget`` or the end of this object makes the older one's news worthless: they
    carry their number and are dropped. The thread is a daemon because a name server may answer
    minutes after everybody has gone; every socket in it has a time-out of its own.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._each: Callable[[Any], None] | None = None
        self._then: Callable[[Any], None] | None = None
        self._failed: Callable[[Problem], None] | None = None

    @property
    def busy(self) -> bool:
        return self._then is not None

    def run(
        self, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        """Calls ``then`` with the result, or ``failed`` with a Problem."""
        self._start(lambda _tell: job(), None, then, failed)

    def follow(
        self,
        steps: Callable[[], Iterable[T]],
        each: Callable[[T], None],
        then: Callable[[None], None],
        failed: Callable[[Problem], None],
    ) -> None:
        """Calls ``each`` with every step as it comes, and ``then`` after the last."""
        number = self._number + 1

        def walk(tell: Callable[[object], None]) -> None:
            for step in steps():
                if self._number != number:
                    return
                tell(step)

        self._start(walk, each, then, failed)

    def forget(self) -> None:
        """Nothing of the job under way is told any more."""
        self._number += 1
        self._each = self._then = self._failed = None

    def _start(
        self,
        job: Callable[[Callable[[object], None]], Any],
        each: Callable[[Any], None] | None,
        then: Callable[[Any], None],
        failed: Callable[[Problem], None],
    ) -> None:
        self.forget()
        number = self._number
        self._each, self._then, self._failed = each, then, failed
        news = _News()
        news.came.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

        def run() -> None:
            try:
                result = job(lambda step: news.came.emit((number, "each", step)))
            except Exception as fault:  # noqa: BLE001 - raised again in the GUI thread
                news.came.emit((number, "fault", fault))
            else:
                news.came.emit((number, "then", result))

        threading.Thread(target=run, name="aside", daemon=True).start()

    @Slot(object)
    def _arrived(self, news: tuple[int, str, Any]) -> None:
        number, what, value = news
        if number != self._number:
            return
        if what == "each":
            if self._each is not None:
                self._each(value)
            return
        then, failed = self._then, self._failed
        self.forget()
        if what == "then" and then is not None:
            then(value)
        elif isinstance(value, Problem) and failed is not None:
            failed(value)
        elif isinstance(value, Exception):
            raise value  # our own fault: it reaches the report window through sys.excepthook
