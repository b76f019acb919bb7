"""A reply of one's own that is open beside the one being written: a colleague took it back
meanwhile, or a merge brought it along."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.replies import Draft
from deskapp.ui.work import Work

from .draft_keeper import DraftKeeper
from .layout import Layout

_EXCERPT = 120  # letters


class KeptAside(QObject):
    """Offers the older one, a sentence and two ways; neither text is lost by not choosing.

    ``bring`` puts it above what is being written, in one draft.
    """

    def __init__(
        self,
        work: Work,
        keeper: DraftKeeper,
        at: Layout,
        bring: Callable[[Draft], None],
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._notice, self._bring = work, keeper, at.aside, bring
        self._told: Draft | None = None
        keeper.opened.connect(self.ask)

    def ask(self) -> None:
        """Reads what is open beside it; called again as drafts change."""
        ticket = self._keeper.ticket
        if ticket is None:
            self._show(None)
            return
        self._work.ask(
            lambda desk: (ticket, desk.replies.aside(ticket)),
            self._came,
            lambda _problem: None,  # the window says itself that the desk is away
            owner=self,
            topic="kept aside",
        )

    def _came(self, answer: tuple[TicketId, tuple[Draft, ...]]) -> None:
        ticket, drafts = answer
        if ticket == self._keeper.ticket:
            self._show(drafts[0] if drafts else None)

    def _show(self, draft: Draft | None) -> None:
        if draft is not None and self._told is not None and draft.id == self._told.id:
            return  # what was hidden by hand stays so
        self._told = draft
        if draft is None:
            self._notice.clear()
            return
        words = " ".join(draft.body.split())
        words = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
        said = self.tr("Another reply of yours on this ticket is open beside this one: “{words}”")
        self._notice.say(
            said.replace("{words}", words),
            (self.tr("Put it above this text"), lambda: self._bring(draft)),
            (self.tr("Discard it"), lambda: self._discard(draft)),
        )

    def _discard(self, draft: Draft) -> None:
        number = draft.id
        if number is not None:
            self._work.do(
                lambda desk: desk.replies.discard(number), lambda _done: self.ask(), owner=self
            )
