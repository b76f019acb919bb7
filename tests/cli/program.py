"""The program as a person starts it: another process, its words, its exit code."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Program:
    """``python -m deskapp`` on one desk. ``before`` are words put before Python's own."""

    desk: str
    before: tuple[str, ...] = ()

    def run(self, *words: str, code: int = 0, stdin: str = "", **environment: str) -> Said:
        """Runs a command and checks its exit code; nothing it prints is a traceback."""
        done = subprocess.run(
            [*self.before, sys.executable, "-m", "deskapp", *words],
            env={**os.environ, "DESKAPP_DESK": self.desk, **environment},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=90,
            check=False,
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return Said(done.stdout, done.stderr, done.returncode)

    def json(self, *words: str, code: int = 0, **more: str) -> Any:
        """Runs a command with --json and reads its document."""
        return self.run(*words, "--json", code=code, **more).json
