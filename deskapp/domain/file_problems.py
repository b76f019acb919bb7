"""What the system says about a file, as a Problem."""

import errno
from pathlib import PurePath

from .problem import Problem, ProblemKind

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR)


def writing_problem(path: object, error: OSError) -> Problem:
    """Why a file could not be written: DISK_FULL, READ_ONLY, FILE_EXISTS, FILE_MISSING for its
    folder, or FILE_UNREADABLE.
    """
    said = error.strerror or type(error).__name__
    if error.errno in _FULL:
        return Problem(ProblemKind.DISK_FULL, path=str(path), said=said)
    if error.errno in _CLOSED:
        return Problem(ProblemKind.READ_ONLY, path=str(path), said=said)
    if error.errno == errno.EEXIST:
        return Problem(ProblemKind.FILE_EXISTS, path=str(path))
    if error.errno == errno.ENOENT:
        return Problem(ProblemKind.FILE_MISSING, path=str(PurePath(str(path)).parent))
    return Problem(ProblemKind.FILE_UNREADABLE, path=str(path), said=said)


def reading_problem(path: object, error: OSError) -> Problem:
    """Why a file could not be read: FILE_MISSING or FILE_UNREADABLE."""
    if error.errno == errno.ENOENT:
        return Problem(ProblemKind.FILE_MISSING, path=str(path))
    return Problem(ProblemKind.FILE_UNREADABLE, path=str(path), said=error.strerror or "")
