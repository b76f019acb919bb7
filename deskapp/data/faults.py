"""Turns what a database driver raises into a Problem the faces can explain."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from deskapp.domain.problem import Problem, ProblemKind

# SQLite says what happened only in English words; each pair is (words in lower case, kind).
_SQLITE_WORDS = (
    ("database is locked", ProblemKind.DATABASE_BUSY),
    ("database table is locked", ProblemKind.DATABASE_BUSY),
    ("database or disk is full", ProblemKind.DISK_FULL),
    ("attempt to write a readonly database", ProblemKind.READ_ONLY),
    ("unable to open database file", ProblemKind.DATABASE_UNREACHABLE),
    ("disk i/o error", ProblemKind.DATABASE_UNREACHABLE),
    ("database disk image is malformed", ProblemKind.DATABASE_DAMAGED),
    ("file is not a database", ProblemKind.NOT_A_DESK),
    ("no such table", ProblemKind.NOT_A_DESK),
)
_NO_LINE = ("connection", "resolve host")
# PostgreSQL SQLSTATE classes (PostgreSQL manual, appendix A).
_SQLSTATES = (
    ("53100", ProblemKind.DISK_FULL),
    ("25006", ProblemKind.READ_ONLY),
    ("28", ProblemKind.SIGN_IN_REFUSED),
    ("3D000", ProblemKind.NOT_A_DESK),
    ("42P01", ProblemKind.NOT_A_DESK),
    ("08", ProblemKind.DATABASE_UNREACHABLE),
    ("57P", ProblemKind.DATABASE_UNREACHABLE),
    ("40", ProblemKind.DATABASE_BUSY),
    ("55P03", ProblemKind.DATABASE_BUSY),
    ("XX001", ProblemKind.DATABASE_DAMAGED),
)


def problem_of(error: DBAPIError) -> Problem | None:
    """The Problem behind a driver's error, or None where it is a fault of ours."""
    if _needs_password(error.orig):
        return Problem(ProblemKind.NO_SECRET, what="desk")
    said = str(error.orig).strip()
    first_line = said.splitlines()[0] if said else ""
    state = getattr(error.orig, "sqlstate", None)
    if state:
        for prefix, kind in _SQLSTATES:
            if state.startswith(prefix):
                return Problem(kind, said=first_line, **_whose(kind))
        return None
    lowered = said.lower()
    for words, kind in _SQLITE_WORDS:
        if words in lowered:
            return Problem(kind, said=first_line)
    if "password authentication failed" in lowered:
        kind = ProblemKind.SIGN_IN_REFUSED
        return Problem(kind, said=first_line, **_whose(kind))
    if error.connection_invalidated or any(words in lowered for words in _NO_LINE):
        return Problem(ProblemKind.DATABASE_UNREACHABLE, said=first_line)
    return None


def _whose(kind: ProblemKind) -> dict[str, str]:
    """The same kind is known of mail servers, and told with other words."""
    return {"what": "desk"} if kind is ProblemKind.SIGN_IN_REFUSED else {}


def _needs_password(raised: object) -> bool:
    """Whether a PostgreSQL asked for a password that nobody gave. Its words are in any language."""
    return bool(getattr(getattr(raised, "pgconn", None), "needs_password", False))


@contextmanager
def explained() -> Iterator[None]:
    """Everything the world does to the database inside leaves as a Problem."""
    try:
        yield
    except DBAPIError as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error
    except PoolTimeout as error:
        raise Problem(ProblemKind.DATABASE_BUSY) from error
