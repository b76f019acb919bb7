"""Tells how fetching ended that a person asked for; screen readers say it too."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from .bridge import Bridge

_AFTER_LOOKS_MS = 1_200  # what was fetched is filed beside: its count comes a moment later
_PATIENCE_MS = 60_000


class Fetching(QObject):
    """Hears the engine's news (``engine.news``) between a wish and the last mailbox's answer.

    ``mailboxes`` counts those of the desk, ``tell`` shows a sentence. ``aside`` says why this
    program fetches nothing, "" where it does.
    """

    def __init__(
        self,
        bridge: Bridge,
        mailboxes: Callable[[], int],
        tell: Callable[[str], object],
        parent: QObject,
        aside: Callable[[], str] = str,
    ) -> None:
        super().__init__(parent)
        self._mailboxes, self._tell, self._aside = mailboxes, tell, aside
        self._waits = False
        self._answers: dict[object, bool] = {}  # of each mailbox, whether all went well
        self._filed = 0
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._ended)
        bridge.engine_news.connect(self._heard)

    def begin(self) -> None:
        """Somebody asked for mail now."""
        if aside := self._aside():
            self._tell(aside)
        elif self._mailboxes():
            self._waits, self._answers, self._filed = True, {}, 0
            self._tell(self.tr("Fetching mail…"))
            self._end.start(_PATIENCE_MS)

    def _heard(self, news: Mapping[str, object]) -> None:
        if not self._waits:
            return
        count = news.get("messages")
        if news.get("news") == "filed" and isinstance(count, int):
            self._filed += count
        elif news.get("news") == "state":
            self._answers[news.get("mailbox")] = news.get("state") == "ok"
            if len(self._answers) >= self._mailboxes():
                self._end.start(_AFTER_LOOKS_MS)

    def _ended(self) -> None:
        self._waits = False
        missing = self._mailboxes() - len(self._answers)
        troubled = list(self._answers.values()).count(False)
        if missing > 0:
            said = self.tr("%n mailbox(es) have not answered yet.", "", missing)
        elif troubled:
            said = self.tr(
                "Fetched, but not from %n mailbox(es): see the marks beside their names.",
                "",
                troubled,
            )
        elif self._filed:
            said = self.tr("Mail is fetched: %n new message(s).", "", self._filed)
        else:
            said = self.tr("Mail is fetched. Nothing new.")
        self._tell(said)
