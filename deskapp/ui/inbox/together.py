"""One conversation's part in who is where: says what is done in it, shows who else is on it."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer

from deskapp.domain.ids import TicketId
from deskapp.domain.presence import Doing
from deskapp.ui.colleagues import Colleagues
from deskapp.ui.compose.composer import Composer
from deskapp.ui.compose.draft_keeper import NOTE
from deskapp.ui.work import Work

from .conversation_head import ConversationHead
from .take_over import TakeOverStrip

_WRITING_FOR_SECONDS = 180.0  # after the last key; a draft that lies there keeps nobody away


class Together(QObject):
    """``stand_on`` is told of the ticket that is open; the rest is seen by itself."""

    def __init__(
        self, work: Work, colleagues: Colleagues, head: ConversationHead, composer: Composer
    ) -> None:
        super().__init__(composer)
        self._colleagues, self._head, self._composer = colleagues, head, composer
        self._place = colleagues.place()
        self._ticket: TicketId | None = None
        self._typed_at: float | None = None  # on this ticket
        self.strip = TakeOverStrip(work, colleagues, composer, self)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(int(_WRITING_FOR_SECONDS * 1000) + 1)
        self._idle.timeout.connect(self._tell)
        colleagues.changed.connect(self._show)
        composer.at.editor.textChanged.connect(self._typed)
        composer.page.shown.connect(self._tell)
        composer.at.editor.installEventFilter(self)
        composer.installEventFilter(self)

    def stand_on(self, ticket: TicketId | None) -> None:
        """The conversation shows this ticket, or none."""
        if ticket != self._ticket:
            self._ticket, self._typed_at = ticket, None
            self.strip.open_ticket(ticket)
        self._tell()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._composer and kind in (QEvent.Type.Show, QEvent.Type.Hide):
            self._tell()
        elif watched is self._composer.at.editor and kind is QEvent.Type.FocusIn:
            self.strip.look(began=True)
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        if self._composer.page.showing or self._ticket is None:
            return
        first, self._typed_at = self._typed_at is None, time.monotonic()
        self._idle.start()
        if first:
            self.strip.look(began=True)
        if first or self._composer.at.editor.document().isEmpty():
            self._tell()

    def _doing(self) -> Doing:
        typed = self._typed_at
        if typed is None or time.monotonic() - typed >= _WRITING_FOR_SECONDS:
            return Doing.LOOKING
        if self._composer.at.editor.document().isEmpty():
            return Doing.LOOKING
        return Doing.NOTING if self._composer.page.kind == NOTE else Doing.WRITING

    def _tell(self) -> None:
        shown = self._ticket if self._composer.isVisible() else None
        doing = self._doing()
        if doing is Doing.LOOKING:
            self._typed_at = None
        self._colleagues.stand(self._place, shown, doing)

    def _show(self) -> None:
        self._head.show_people(() if self._ticket is None else self._colleagues.on(self._ticket))
        self.strip.look()
