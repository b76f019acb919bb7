"""Who works in the exam of programs side by side: hands at windows, commands, and mail."""

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from deskapp.data.connect import desk_url
from tests.exams.parcel_mail import mail_of
from tests.exams.side_program import SideWindow
from tests.stories.shop import Shop

COMMANDS = (2, 5, 8)  # tickets that only commands write to
_MAIL_EVERY, _COMMAND_PAUSE = 4.0, 0.5  # seconds


class Books:
    """What was written by whom, and what went wrong; from several threads."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.replies: list[str] = []
        self.in_flight: set[str] = set()  # of a window that was killed: there once, or not
        self.changes: list[tuple[str, float]] = []  # a command's word, and when it was committed
        self.wrong: list[str] = []
        self.wal = [0]
        self.mails = 0


class Hands(threading.Thread):
    """Somebody at a window: notes and replies, one after the other, on tickets of their own."""

    def __init__(self, window: SideWindow, tickets: Sequence[int], books: Books, name: str) -> None:
        super().__init__(name=name)
        self.window, self._tickets, self._books = window, tickets, books
        self.rest = threading.Event()
        self.killed = False
        self._number = 0

    def run(self) -> None:
        while not self.rest.is_set():
            self._number += 1
            kind = "reply" if self._number % 3 == 2 else "note"
            text = f"{kind} {self.name} number {self._number} written"
            try:
                self.window.write(kind, self._tickets[self._number % len(self._tickets)], text)
            except (AssertionError, BrokenPipeError) as fault:
                if not self.killed:
                    self._books.wrong.append(str(fault))
                self._books.in_flight.add(text)
                return
            (self._books.replies if kind == "reply" else self._books.notes).append(text)

    def end(self) -> None:
        self.rest.set()
        self.join(120)
        assert not self.is_alive(), f"{self.name} did not end"


class Commands(threading.Thread):
    """Commands, one process each: notes, and subjects that every window has in its list."""

    def __init__(self, books: Books) -> None:
        super().__init__(name="commands")
        self._books = books
        self.rest = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.rest.wait(_COMMAND_PAUSE):
            number += 1
            ticket, text = str(COMMANDS[number % len(COMMANDS)]), f"command number {number} written"
            if number % 2:
                self._run("ticket", "note", ticket, "--text", text)
                self._books.notes.append(text)
            else:
                done = self._run("ticket", "set", ticket, "--subject", text)
                self._books.changes.append((text, done))

    def _run(self, *words: str) -> float:
        """When it said what it had done: as soon as that was committed."""
        command = [sys.executable, "-m", "deskapp", *words, "--json"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as running:
            assert running.stdout is not None and running.stderr is not None
            running.stdout.readline()
            done = time.time()
            said = running.stderr.read()
        if running.returncode:
            self._books.wrong.append(f"{words[:2]}: {running.returncode} {said}")
        return done

    def end(self) -> None:
        self.rest.set()
        self.join(120)


class World(threading.Thread):
    """Mail that comes in, and the length of the write-ahead file."""

    def __init__(self, shop: Shop, books: Books) -> None:
        super().__init__(name="world")
        self._shop, self._books = shop, books
        self.rest = threading.Event()

    def run(self) -> None:
        wal, due = Path(f"{desk_url(self._shop.url).database}-wal"), time.monotonic()
        while not self.rest.wait(0.25):
            if wal.exists():
                self._books.wal.append(wal.stat().st_size)
            if time.monotonic() >= due:
                due += _MAIL_EVERY
                self._books.mails += 1
                self._shop.account.deliver(mail_of(self._books.mails))
