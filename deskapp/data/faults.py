"""Turns what a database driver raises into a Problem the faces can explain."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from deskapp.domain.problem import Problem, ProblemKind

from .guard import refusal

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
    ("53300", ProblemKind.DATABASE_UNREACHABLE),
    ("25006", ProblemKind.READ_ONLY),
    ("28", ProblemKind.SIGN_IN_REFUSED),
    ("3D000", ProblemKind.NOT_A_DESK),
    ("42P01", ProblemKind.NOT_A_DESK),
    ("42501", ProblemKind.NOT_ALLOWED),  # a right of the role, or a policy of the row
    ("08", ProblemKind.DATABASE_UNREACHABLE),
    ("57P", ProblemKind.DATABASE_UNREACHABLE),
    ("25P03", ProblemKind.DATABASE_UNREACHABLE),  # it ended who fell silent in the middle
    ("40", ProblemKind.DATABASE_BUSY),
    ("55P03", ProblemKind.DATABASE_BUSY),
    ("XX001", ProblemKind.DATABASE_DAMAGED),
)
# Told with words of their own: too many connections; starting, or stopping on its owner's word.
_OF_ITS_OWN = {"53300": "many", "57P03": "starting", "57P01": "starting"}
# While a connection is made the driver names no SQLSTATE; a server in another language is told with
# the general words.
_REFUSALS = (
    ("password authentication failed", "28P01"),
    ("is not permitted to log in", "28000"),
    ("too many clients", "53300"),
    ("too many connections", "53300"),
    ("no more connections allowed", "53300"),  # pgbouncer
    ("connection slots are reserved", "53300"),
    ("the database system is", "57P03"),
    ("permission denied for database", "42501"),
)
# What a line to the desk's server fails with before anybody has signed in, as libpq words it.
_LINES = (
    ("server does not support ssl", ProblemKind.TLS_UNAVAILABLE, "desk"),
    ("channel binding required", ProblemKind.TLS_UNAVAILABLE, "desk_bound"),
    ("does not match host name", ProblemKind.TLS_UNTRUSTED, "desk_name"),
    ("root certificate file", ProblemKind.TLS_UNTRUSTED, "desk_root"),
    ("certificate verify failed", ProblemKind.TLS_UNTRUSTED, "desk"),
    ("no pg_hba.conf entry", ProblemKind.SIGN_IN_REFUSED, "desk_door"),
    ("pg_hba.conf rejects", ProblemKind.SIGN_IN_REFUSED, "desk_door"),
)


def problem_of(error: DBAPIError) -> Problem | None:
    """The Problem behind a driver's error, or None where it is a fault of ours."""
    if _needs_password(error.orig):
        return Problem(ProblemKind.NO_SECRET, what="desk")
    said = str(error.orig).strip()
    first_line = said.splitlines()[0] if said else ""
    state = getattr(error.orig, "sqlstate", None)
    lowered = said.lower()
    if not state and error.orig.__class__.__module__.startswith("psycopg"):
        state = next((code for words, code in _REFUSALS if words in lowered), None)
        for words, kind, what in _LINES:
            if words in lowered:
                return Problem(kind, what=what, said=first_line)
        if state == "42501":
            return Problem(ProblemKind.NOT_ALLOWED, what="connect", said=first_line)
    if state:
        if (refused := refusal(error)) is not None:
            return refused
        for prefix, kind in _SQLSTATES:
            if state.startswith(prefix):
                return Problem(kind, said=first_line, **_about(kind, state))
        return None
    for words, kind in _SQLITE_WORDS:
        if words in lowered:
            return Problem(kind, said=first_line)
    if error.connection_invalidated or any(words in lowered for words in _NO_LINE):
        return Problem(ProblemKind.DATABASE_UNREACHABLE, said=first_line)
    return None


def _about(kind: ProblemKind, state: str) -> dict[str, str]:
    """What tells apart what is told with words of its own; some kinds are known of mail servers and
    files as well."""
    if kind in (ProblemKind.SIGN_IN_REFUSED, ProblemKind.READ_ONLY):
        return {"what": "desk"}
    return {"what": _OF_ITS_OWN[state]} if state in _OF_ITS_OWN else {}


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
