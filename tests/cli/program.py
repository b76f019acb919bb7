"""The program as a person starts it: another process, its words, its exit code."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import forked


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
    """``deskapp`` on one desk, each command in a process of its own.

    ``started``: Python is started for it, as a person does, with ``before`` put before its words;
    else the process is forked from one that has loaded the program (see ``forked``).
    """

    desk: str
    before: tuple[str, ...] = ()
    started: bool = False

    def run(self, *words: str, code: int = 0, stdin: str = "", **environment: str) -> Said:
        """Runs a command and checks its exit code; nothing it prints is a traceback."""
        around = {**os.environ, "DESKAPP_DESK": self.desk, **environment}
        if self.started or self.before or not forked.POSSIBLE:
            said = self._start(words, around, stdin)
        else:
            said = _fork(words, around, stdin)
        assert said.code == code, f"{words}: {said.code}\n{said.out}\n{said.err}"
        assert "Traceback" not in said.err
        return said

    def json(self, *words: str, code: int = 0, **more: str) -> Any:
        """Runs a command with --json and reads its document."""
        return self.run(*words, "--json", code=code, **more).json

    def _start(self, words: Sequence[str], environment: Mapping[str, str], stdin: str) -> Said:
        done = subprocess.run(
            [*self.before, sys.executable, "-m", "deskapp", *words],
            env=environment,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=90,
            check=False,
        )
        return Said(done.stdout, done.stderr, done.returncode)


def _fork(words: Sequence[str], environment: Mapping[str, str], stdin: str) -> Said:
    with tempfile.TemporaryDirectory() as folder:
        asked, out, err = (Path(folder, name) for name in ("in", "out", "err"))
        asked.write_text(stdin, "utf-8")
        code = forked.run_forked(words, environment, (asked, out, err))
        return Said(out.read_text("utf-8"), err.read_text("utf-8"), code)
