"""What the world does to us: server away, password refused, disk full, somebody was faster.

A Problem carries a kind and facts, never wording: ``ui/errors.py`` and ``cli`` turn kinds into
sentences. Any other exception that reaches a face is our own bug.
"""

from enum import StrEnum


class ProblemKind(StrEnum):
    # servers
    OFFLINE = "offline"
    SIGN_IN_REFUSED = "sign_in_refused"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_UNAVAILABLE = "tls_unavailable"
    SERVER_REFUSED = "server_refused"
    FOLDER_MISSING = "folder_missing"
    FOLDER_IS_VIEW = "folder_is_view"
    PLAIN_NOT_LOOPBACK = "plain_not_loopback"
    NO_SECRET = "no_secret"
    LEASE_HELD = "lease_held"
    # shops
    TOO_SLOW = "too_slow"
    NOT_PUBLIC = "not_public"
    REDIRECTED = "redirected"
    SCOPE_MISSING = "scope_missing"
    SLOW_DOWN = "slow_down"
    SERVER_DOWN = "server_down"
    BAD_ANSWER = "bad_answer"
    # database and files
    DATABASE_UNREACHABLE = "database_unreachable"
    OUTCOME_UNKNOWN = "outcome_unknown"
    DATABASE_BUSY = "database_busy"
    DATABASE_DAMAGED = "database_damaged"
    SCHEMA_NEWER = "schema_newer"
    SCHEMA_OLDER = "schema_older"
    DESK_CLOSED = "desk_closed"  # for the moment: it is being upgraded or moved
    DESK_MOVED = "desk_moved"
    MOVE_UNPROVED = "move_unproved"
    UNSUITABLE_SERVER = "unsuitable_server"
    NOT_A_DESK = "not_a_desk"
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    NETWORK_FOLDER = "network_folder"
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_EXISTS = "file_exists"
    BACKUP_INVALID = "backup_invalid"
    NOT_ALLOWED = "not_allowed"
    # work
    NOT_FOUND = "not_found"
    CHANGED_MEANWHILE = "changed_meanwhile"
    INVALID = "invalid"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    UNRESOLVED_PLACEHOLDER = "unresolved_placeholder"
    TEMPLATE_ERROR = "template_error"
    TOO_LATE = "too_late"
    TOO_LARGE = "too_large"
    WRONG_COLUMNS = "wrong_columns"
    ENGINE_STOPPED = "engine_stopped"


class Problem(Exception):
    """A known fault with its facts, for example ``Problem(ProblemKind.NOT_FOUND, what="ticket")``.

    ``details`` are short strings or numbers for the sentence (host, port, path, the server's own
    words); no passwords and no mail bodies.
    """

    def __init__(self, kind: ProblemKind, **details: str | int | None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.details = details

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.kind.value}({facts})"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.kind, self.details)


def _rebuild(kind: ProblemKind, details: dict[str, str | int | None]) -> Problem:
    return Problem(kind, **details)
