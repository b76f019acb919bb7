"""Above the text of a reply: that one waits for a senior, was returned, or was changed."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.approvals import ApprovalRow, ApprovalState, Standing
from deskapp.domain.ids import ApprovalId
from deskapp.ui import text
from deskapp.ui.pieces.notice import Choice, Notice


class ApprovalStrip(Notice):
    """``open_wanted``, ``edit_wanted`` and ``back_wanted`` carry the ApprovalId; hidden by hand it
    stays so until something else is to be said. ``discard_wanted``: the senior's own version.
    ``returned``: it says that a reply came back."""

    open_wanted = Signal(object)
    edit_wanted = Signal(object)
    back_wanted = Signal(object)
    discard_wanted = Signal()
    returned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[object, ...] = ()

    def show_standing(self, found: Standing | None, edited: ApprovalRow | None = None) -> None:
        """What of a ticket's replies matters most to whoever looks; None for no ticket.
        ``edited``: the reply that is being edited below."""
        row = edited
        if row is None:
            row = None if found is None else _weightiest(found)
        key: tuple[object, ...] = ()
        if row is not None and found is not None:
            key = (row.id, row.state, found.me, found.junior, edited is not None)
        if key == self._told:
            return
        self._told = key
        if row is None or found is None:
            self.clear()
        elif edited is not None:
            self._say_edited(row)
        else:
            self._say(row, found)

    def _say_edited(self, row: ApprovalRow) -> None:
        """Above a senior's own version: whose it is, or that it was decided meanwhile."""
        discard: Choice = (self.tr("Discard my version"), self.discard_wanted.emit)
        look: Choice = (self.tr("Look at it"), self._acting(self.open_wanted, row.id))
        if row.state is ApprovalState.WAITING:
            said = self.tr(
                "You edit the reply of {who}. It leaves in their name; what they wrote is kept."
            )
            told = self.tr("What I changed")
            choices: tuple[Choice, ...] = ((told, self._acting(self.open_wanted, row.id)),)
        elif row.state is ApprovalState.APPROVED:
            said = self.tr(
                "{senior} approved this reply of {who} meanwhile. Your version was not sent; it is "
                "kept until you discard it."
            )
            choices = (look, discard)
        elif row.state is ApprovalState.RETURNED:
            said = self.tr(
                "{senior} returned this reply to {who} meanwhile. Your version was not sent; it is "
                "kept until you discard it."
            )
            choices = (look, discard)
        else:
            said = self.tr(
                "{who} took this reply back meanwhile. Your version was not sent; it is kept until "
                "you discard it."
            )
            choices = (discard,)
        said = said.replace("{senior}", row.senior_name).replace("{who}", row.writer_name)
        self.say(said, *choices)

    def _say(self, row: ApprovalRow, found: Standing) -> None:
        mine = row.writer == found.me
        changes: Choice = (
            self.tr("What was changed"),
            self._acting(self.open_wanted, row.id),
        )
        if row.state is ApprovalState.RETURNED:
            said = self.tr("{when} {senior} returned this reply: {comment}")
            said = said.replace("{when}", _when(row.decided_at or row.submitted_at))
            said = said.replace("{senior}", row.senior_name)
            choices = (changes,) if row.changed else ()
            self.say(said.replace("{comment}", row.comment), *choices)
            self.returned.emit()
        elif row.state is ApprovalState.APPROVED:
            said = self.tr("{senior} changed the reply of {who} before it was sent.")
            said = said.replace("{senior}", row.senior_name).replace("{who}", row.writer_name)
            self.say(said, changes)
        elif mine:
            said = self.tr("Your reply waits for approval since {when}.")
            said = said.replace("{when}", _when(row.submitted_at))
            self.say(said, (self.tr("Take it back"), self._acting(self.back_wanted, row.id)))
        else:
            said = self.tr("Waiting for approval: the reply of {who}")
            said = said.replace("{who}", row.writer_name)
            ways: tuple[Choice, ...] = (
                (self.tr("Edit here"), self._acting(self.edit_wanted, row.id)),
                (self.tr("Look at it"), self._acting(self.open_wanted, row.id)),
            )
            self.say(said, *(() if found.junior else ways))

    def _acting(self, signal: object, one: ApprovalId) -> Callable[[], object]:
        def act() -> None:
            self.show()  # until it is no longer so
            signal.emit(one)  # type: ignore[attr-defined]  # a bound Signal

        return act


def _when(moment: datetime) -> str:
    """The time of day, with the date where that is not today's: "9:12", "3 Sep 9:12"."""
    at, today = text.clock(moment), text.local(datetime.now(UTC)).date()
    return at if text.local(moment).date() == today else f"{text.day(moment)} {at}"


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
