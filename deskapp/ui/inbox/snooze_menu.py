"""Until when the selected tickets are put aside: named times first, any other by picking it."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from deskapp.domain.snoozing import AWAKE, Snooze, named_times
from deskapp.domain.tickets import TicketRow
from deskapp.domain.working_days import WorkingDays
from deskapp.ui import clock, text, words
from deskapp.ui.remembered import Remembered

from .snooze_dialog import SnoozeDialog

_KEEPS = "snooze/keeps"


class SnoozeMenu(QMenu):
    """``wanted`` carries a Snooze; AWAKE ends one. The switch is remembered and stays open."""

    wanted = Signal(object)

    def __init__(
        self, remembered: Remembered, shown: Callable[[], TicketRow | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Snooze"))
        self._remembered, self._shown = remembered, shown
        self.days = WorkingDays()  # of the desk, once they are known
        self.aboutToShow.connect(self._fill)

    @property
    def _keeps(self) -> bool:
        return self._remembered.flag(_KEEPS, False)

    def _fill(self) -> None:
        self.clear()
        now = clock.now().astimezone()
        row = self._shown()
        if row is not None and row.woke and row.snooze.until and row.snooze.until > now:
            self._time(self.tr("Again, to the same time"), row.snooze.until, now)
            self.addSeparator()
        for name, at in named_times(now.replace(tzinfo=None), self.days.is_working):
            self._time(words.snooze_time(name), at.astimezone(), now)
        self._offer(self.tr("Pick a time…"), self._pick)
        self.addSeparator()
        self._offer(self.tr("Until the customer writes"), self._until_reply)
        keep = self._offer(self.tr("Keep snoozed when the customer writes"), self._switched)
        keep.setCheckable(True)
        keep.setChecked(self._keeps)
        keep.setData(_KEEPS)
        if row is not None and (row.woke or row.snooze):
            self.addSeparator()
            back = row.is_back(now)
            end = self.tr("Take off the mark “came back”") if back else self.tr("Wake it now")
            self._offer(end, self._wake)

    def _time(self, name: str, at: datetime, now: datetime) -> None:
        def chosen() -> None:
            self.wanted.emit(Snooze(at.astimezone(UTC), not self._keeps))

        self._offer(f"{name}\t{text.ahead(at, now)}", chosen)

    def _offer(self, name: str, act: Callable[[], object]) -> QAction:
        action = self.addAction(name)
        action.triggered.connect(act)
        return action

    def _pick(self) -> None:
        dialog = SnoozeDialog(clock.now().astimezone(), keeps=self._keeps, parent=self)
        if dialog.exec():
            self.wanted.emit(dialog.chosen())

    def _until_reply(self) -> None:
        self.wanted.emit(Snooze(on_reply=True))

    def _wake(self) -> None:
        self.wanted.emit(AWAKE)

    def _switched(self, on: bool = False) -> None:
        self._remembered.put_flag(_KEEPS, on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The switch changes what the times mean, so the menu stays for one of them."""
        if not self._switch(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if not (pressed and self._switch(self.activeAction())):
            super().keyPressEvent(event)

    def _switch(self, action: QAction | None) -> bool:
        if action is None or action.data() != _KEEPS:
            return False
        action.trigger()
        return True
