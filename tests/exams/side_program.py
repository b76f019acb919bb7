"""A window that is a process of its own, driven and looked at from the exam."""

import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

State = dict[str, Any]

PATIENCE = 240.0  # loaded machines too; what is measured has limits of its own


class SideWindow:
    """``deskapp`` on a desk, as ``agent``; ended with ``kill`` or ``quit``."""

    def __init__(self, url: str, agent: str, home: Path, environment: dict[str, str]) -> None:
        home.mkdir(exist_ok=True)
        kept = {"version": 1, "agent_name": agent, "undo_seconds": 0, "appearance": "light"}
        (home / "settings.json").write_text(json.dumps(kept), encoding="utf-8")
        self.agent = agent
        self.first_seen: dict[str, float] = {}  # words of subjects and messages: when painted
        self.state: State = {}
        self.statements = 0
        self.began = float("inf")  # when it first showed anything
        self._told = threading.Condition()
        self._ended = False
        self.complaints = home / "complaints.txt"
        with self.complaints.open("ab") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.exams.side_window", url],
                env=environment | {"DESKAPP_HOME": str(home)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
            )
        self._ears = threading.Thread(target=self._hear, name=f"ears of {agent}")
        self._ears.start()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told = json.loads(line)
            with self._told:
                if "statements" in told:
                    self.statements = told["statements"]
                else:
                    self._learn(told)
                self._told.notify_all()
        with self._told:
            self._ended = True
            self._told.notify_all()

    def _learn(self, told: State) -> None:
        for word in (*told["subjects"].values(), *told["texts"]):
            self.first_seen.setdefault(word, told["at"])
        if not self.state:
            self.began = told["at"]
        self.state = told

    def say(self, do: str, **what: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self.process.stdin.flush()

    def until(self, fits: Callable[[State], bool], what: str, seconds: float = PATIENCE) -> float:
        """Seconds until its window shows this; AssertionError with what it shows instead."""
        begun = time.monotonic()
        with self._told:
            self._told.wait_for(
                lambda: self._ended or (bool(self.state) and fits(self.state)), seconds
            )
            there = bool(self.state) and fits(self.state)
        assert there, f"{self.agent}: {what}; shown: { {**self.state, 'subjects': '…'} }"
        return time.monotonic() - begun

    def open(self, ticket: int) -> None:
        self.say("open", ticket=ticket)
        self.until(lambda now: now["opened"] == ticket and now["ready"], f"open {ticket}")

    def write(self, kind: str, ticket: int, text: str) -> None:
        """Opens a ticket, writes and presses; returns when the message stands there."""
        self.open(ticket)
        self.say(kind)
        self.until(lambda now: now["editor"].strip() == "" and now["ready"], f"{kind} {text}")
        self.say("type", text=text)
        self.until(lambda now: text in now["editor"], f"type {text}")
        self.say("send")
        self.until(lambda now: any(text in one for one in now["texts"]), f"send {text}")

    def count(self) -> int:
        """The statements it has asked the desk by now."""
        before, self.statements = self.statements, -1
        self.say("count")
        with self._told:
            assert self._told.wait_for(lambda: self.statements >= 0, PATIENCE), "no count came"
        assert self.statements >= before
        return self.statements

    def sleeps(self) -> None:
        """As on a laptop that is shut: it stands still where it is."""
        self.process.send_signal(signal.SIGSTOP)

    def wakes(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """SIGKILL; its engine finds its pipe closed and ends."""
        self.process.kill()
        self._bury()

    def quit(self) -> int:
        """As a person closes it; its exit code."""
        self.say("quit")
        try:
            self.process.wait(PATIENCE)
        finally:
            self.kill()
        return self.process.returncode

    def _bury(self) -> None:
        self.process.wait()
        self._ears.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None and not pipe.closed:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def complained(self) -> str:
        """What it wrote on standard error."""
        return self.complaints.read_text("utf-8", "replace")
