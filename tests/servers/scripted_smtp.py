"""An SMTP server that does what a case says at one place of the dialogue, and well elsewhere."""

import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType


class Phase(StrEnum):
    """Where in the dialogue."""

    GREETING = "greeting"
    EHLO = "ehlo"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"  # inside the mail, before its dot
    DOT = "dot"  # after it


class Way(StrEnum):
    """What happens there."""

    NOT_NOW = "4xx"
    NEVER = "5xx"
    NONSENSE = "no SMTP"
    HANG_UP = "hangs up"
    RESET = "resets"
    SILENCE = "silence"


@dataclass(frozen=True)
class Trick:
    """``answer``: bytes that are sent at that place, before the line is treated as ``way`` says."""

    phase: Phase
    way: Way
    answer: bytes = b""


_TO_NEXT = {b"EHLO": Phase.EHLO, b"HELO": Phase.EHLO, b"AUTH": Phase.AUTH, b"MAIL": Phase.MAIL}
_TO_NEXT |= {b"RCPT": Phase.RCPT, b"DATA": Phase.DATA}
_WELL = {
    Phase.GREETING: b"220 scripted.example\r\n",
    Phase.EHLO: b"250-scripted.example\r\n250-AUTH PLAIN\r\n250 SIZE 50000000\r\n",
    Phase.AUTH: b"235 2.7.0 ok\r\n",
    Phase.MAIL: b"250 2.1.0 ok\r\n",
    Phase.RCPT: b"250 2.1.5 ok\r\n",
    Phase.DATA: b"354 go on\r\n",
    Phase.DOT: b"250 2.0.0 kept\r\n",
}
_BUFFER = 4096  # small, so that a cut inside a body is felt there
_READ_OF_BODY = 20_000
_SILENT_SECONDS = 1.0


class ScriptedSmtp:
    """Serves one line after the other; set ``trick`` before each. ``kept``: the whole mails."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.trick: Trick | None = None
        self.kept: list[bytes] = []
        self._listening = socket.socket()
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._listening.bind((self.host, 0))
        self._listening.listen(8)
        self.port: int = self._listening.getsockname()[1]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "ScriptedSmtp":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        with socket.create_connection((self.host, self.port)):
            self._thread.join(10)
        self._listening.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            line, _ = self._listening.accept()
            if self._over.is_set():
                line.close()
                return
            threading.Thread(target=self._attend, args=(line, self.trick), daemon=True).start()

    def _attend(self, line: socket.socket, trick: Trick | None) -> None:
        with line, suppress(OSError):  # the client may go when it likes
            _Talk(line, trick, self._keep, self._over).hold()

    def _keep(self, mail: bytes) -> None:
        self.kept.append(mail)


class _Talk:
    """One line from greeting to end."""

    def __init__(
        self,
        line: socket.socket,
        trick: Trick | None,
        keep: Callable[[bytes], None],
        over: threading.Event,
    ) -> None:
        self._line, self._trick, self._keep, self._over = line, trick, keep, over

    def hold(self) -> None:
        line = self._line
        line.settimeout(10)
        if not self._answer(Phase.GREETING):
            return
        heard = b""
        while True:
            while b"\r\n" not in heard:
                more = line.recv(4096)
                if not more:
                    return
                heard += more
            told, _, heard = heard.partition(b"\r\n")
            word = told[:4].upper()
            if word == b"QUIT":
                line.sendall(b"221 bye\r\n")
                return
            phase = _TO_NEXT.get(word)
            if phase is None:
                line.sendall(b"250 ok\r\n")
                continue
            if not self._answer(phase):
                return
            if phase is Phase.DATA and not (self._trick and self._trick.phase is Phase.DATA):
                if not self._body(heard):
                    return
                heard = b""

    def _body(self, heard: bytes) -> bool:
        line, trick = self._line, self._trick
        if trick is not None and trick.phase is Phase.BODY:
            while len(heard) < _READ_OF_BODY:
                heard += line.recv(4096)
            if not self._answer(Phase.BODY):
                return False
        whole = bytearray(heard)
        while not whole.endswith(b"\r\n.\r\n"):
            more = line.recv(65536)
            if not more:
                return False
            whole += more
        if trick is not None and trick.phase is Phase.BODY:
            return True  # was answered too early
        if not self._answer(Phase.DOT):
            return False
        self._keep(bytes(whole[:-3]))
        return True

    def _answer(self, phase: Phase) -> bool:
        """False: this line is over."""
        line, trick = self._line, self._trick
        if trick is None or trick.phase is not phase:
            line.sendall(_WELL[phase])
            return True
        if trick.answer:
            line.sendall(trick.answer)
        if trick.way is Way.SILENCE:
            self._wait_gone()
        elif trick.way is Way.RESET:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return trick.way in (Way.NOT_NOW, Way.NEVER, Way.NONSENSE)

    def _wait_gone(self) -> None:
        """Says nothing until the client gives up; of a body nothing more is read."""
        watch = select.poll()
        watch.register(self._line, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
        until = time.monotonic() + _SILENT_SECONDS  # a FIN behind unread bytes never comes
        while not self._over.is_set() and time.monotonic() < until:
            if watch.poll(100):
                return
