"""The engine beside the window: started, watched, restarted; spoken to in JSON lines."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Slot

from deskapp.domain.order_sources import LookUp, ShopQuestion

log = logging.getLogger(__name__)

_FIRST_WAIT_MS = 1_000
_LONGEST_WAIT_MS = 60_000
_SOUND_AFTER_MS = 30_000  # an engine that lived this long starts the waits anew
_STOP_MS = 5_000

News = Mapping[str, object]


class EngineProcess(QObject):
    """Keeps one engine running for the desk. ``tell`` gets each piece of its news.

    The desk's address goes by environment and not by argument: it may hold a password. When the
    engine dies it is started again, after 1, 2, 4 … 60 seconds; ``{"news": "engine", "running":
    false, "again_in": seconds}`` is told meanwhile. ``greeting`` are the commands that each new
    engine hears first.
    """

    def __init__(
        self,
        desk_url: str,
        tell: Callable[[News], None],
        greeting: Callable[[], Iterable[Mapping[str, object]]] = tuple,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk_url = desk_url
        self._tell = tell
        self._greeting = greeting
        self._stopping = False
        self._wait_ms = _FIRST_WAIT_MS
        self._process: QProcess | None = None
        self._unread = b""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.start)
        self._sound = QTimer(self)
        self._sound.setSingleShot(True)
        self._sound.timeout.connect(self._be_patient_again)

    @Slot()
    def start(self) -> None:
        """Starts the engine; does nothing while it runs."""
        if self._process is not None or self._stopping:
            return
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("DESKAPP_DESK", self._desk_url)
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.setProgram(sys.executable)
        process.setArguments([*engine_arguments(), "engine"])
        process.started.connect(self._greet)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        self._process = process
        self._unread = b""
        process.start()
        self._sound.start(_SOUND_AFTER_MS)

    @Slot()
    def _greet(self) -> None:
        for command in self._greeting():
            self.say(command)

    def restart(self) -> None:
        """Ends this engine and starts another, which reads mailboxes and passwords anew."""
        if self._process is None:
            return
        self.stop()
        self._stopping = False
        self.start()

    def rest(self) -> None:
        """Asks the engine to end and waits for nothing; ``resume`` starts another."""
        self._stopping = True
        self._again.stop()
        self.say({"do": "stop"})
        if self._process is not None:
            self._process.closeWriteChannel()

    def resume(self) -> None:
        """After ``rest``."""
        self._stopping = False
        if self._process is not None:  # it has not ended yet
            self._again.start(_FIRST_WAIT_MS)
        else:
            self.start()

    def say(self, command: Mapping[str, object]) -> None:
        """Sends a command, for example ``{"do": "sync_now"}``. Lost when no engine runs."""
        if self._process is not None:
            self._process.write(json.dumps(dict(command)).encode() + b"\n")

    def sync_now(self) -> None:
        """Looks for new mail at once."""
        self.say({"do": "sync_now"})

    def send_now(self) -> None:
        """Sends what is due at once."""
        self.say({"do": "send_now"})

    def ask_shops(self, questions: Iterable[ShopQuestion], again: bool) -> None:
        """Asks the shops of the desk; see ``engine.order_clerk``."""
        for one in questions:
            if isinstance(one, LookUp):
                asked: dict[str, object] = {"by": one.by or "any", "words": one.words}
            else:
                asked = {"order": int(one)}
            self.say({"do": "look_up_orders", "again": again, **asked})

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.state() == QProcess.ProcessState.Running

    def stop(self) -> None:
        """Asks the engine to end, waits a little, and ends it. Killing it harms nothing."""
        self._stopping = True
        self._again.stop()
        self._sound.stop()
        process = self._process
        if process is None:
            return
        process.finished.disconnect(self._ended)
        process.errorOccurred.disconnect(self._failed)
        self.say({"do": "stop"})
        process.closeWriteChannel()
        if not process.waitForFinished(_STOP_MS):
            log.warning("the engine did not stop when asked and was ended")
            process.kill()
            process.waitForFinished(_STOP_MS)
        self._process = None

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        self._unread += bytes(self._process.readAllStandardOutput().data())
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            news = json.loads(line)
        except ValueError:
            log.warning("the engine said something that is no JSON line")
            return
        if isinstance(news, dict):
            self._tell(news)

    @Slot()
    def _read_errors(self) -> None:
        """The engine writes its own diary; what it prints besides is a fault of ours."""
        if self._process is not None:
            said = bytes(self._process.readAllStandardError().data())
            log.error("the engine printed %d bytes to its error stream", len(said))

    @Slot()
    def _ended(self) -> None:
        self._forget()

    @Slot()
    def _failed(self) -> None:
        process = self._process
        if process is not None and process.state() == QProcess.ProcessState.NotRunning:
            self._forget()

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        log.warning("the engine ended with code %d", process.exitCode())
        process.deleteLater()
        self._sound.stop()
        if self._stopping:
            return
        self._tell({"news": "engine", "running": False, "again_in": self._wait_ms // 1000})
        self._again.start(self._wait_ms)
        self._wait_ms = min(self._wait_ms * 2, _LONGEST_WAIT_MS)

    @Slot()
    def _be_patient_again(self) -> None:
        self._wait_ms = _FIRST_WAIT_MS


def engine_arguments() -> list[str]:
    """How this program starts itself again: frozen it is the program, else a module of Python."""
    return [] if getattr(sys, "frozen", False) else ["-m", "deskapp"]
