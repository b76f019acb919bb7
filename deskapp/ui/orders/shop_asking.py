"""Whether the shops are being asked for something this window shows, and what came of it."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.domain.order_sources import LookUp
from deskapp.ui.shell_actions import ShellActions

_SEEN_AFTER_MS, _GIVEN_UP_MS = 300, 30_000

Asked = tuple[str, str]


class ShopAsking(QObject):
    """``changed`` comes when asking is worth a word, and when it has ended.

    Most questions end at once, since the same was asked a moment ago: those are never seen.
    """

    changed = Signal()

    def __init__(self, shell: ShellActions, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: set[Asked] = set()
        self._seen = False
        self.failed = 0
        self._late = QTimer(self, singleShot=True, interval=_SEEN_AFTER_MS)
        self._late.timeout.connect(self._is_late)
        self._never = QTimer(self, singleShot=True, interval=_GIVEN_UP_MS)
        self._never.timeout.connect(self._give_up)
        shell.shops_asked.connect(self._asked)

    @property
    def going_on(self) -> bool:
        """Whether shops have been asked for a moment and have not answered."""
        return self._seen and bool(self._waiting)

    @property
    def said(self) -> str:
        """What there is to say of it, "" for nothing."""
        if self.going_on:
            return self.tr("Asking the shop…")
        if self.failed:
            return self.tr("The shop did not answer: this is the copy kept here.")
        return ""

    @property
    def tone(self) -> str:
        return "accent" if self.going_on else "warn"

    def hear(self, news: object) -> None:
        """What the engine tells; other news than answers of shops are left alone."""
        if not isinstance(news, Mapping) or news.get("news") != "orders_looked_up":
            return
        self._waiting.discard((str(news.get("by")), str(news.get("words"))))
        failed = news.get("failed")
        self.failed += failed if isinstance(failed, int) else 0
        if not self._waiting:
            self._end()

    def _asked(self, questions: object, _again: bool) -> None:
        assert isinstance(questions, tuple)
        self.failed = 0
        for one in questions:
            by_words = (one.by or "any", one.words) if isinstance(one, LookUp) else None
            self._waiting.add(by_words or ("order", str(int(one))))
        self._late.start()
        self._never.start()

    def _is_late(self) -> None:
        if self._waiting and not self._seen:
            self._seen = True
            self.changed.emit()

    def _give_up(self) -> None:
        self._waiting.clear()
        self._end()

    def _end(self) -> None:
        self._late.stop()
        self._never.stop()
        if self._seen or self.failed:
            self._seen = False
            self.changed.emit()
