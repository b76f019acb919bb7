"""How far a move is: one line that changes on a terminal, a line of JSON now and then beside it."""

import json
import sys
import time
from datetime import timedelta

from deskapp.domain.desk_move import MoveProgress

_WORDS = {
    "read": "Reading",
    "copy": "Copying",
    "index": "Building the search",
    "prove": "Comparing both ends",
}
_TERMINAL_SECONDS, _PIPE_SECONDS = 0.1, 1.0


class ShownProgress:
    """Written to stderr: what a pipe gets on stdout is the one document at the end.

    With ``as_json`` a line as ``{"step", "table", "done", "rows", "share", "seconds_left"}`` about
    every second, and at each new step. In a pipe without it there is nothing.
    """

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._terminal = sys.stderr.isatty() and not as_json
        self._began = self._told_at = time.monotonic()
        self._step = ""

    def show(self, progress: MoveProgress) -> None:
        if not self._as_json and not self._terminal:
            return
        now = time.monotonic()
        pause = _TERMINAL_SECONDS if self._terminal else _PIPE_SECONDS
        if progress.step == self._step and now - self._told_at < pause:
            return
        self._step, self._told_at = progress.step, now
        left = progress.left(timedelta(seconds=now - self._began))
        if self._terminal:
            sys.stderr.write(f"\r{_in_words(progress, left)}\x1b[K")
        else:
            sys.stderr.write(json.dumps(_as_fields(progress, left)) + "\n")
        sys.stderr.flush()

    def end(self) -> None:
        """What comes next begins on an empty line."""
        if self._terminal and self._step:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _in_words(progress: MoveProgress, left: timedelta | None) -> str:
    words = f"{_WORDS[progress.step]}: {progress.done:,} of {progress.rows:,} rows"
    return words if left is None else f"{words}, {_about(left)} left"


def _about(left: timedelta) -> str:
    seconds = left.total_seconds()
    if seconds >= 90:
        return f"about {seconds / 60:.0f} minutes"
    return f"about {max(5, round(seconds / 5) * 5)} seconds"


def _as_fields(progress: MoveProgress, left: timedelta | None) -> dict[str, object]:
    return {
        "step": progress.step,
        "table": progress.table,
        "done": progress.done,
        "rows": progress.rows,
        "share": round(progress.share, 4),
        "seconds_left": None if left is None else round(left.total_seconds()),
    }
