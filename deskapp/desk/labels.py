"""The desk's own words for statuses, as "Waiting for parts" for on hold."""

from deskapp.data.queries.labels import (
    insert_label,
    label_rows,
    locked_label,
    update_label,
)
from deskapp.domain.ids import LabelId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.last_edits import About
from deskapp.domain.naming import name_key
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import LABELLED, StatusLabel

from .context import Context
from .last_edits import edited


class Labels:
    """The status stays what counts: clocks, views and rules know nothing of its words."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[StatusLabel, ...]:
        """All, those offered no more too, by status and name."""
        with self._context.database.reading() as connection:
            return label_rows(connection)

    def named(self, name: str) -> StatusLabel:
        """Case and marks do not count. Raises Problem(NOT_FOUND)."""
        key = name_key(name)
        for row in self.list():
            if key and row.active and name_key(row.name) == key:
                return row
        raise Problem(ProblemKind.NOT_FOUND, what="label", value=name)

    def add(self, name: str, status: TicketStatus) -> LabelId:
        """Raises Problem EMPTY, DUPLICATE, or INVALID for a status that is not set by hand."""
        plain = _plain(name)
        if status not in LABELLED:
            raise Problem(ProblemKind.INVALID, what="status", value=status)
        with self._context.database.writing() as unit:
            return insert_label(unit, plain, status)

    def rename(self, one: LabelId, name: str, seen: str | None = None) -> None:
        """Raises Problem NOT_FOUND, EMPTY, DUPLICATE, or CHANGED_MEANWHILE with its name of now
        where that is no longer the one that was ``seen``."""
        plain = _plain(name)
        with self._context.database.writing() as unit:
            now = locked_label(unit, one).name
            if seen is not None and now not in (seen, plain):
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="label", value=now)
            update_label(unit, one, {"name": plain, "name_key": name_key(plain)[:80]})
            edited(self._context, unit, About.LABEL, one)

    def put_away(self, one: LabelId, seen: str | None = None) -> None:
        """Offers it no more; tickets that have it keep it. Raises Problem NOT_FOUND, or
        CHANGED_MEANWHILE where it is not called any more what was ``seen``."""
        with self._context.database.writing() as unit:
            now = locked_label(unit, one).name
            if seen not in (None, now):
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="label", value=now)
            update_label(unit, one, {"active": False})
            edited(self._context, unit, About.LABEL, one)


def _plain(name: str) -> str:
    plain = one_line(name, 80)
    if not plain:
        raise Problem(ProblemKind.EMPTY, what="name")
    if name_key(plain) in {name_key(status) for status in TicketStatus}:
        # "closed" on the command line must go on meaning the status.
        raise Problem(ProblemKind.DUPLICATE, what="label", value=plain)
    return plain
