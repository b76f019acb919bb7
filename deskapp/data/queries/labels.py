"""The desk's own words for statuses."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, and_, case, null, select, update

from deskapp.domain.ids import LabelId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import StatusLabel

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.facts import status_label
from ..tables.tickets import ticket
from .writes import insert_row, lock_row, unique

LABEL_STANDS = and_(
    status_label.c.id == ticket.c.label_id, status_label.c.status == ticket.c.status
)
"""A ticket's label, unless the ticket has got another status since it was set."""


def label_while(status: object) -> ColumnElement[int | None]:
    """For an UPDATE of a ticket's status: its label, which goes when the status is another."""
    return case((ticket.c.status == status, ticket.c.label_id), else_=null())


def label_rows(connection: Connection) -> tuple[StatusLabel, ...]:
    """All of them, those no longer offered too, in the order of the statuses and by name."""
    order = list(TicketStatus)
    found = map(_row, connection.execute(select(status_label)))
    return tuple(sorted(found, key=lambda row: (order.index(row.status), name_key(row.name))))


def label_row(connection: Connection, one: LabelId) -> StatusLabel:
    """Raises Problem(NOT_FOUND)."""
    found = connection.execute(select(status_label).where(status_label.c.id == one)).first()
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="label", value=one)
    return _row(found)


def locked_label(unit: Unit, one: LabelId) -> StatusLabel:
    """As it stands until this write ends. Raises Problem(NOT_FOUND)."""
    lock_row(unit.connection, status_label, one)
    return label_row(unit.connection, one)


def insert_label(unit: Unit, name: str, status: TicketStatus) -> LabelId:
    """Raises Problem(DUPLICATE) for a name in use. One that was taken away comes back."""
    key = name_key(name)[:80]
    revived = (
        update(status_label)
        .where(status_label.c.name_key == key, status_label.c.active.is_(False))
        .where(status_label.c.status == status)
        .values(active=True, name=name)
        .returning(status_label.c.id)
    )
    made = unit.connection.execute(revived).scalar()
    if made is None:
        with unique("label", name):
            values = {"name": name, "name_key": key, "status": status}
            made = insert_row(unit.connection, status_label, values)
    unit.touched.areas.add("labels")
    return LabelId(made)


def update_label(unit: Unit, one: LabelId, values: Mapping[str, object]) -> None:
    """Raises Problem NOT_FOUND or DUPLICATE (name)."""
    with unique("label", str(values.get("name", ""))):
        statement = update(status_label).where(status_label.c.id == one).values(**values)
        if not unit.connection.execute(statement).rowcount:
            raise Problem(ProblemKind.NOT_FOUND, what="label", value=one)
    unit.touched.areas.add("labels")


def _row(found: AnyRow) -> StatusLabel:
    return StatusLabel(
        LabelId(found.id), found.name, TicketStatus(found.status), bool(found.active)
    )
