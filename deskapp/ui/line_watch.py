"""Whether the desk's database is away, as windows tell it: learned of the line and of the lanes."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.domain.line import Line
from deskapp.domain.problem import Problem

from .bridge import Bridge
from .work import Work

_PATIENCE_MS = 1500  # a connection that breaks and comes again at once is nobody's concern


class LineWatch(QObject):
    """``changed`` comes when the desk goes away or is back, and when other writes wait for it.

    The line tells first; a lane that stands still for long says the same without it.
    """

    changed = Signal()
    came_back = Signal()

    def __init__(self, work: Work, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self.work = work
        self.since: datetime | None = None
        self.why: Problem | None = None
        self._met: Problem | None = None
        self._line_up = True
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._stands_for_long)
        bridge.line.connect(self._line_is)
        work.stands.connect(self._lane_stands)
        work.waits_changed.connect(self._waits_changed)

    @property
    def away(self) -> bool:
        return self.since is not None

    def _line_is(self, line: Line) -> None:
        self._line_up = line.up
        self.work.line_is(line.why)
        if line.why is not None:
            self._turn(line.since, line.why)
        else:
            self._turn(None, None)

    def _lane_stands(self, why: Problem | None) -> None:
        self._met = why
        if why is None:
            self._patience.stop()
            if self._line_up:
                self._turn(None, None)
        elif not self.away and not self._patience.isActive():
            self._patience.start()

    def _stands_for_long(self) -> None:
        if self._met is not None and not self.away:
            self._turn(datetime.now(UTC), self._met)

    def _turn(self, since: datetime | None, why: Problem | None) -> None:
        was_away = self.away
        if was_away and since is not None:
            return  # since when it is away stays said
        self.since, self.why = since, why
        if since is None:
            self._patience.stop()
        if was_away != self.away:
            self.changed.emit()
            if was_away:
                self.came_back.emit()

    def _waits_changed(self) -> None:
        if self.away:
            self.changed.emit()
