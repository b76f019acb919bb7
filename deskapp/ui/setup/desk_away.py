"""The first window where the desk's database is away: it asks again and goes on by itself."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.desk_address import without_password
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import text
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label

Opening = Callable[[Callable[[], None]], Desk]
"""Opens the desk; calls what it is given once, when another program's upgrade is waited for."""

_AGAIN_MS, _SOON_MS = 3000, 1500
_SAYS_AGAIN = ("starting", "many")  # their own words say that it is tried again


class _Tries(QObject):
    """Opens the desk in a thread: to ask a server that is silent takes ten seconds."""

    ended = Signal(object)  # Desk, or the Exception that kept it away
    waits = Signal()  # another program is upgrading the desk or writing to it

    def __init__(self, open_desk: Opening, parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_desk
        self._thread: threading.Thread | None = None
        self._unwanted = False
        self.ended.connect(self._over, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        return self._thread is not None

    def begin(self) -> None:
        if not self.running:
            self._thread = threading.Thread(target=self._try, name="desk", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """A desk that is still found is closed by whoever found it."""
        self._unwanted = True

    def _try(self) -> None:
        try:
            found: Desk | Exception = self._open(self.waits.emit)
        except Exception as fault:  # noqa: BLE001 - told or raised where it was asked for
            found = fault
        if self._unwanted and isinstance(found, Desk):
            found.close()
            return
        self.ended.emit(found)

    def _over(self, _found: object) -> None:
        self._thread = None


class DeskAway(QDialog):
    """``desk`` is there once it answered; ``fault`` what else came of asking."""

    def __init__(
        self,
        place: str,
        open_desk: Opening,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.fault: Exception | None = None
        self.setWindowTitle(self.tr("The desk is away"))
        self.setMinimumWidth(500)
        self.title = label(self.tr("Opening the desk"), size="card", wrap=True)
        self.words = label(self.tr("Its database has not answered yet."), wrap=True)
        self.state = label(size="small", tone="muted", wrap=True)
        self.place = label(
            self.tr("The desk: {place}").replace("{place}", place),
            size="small",
            tone="muted",
            wrap=True,
            selectable=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        for part in (self.title, self.words, self.place, self.state):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(self._buttons())
        self.again.setFocus()  # and it stays there: a button that is switched off passes it to Quit
        self._tries = _Tries(open_desk, self)
        self._tries.ended.connect(self._ended)
        self._tries.waits.connect(self._say_upgrade, Qt.ConnectionType.QueuedConnection)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AGAIN_MS)
        self._pause.timeout.connect(self.ask_again)
        self.finished.connect(self._tries.end)

    def opened(self) -> Desk | None:
        """Asks, and shows itself only where no answer comes soon. None: somebody would not wait.

        Raises what else came of asking.
        """
        soon = QEventLoop()
        self._tries.ended.connect(soon.quit)
        QTimer.singleShot(_SOON_MS, soon.quit)
        self.ask_again()
        soon.exec()
        if self.desk is None and self.fault is None and not self.exec():
            return None
        if self.fault is not None:
            raise self.fault
        return self.desk

    def ask_again(self) -> None:
        """Now, and not when the pause is over."""
        self._pause.stop()
        self.state.setText(self.tr("Asking…"))
        self._tries.begin()

    def _buttons(self) -> QHBoxLayout:
        self.leave = push_button(self.tr("Quit"), self.reject)
        self.again = push_button(self.tr("Try now"), self.ask_again, kind="primary")
        self.again.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.again)
        return buttons

    def _say(self, problem: Problem) -> None:
        told = explain(problem)
        self.title.setText(told.title)
        self.words.setText(f"{told.happened} {told.todo}")
        last = self.tr("Asked last at {time}.").replace("{time}", text.clock(datetime.now(UTC)))
        again = self.tr("deskapp asks again by itself every few seconds.")
        said = str(problem.details.get("what", "")) in _SAYS_AGAIN
        self.state.setText(last if said else f"{again} {last}")

    def _say_upgrade(self) -> None:
        self.title.setText(self.tr("The desk is being upgraded"))
        self.words.setText(self.tr("Another program upgrades the desk or writes to it."))
        self.state.setText(self.tr("deskapp goes on by itself when that is done."))

    def _ended(self, found: "Desk | Exception") -> None:
        if isinstance(found, Desk):
            self.desk = found
            self.accept()
        elif isinstance(found, Problem) and found.kind is ProblemKind.DATABASE_UNREACHABLE:
            self._say(found)
            self._pause.start()
        else:
            self.fault = found
            self.accept()


class Left(Exception):
    """Somebody would not wait for the desk."""


def open_waiting(
    open_desk: Callable[[str, Callable[[], None]], Desk],
) -> Callable[[str], Desk]:
    """Opens a desk, and waits in a window where it is away or another program upgrades it.

    What it gives raises what ``open_desk`` raises, and Left when somebody would not wait.
    """

    def opened(address: str) -> Desk:
        away = DeskAway(without_password(address), lambda waits: open_desk(address, waits))
        desk = away.opened()
        if desk is None:
            raise Left
        return desk

    return opened
