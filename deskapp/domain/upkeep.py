"""What the upkeep of a desk reports: findings of the audit, counts of copies."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What the audit can find. Values stand in the JSON of ``check``."""

    DAMAGED = "damaged"  # the database file itself does not hold together
    FOREIGN_KEY = "foreign_key"  # a row points at one that is not there
    LEDGER_WITHOUT_BYTES = "ledger_without_bytes"
    FILED_WITHOUT_MESSAGE = "filed_without_message"
    MESSAGE_WITHOUT_BYTES = "message_without_bytes"
    MESSAGE_WITHOUT_TEXT = "message_without_text"
    BYTES_CHANGED = "bytes_changed"  # the bytes no longer have the hash they are stored under
    NOT_SEARCHABLE = "not_searchable"
    SEARCH_LEFTOVER = "search_leftover"  # the index has what is not there, or in another ticket
    TICKET_SUMS = "ticket_sums"  # count, waiting-since or newest disagree with the messages
    OUTBOX = "outbox"  # state, phase, times and message do not fit together
    OUTBOX_TWICE = "outbox_twice"
    AUDIT_CHAIN = "audit_chain"  # the audit of the desk does not hold: see ``audit verify``
    AUDIT_BROKEN = "audit_broken"  # a line of the audit of acts was changed, or one is missing


@dataclass(frozen=True, slots=True)
class Finding:
    """One sort of fault: how often, and the row it was first seen at."""

    kind: FindingKind
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A proven copy: rows by table, and the size of its file in bytes.

    ``unsettled`` counts replies that waited when a backup was made and are now uncertain.
    ``kept`` is where the desk that a restore replaced was put, "" where there was none.
    ``erased_again`` counts people who had been erased since the backup; ``erased_left`` are the
    numbers of those who could not be yet. Without ``erasures_known`` nobody knows of any.
    ``sign_ins`` counts who signed in to a server as themselves: a backup holds no passwords.
    """

    rows: Mapping[str, int]
    size: int
    unsettled: int = 0
    kept: str = ""
    erasures_known: bool = False
    erased_again: int = 0
    erased_left: tuple[int, ...] = ()
    sign_ins: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """How many of each kind an export wrote."""

    tickets: int
    messages: int
    customers: int
    orders: int
    mails: int
