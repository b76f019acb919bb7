"""Hears that a colleague asks for a ticket of this agent, also while another one is open."""

from PySide6.QtCore import QObject, Signal, Slot

from deskapp.domain.ids import TakeOverId
from deskapp.domain.notices import Notice, NoticeKind
from deskapp.domain.presence import Answer
from deskapp.ui.colleagues import Colleagues


class Asked(QObject):
    """``told`` carries a tuple of Notice; the colleague's name stands for the customer's. Each
    request is told once: who looks at the ticket has it in the strip above the editor."""

    told = Signal(object)

    def __init__(self, colleagues: Colleagues, parent: QObject) -> None:
        super().__init__(parent)
        self._colleagues = colleagues
        self._known: set[TakeOverId] = set()
        colleagues.asked.connect(self._heard)

    @Slot()
    def _heard(self) -> None:
        me = self._colleagues.me
        fresh = [
            one
            for one in self._colleagues.requests()
            if one.holder == me and one.answer is Answer.WAITING and one.id not in self._known
        ]
        self._known |= {one.id for one in fresh}
        if fresh:
            self.told.emit(
                tuple(
                    Notice(NoticeKind.ASKED, one.ticket, one.number, "", one.asker_name)
                    for one in fresh
                )
            )
