"""In what order a list of tickets stands when a person sorts it by a column."""

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a list can show in columns, in the order they stand in at first."""

    MARKS = "marks"  # unread, starred, with files
    NUMBER = "number"
    CUSTOMER = "customer"
    SUBJECT = "subject"
    STATUS = "status"
    PRIORITY = "priority"
    WAITING = "waiting"
    DUE = "due"
    ASSIGNEE = "assignee"
    TEAM = "team"
    TAGS = "tags"
    MAILBOX = "mailbox"
    UPDATED = "updated"
    CREATED = "created"


FIRST_COLUMNS = (
    Column.MARKS,
    Column.NUMBER,
    Column.CUSTOMER,
    Column.SUBJECT,
    Column.STATUS,
    Column.WAITING,
    Column.ASSIGNEE,
    Column.TAGS,
)
"""Those shown until a person chooses others."""

SORTABLE = frozenset(Column) - {Column.MARKS}


@dataclass(frozen=True, slots=True)
class ListOrder:
    """Sorted by ``column``; what has no value there stands last either way.

    Up is: who waits longest, what is due first, most urgent, lowest number, names from A.
    Of several tags the first by name counts.
    """

    column: Column
    descending: bool = False
