"""What happened to a ticket, folded into one small button."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskapp.domain.kinds import EventKind
from deskapp.domain.tickets import EventRow, MessageRow
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label

from .history_words import why

# The messages themselves say these.
_TOLD_BY_MESSAGES = (
    EventKind.RECEIVED,
    EventKind.REPLIED,
    EventKind.AUTO_REPLIED,
    EventKind.NOTED,
    EventKind.FORWARDED,
    EventKind.SIDE_ANSWER,
    EventKind.SENT,
)


class History(QWidget):
    """The events of a conversation, oldest first, each with its reason (from ``messages``)."""

    def __init__(
        self,
        events: Sequence[EventRow],
        now: datetime,
        messages: Sequence[MessageRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._events = [one for one in events if one.kind not in _TOLD_BY_MESSAGES]
        self._now, self._all, self._messages = now, events, tuple(messages)
        self._lines: QWidget | None = None
        self._fold = push_button("", self._toggle, kind="quiet")
        self._fold.installEventFilter(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self._fold)
        row.addStretch(1)
        self._column.addLayout(row)
        if not self._events:
            self.hide()  # never shown from here: without a parent yet, it would be a window
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab may come from beside the messages, and Qt scrolls only for steps among them."""
        if event.type() is QEvent.Type.FocusIn:
            around = self.parentWidget()
            while around is not None and not isinstance(around, QScrollArea):
                around = around.parentWidget()
            if around is not None:
                around.ensureWidgetVisible(self._fold)
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        shown = self._lines is not None and self._lines.isVisibleTo(self)
        count = len(self._events)
        self._fold.setText(
            self.tr("hide history") if shown else self.tr("history, %n event(s)", "", count)
        )

    def _toggle(self) -> None:
        if self._lines is None:
            self._lines = self._written()
            self._column.addWidget(self._lines)
        else:
            self._lines.setVisible(not self._lines.isVisibleTo(self))
        self._say()

    def _written(self) -> QWidget:
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(8, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(self._events):
            grid.addWidget(
                label(text.stamp(one.at, self._now), tone="muted", size="small"), place, 0
            )
            reason = why(one, self._messages, self._all)
            said = " · ".join(part for part in (words.event(one), reason) if part)
            grid.addWidget(label(said, size="small", wrap=True), place, 1)
        return lines
