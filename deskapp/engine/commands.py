"""What the window tells its engine: JSON lines on the pipe that is the engine's stdin."""

import json
import logging
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping

log = logging.getLogger(__name__)

_LONGEST = 1_000_000  # letters of a line; a pipe without line breaks is no window

Command = Mapping[str, object]


def stdin_is_a_pipe() -> bool:
    """Whether somebody may be at the other end of stdin; a terminal or /dev/null is nobody."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def listen(pipe: int, obey: Callable[[Command], None], ended: Callable[[], None]) -> None:
    """Reads file descriptor ``pipe`` until it ends, which means: stop. For a thread of its own.

    Read below Python's own file objects: a thread that waits inside one blocks the exit.
    """
    try:
        for line in _lines(pipe):
            try:
                command = json.loads(line)
            except ValueError:
                log.warning("a command that is no JSON was left out")
                continue
            if isinstance(command, dict):
                obey(command)
    finally:
        ended()


def _lines(pipe: int) -> Iterator[bytes]:
    begun = b""
    while True:
        try:
            came = os.read(pipe, 65536)
        except OSError:
            return
        if not came:
            return
        *lines, begun = (begun + came).split(b"\n")
        yield from lines
        if len(begun) > _LONGEST:
            return
