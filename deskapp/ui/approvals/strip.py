"""Above the text of a reply: that one waits for a senior, was returned, or was changed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.approvals import ApprovalRow, ApprovalState, Standing
from deskapp.domain.ids import ApprovalId
from deskapp.ui import text
from deskapp.ui.pieces.notice import Notice


class ApprovalStrip(Notice):
    """``open_wanted`` and ``back_wanted`` carry the ApprovalId; hidden by hand it stays so until
    something else is to be said."""

    open_wanted = Signal(object)
    back_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[object, ...] = ()

    def show_standing(self, found: Standing | None) -> None:
        """What of a ticket's replies matters most to whoever looks; None for no ticket."""
        row = None if found is None else _weightiest(found)
        key = () if row is None or found is None else (row.id, row.state, found.me, found.junior)
        if key == self._told:
            return
        self._told = key
        if row is None or found is None:
            self.clear()
            return
        mine = row.writer == found.me
        if row.state is ApprovalState.RETURNED:
            said = self.tr("{senior} returned this reply: {comment}")
            said = said.replace("{comment}", row.comment)
            self.say(said.replace("{senior}", row.senior_name))
        elif row.state is ApprovalState.APPROVED:
            said = self.tr("{senior} changed the reply of {who} before it was sent.")
            said = said.replace("{senior}", row.senior_name).replace("{who}", row.writer_name)
            self.say(said, (self.tr("What was changed"), self._acting(self.open_wanted, row.id)))
        elif mine:
            said = self.tr("Your reply waits for approval since {when}.")
            said = said.replace("{when}", text.full(row.submitted_at))
            self.say(said, (self.tr("Take it back"), self._acting(self.back_wanted, row.id)))
        else:
            said = self.tr("Waiting for approval: the reply of {who}")
            said = said.replace("{who}", row.writer_name)
            look = (self.tr("Look at it"), self._acting(self.open_wanted, row.id))
            self.say(said, *(() if found.junior else (look,)))

    def _acting(self, signal: object, one: ApprovalId) -> Callable[[], object]:
        def act() -> None:
            self.show()  # until it is no longer so
            signal.emit(one)  # type: ignore[attr-defined]  # a bound Signal

        return act


def _weightiest(found: Standing) -> ApprovalRow | None:
    """What waits, then what came back to me, then what was changed in the newest that was sent."""
    rows = found.last_rounds()
    for row in reversed(rows):
        if row.state is ApprovalState.WAITING:
            return row
    for row in reversed(rows):
        if row.state is ApprovalState.RETURNED and row.writer == found.me:
            return row
    sent = [row for row in rows if row.state is ApprovalState.APPROVED]
    return sent[-1] if sent and sent[-1].changed else None
