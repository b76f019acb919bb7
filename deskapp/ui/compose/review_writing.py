"""Editing a colleague's reply that waits for approval: the composer's fourth tab."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.approvals import ApprovalRow, ApprovalState, Standing
from deskapp.domain.ids import ApprovalId
from deskapp.domain.replies import REVIEW, Draft
from deskapp.ui.pieces.labels import plain_tip
from deskapp.ui.work import Work

from .draft_keeper import DraftKeeper
from .draft_line import DraftLine
from .screen import KINDS, Screen

_TAB = KINDS.index(REVIEW)


class ReviewWriting(QObject):
    """The tab is there while such a version is open. ``failed``: a Problem."""

    failed = Signal(object)

    def __init__(self, work: Work, keeper: DraftKeeper, page: Screen, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        self._rows: dict[ApprovalId, ApprovalRow] = {}
        keeper.opened.connect(self._show_tab)
        self._show_tab()

    @property
    def row(self) -> ApprovalRow | None:
        """The round that the open version is of, as far as it is known here."""
        line = self._line
        one = None if line is None else line.shown.reviews
        return None if one is None else self._rows.get(one)

    def know(self, found: Standing) -> None:
        """How every round on the open ticket stands."""
        self._rows = {row.id: row for row in found.rows}
        self._show_tab()
        self._close_ended()

    def _close_ended(self) -> None:
        """One's own version may have been approved or returned in the panel, or in another window:
        it has ended with that. One that somebody else's decision overtook stays."""
        line, row = self._line, self.row
        if line is None or row is None or row.state is ApprovalState.WAITING or line.unsaved:
            return
        number = line.saved.id
        if number is None:
            return

        def told(ended: Draft | None) -> None:
            if ended is not None and line is self._line and not line.unsaved and not line.writes:
                self._keeper.done(line)

        self._work.ask(
            lambda desk: desk.replies.ended(number), told, owner=self, topic="version ended"
        )

    def begin(self, one: ApprovalId) -> None:
        """Opens one's own version of a reply that waits, and shows it."""
        line = self._line
        if line is not None and line.shown.reviews == one:
            self._turn_to()
        elif line is not None:
            self._turn_to()
            self._page.at.notice.say(
                self.tr("This reply is not decided yet. Approve, return or discard it first.")
            )
        else:
            self._work.do(
                lambda desk: desk.reviewing.begin(one),
                partial(self._begun, one),
                self.failed.emit,
                owner=self,
                told="",
            )

    @property
    def _line(self) -> DraftLine | None:
        return self._keeper.line(REVIEW)

    def _begun(self, _one: ApprovalId, draft: Draft) -> None:
        if draft.ticket_id == self._keeper.ticket:
            self._keeper.put(draft)
            self._turn_to()

    def _turn_to(self) -> None:
        self._page.at.tabs.setCurrentIndex(_TAB)
        self._page.at.editor.setFocus()

    def _show_tab(self) -> None:
        tabs, line, row = self._page.at.tabs, self._line, self.row
        if line is None and tabs.currentIndex() == _TAB:
            tabs.setCurrentIndex(0)
        tabs.setTabVisible(_TAB, line is not None)
        if row is not None:
            said = self.tr("Reply of {name}").replace("{name}", row.writer_name)
            tabs.setTabToolTip(_TAB, plain_tip(said))
