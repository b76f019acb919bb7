"""What stands in one cell of the list when it is shown in columns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.list_order import Column
from deskapp.domain.tickets import TicketRow
from deskapp.ui import fact_words, text
from deskapp.ui.translatable import N

from .fact_menus import PRESSING
from .row_look import shown_subject, when_told

_TITLES = {
    Column.MARKS: "",
    Column.NUMBER: N("Columns", "Number"),
    Column.CUSTOMER: N("Columns", "Customer"),
    Column.SUBJECT: N("Columns", "Subject"),
    Column.STATUS: N("Columns", "Status"),
    Column.PRIORITY: N("Columns", "Priority"),
    Column.WAITING: N("Columns", "Waits"),
    Column.DUE: N("Columns", "Due"),
    Column.ASSIGNEE: N("Columns", "Assignee"),
    Column.TEAM: N("Columns", "Team"),
    Column.TAGS: N("Columns", "Tags"),
    Column.MAILBOX: N("Columns", "Mailbox"),
    Column.UPDATED: N("Columns", "Changed"),
    Column.CREATED: N("Columns", "Began"),
}
WIDTHS = {
    Column.MARKS: 72,
    Column.NUMBER: 72,
    Column.CUSTOMER: 160,
    Column.SUBJECT: 220,
    Column.STATUS: 152,
    Column.PRIORITY: 80,
    Column.WAITING: 124,
    Column.DUE: 120,
    Column.ASSIGNEE: 100,
    Column.TEAM: 100,
    Column.TAGS: 140,
    Column.MAILBOX: 130,
    Column.UPDATED: 110,
    Column.CREATED: 110,
}
"""Pixels at first, where there is room."""
UNCUT = frozenset((Column.MARKS, Column.NUMBER, Column.PRIORITY, Column.WAITING, Column.DUE))
"""What a narrow list does not make narrower: a promise cut in half is none."""


_PLAIN: dict[Column, Callable[[TicketRow], str]] = {
    Column.CUSTOMER: lambda row: row.customer_name,
    Column.SUBJECT: lambda row: shown_subject(row.subject),
    Column.STATUS: fact_words.status_of,
    Column.ASSIGNEE: lambda row: row.assignee_name,
    Column.TEAM: lambda row: row.team_name,
    Column.TAGS: lambda row: ", ".join(row.tags),
    Column.MAILBOX: lambda row: row.mailbox_address,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """``tone`` is a theme token; ``right``: set in from the right, as numbers are."""

    text: str
    tone: str = "text"
    right: bool = False


def title(column: Column) -> str:
    """What stands above a column."""
    if column is Column.MARKS:
        return QCoreApplication.translate("Columns", "Marks")
    return QCoreApplication.translate("Columns", _TITLES[column])


def cell(row: TicketRow, column: Column, now: datetime) -> Cell:
    """One cell. Times are said as in the rows."""
    if column is Column.NUMBER:
        return Cell(str(row.number), "muted", right=True)
    if column is Column.WAITING:
        return Cell(*when_told(row, now))
    if column is Column.DUE:
        said = fact_words.due(row, now)
        return Cell(said, "bad" if said and row.is_overdue(now) else "muted")
    if column is Column.PRIORITY:
        if row.priority not in PRESSING:
            return Cell("")
        return Cell(fact_words.priority(row.priority), PRESSING[row.priority])
    if column is Column.UPDATED:
        return Cell(text.stamp(row.updated_at, now), "muted")
    if column is Column.CREATED:
        return Cell(text.stamp(row.created_at, now), "muted")
    plain = _PLAIN.get(column)
    return Cell("" if plain is None else plain(row))
