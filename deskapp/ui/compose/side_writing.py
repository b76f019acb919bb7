"""Writing to a third party: a forward that begins a side thread, and answers in one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import MessageId
from deskapp.domain.replies import FORWARD, Draft
from deskapp.ui.work import Work

from .draft_keeper import DraftKeeper
from .draft_line import DraftLine
from .screen import KINDS, Screen

if TYPE_CHECKING:
    from deskapp.desk import Desk

_TAB = KINDS.index(FORWARD)


class SideWriting(QObject):
    """The composer's third tab, there while such a draft is open. ``failed``: a Problem."""

    failed = Signal(object)

    def __init__(self, work: Work, keeper: DraftKeeper, page: Screen, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        keeper.opened.connect(self._show_tab)
        page.shown.connect(self._show)
        self._show_tab()

    def forward(self, message: MessageId | None) -> None:
        """Begins to hand on a message of the open ticket, with None the whole conversation."""
        ticket = self._keeper.ticket
        if ticket is not None and not self._is_busy(lambda draft: draft.forwards == message):
            self._begin(lambda desk: desk.side_threads.forward(ticket, message))

    def answer(self, message: MessageId, side: MessageId) -> None:
        """Begins an answer to a message of a side thread."""
        ticket = self._keeper.ticket
        if ticket is not None and not self._is_busy(lambda draft: draft.side == side):
            self._begin(lambda desk: desk.side_threads.answer(ticket, message))

    @property
    def _line(self) -> DraftLine | None:
        return self._keeper.line(FORWARD)

    def _is_busy(self, is_same: Callable[[Draft], bool]) -> bool:
        """Whether there are words to a third party already: they are shown, and never replaced."""
        line = self._line
        if line is None or not line.shown.body.strip():
            return False
        self._page.at.tabs.setCurrentIndex(_TAB)
        self._page.at.editor.setFocus()
        if not is_same(line.shown):
            self._page.at.notice.say(
                self.tr("This one is not sent yet. Send or discard it, then begin another.")
            )
        return True

    def _begin(self, job: "Callable[[Desk], Draft]") -> None:
        self._work.do(job, self._begun, self.failed.emit, owner=self)

    def _begun(self, draft: Draft) -> None:
        if draft.ticket_id != self._keeper.ticket:
            return
        self._keeper.put(draft)
        at = self._page.at
        at.tabs.setCurrentIndex(_TAB)
        if draft.to:
            at.editor.setFocus()
        else:
            at.recipients.show()
            at.recipients.to.line.setFocus()

    def _show_tab(self) -> None:
        tabs, line = self._page.at.tabs, self._line
        is_answer = line is not None and not line.shown.hands_on
        tabs.setTabText(_TAB, self.tr("Side thread") if is_answer else self.tr("Forward"))
        if line is None and tabs.currentIndex() == _TAB:
            tabs.setCurrentIndex(0)  # hidden while it is shown, it would give way to the note
        tabs.setTabVisible(_TAB, line is not None)

    def _show(self) -> None:
        at, line = self._page.at, self._line
        aside = self._page.kind == FORWARD and line is not None
        at.hands_on = aside and line is not None and line.shown.hands_on
        at.fold(note=self._page.kind == "note")
        at.send.set_aside(aside)
