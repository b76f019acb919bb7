"""Files of mails on this computer's disk: written whole, marked as foreign, deleted when done."""

import errno
import os
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from deskapp.domain.problem import Problem, ProblemKind

from .quarantine import mark_as_foreign


@cache
def _opened_files() -> tempfile.TemporaryDirectory[str]:
    """Readable by this person alone, and deleted when the program ends."""
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(delete_opened)
    return tempfile.TemporaryDirectory(prefix="deskapp-opened-", ignore_cleanup_errors=True)


def delete_opened() -> None:
    """Also before the program ends: when somebody whose files they are is erased."""
    if _opened_files.cache_info().currsize:
        _opened_files().cleanup()
        _opened_files.cache_clear()


def place_to_open(name: str) -> Path:
    """Where a file lies while another program shows it; files of one name do not meet."""
    return Path(tempfile.mkdtemp(dir=_opened_files().name)) / name


def write_file(path: Path, data: bytes) -> Path:
    """Writes beside the place and renames, so that half a file never stands under the name, and
    marks it as come from outside where the system knows such marks.

    Raises Problem(DISK_FULL or READ_ONLY).
    """
    beside = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        # A name that exists is never followed: somebody could have put a link there.
        with os.fdopen(os.open(beside, _NEW, 0o666), "wb") as file:
            file.write(data)
        beside.replace(path)
        mark_as_foreign(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        full = fault.errno == errno.ENOSPC
        kind = ProblemKind.DISK_FULL if full else ProblemKind.READ_ONLY
        raise Problem(kind, path=str(path)) from fault
    return path


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
