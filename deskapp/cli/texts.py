"""Texts that come from files and standard input."""

import sys
from pathlib import Path

from deskapp.domain.file_problems import reading_problem
from deskapp.domain.problem import Problem, ProblemKind

_STDIN = Path("-")


def read_text(path: Path) -> str:
    """A UTF-8 text, with or without a byte order mark; ``-`` is standard input.

    Raises Problem FILE_MISSING or FILE_UNREADABLE.
    """
    data = sys.stdin.buffer.read() if path == _STDIN else read_file(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(
            ProblemKind.FILE_UNREADABLE, path=str(path), said="it is not UTF-8 text"
        ) from error


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises Problem FILE_MISSING or FILE_UNREADABLE."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise reading_problem(path, error) from error
