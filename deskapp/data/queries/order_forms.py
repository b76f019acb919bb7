"""Order forms as they are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from deskapp.domain.ids import AgentId, OrderFormId, OrderId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.order_forms import (
    FormKind,
    FormState,
    FormText,
    OrderForm,
    items_kept,
    items_stored,
)
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.people import agent
from ..tables.returns import order_form
from ..tables.tickets import ticket
from .ticket_write import add_event
from .writes import insert_row, update_seen


def insert_form(
    unit: Unit, one: TicketId, text: FormText, at: datetime, by: AgentId | None
) -> OrderFormId:
    """A new draft on a ticket."""
    made = {"ticket_id": one, "state": FormState.DRAFT, "created_at": at, "created_by": by}
    form = OrderFormId(insert_row(unit.connection, order_form, {**made, **values_of(text)}))
    told(unit, one, text.kind, FormState.DRAFT, at, by)
    return form


def update_form(unit: Unit, form: OrderFormId, version: int | None, values: dict[str, Any]) -> None:
    """Raises Problem NOT_FOUND or CHANGED_MEANWHILE (what="form")."""
    update_seen(unit.connection, order_form, form, version, values, what="form")


def values_of(text: FormText) -> dict[str, Any]:
    """What a person wrote, as columns."""
    return {
        "kind": text.kind,
        "items": items_stored(text.items),
        "address": text.address,
        "payment": text.payment,
        "note": text.note,
        "currency": text.currency,
        "customer_name": text.customer_name,
        "customer_mail": text.customer_mail,
        "order_id": text.order_id,
        "order_number": text.order_number,
    }


def told(
    unit: Unit,
    one: TicketId,
    kind: FormKind,
    state: FormState,
    at: datetime,
    by: AgentId | None,
    of: str = "",
) -> None:
    """A line in the ticket's history; ``of`` is who was asked."""
    add_event(unit, one, EventKind.ORDER_FORM, at, by, old=of, new=state, reason=kind)
    unit.touched.tickets.add(one)
    unit.touched.areas.add("returns")


def form_row(connection: Connection, form: OrderFormId) -> OrderForm:
    """Raises Problem(NOT_FOUND, what="form")."""
    for one in _forms(connection, order_form.c.id == form):
        return one
    raise Problem(ProblemKind.NOT_FOUND, what="form", id=form)


def forms_of_ticket(connection: Connection, one: TicketId) -> list[OrderForm]:
    """The newest first."""
    return _forms(connection, order_form.c.ticket_id == one)


def open_forms(connection: Connection) -> list[OrderForm]:
    """Drafts and what was asked for, the newest first."""
    return _forms(connection, order_form.c.state.in_((FormState.DRAFT, FormState.ASKED)))


def _forms(connection: Connection, which: ColumnElement[bool]) -> list[OrderForm]:
    writer, asker, ender = (agent.alias(name) for name in ("writer", "asker", "ender"))
    asked = (
        select(
            order_form,
            ticket.c.number.label("ticket_number"),
            writer.c.name.label("created_name"),
            asker.c.name.label("asked_name"),
            ender.c.name.label("ended_name"),
        )
        .join(ticket, ticket.c.id == order_form.c.ticket_id)
        .outerjoin(writer, writer.c.id == order_form.c.created_by)
        .outerjoin(asker, asker.c.id == order_form.c.asked_by)
        .outerjoin(ender, ender.c.id == order_form.c.ended_by)
        .where(which)
        .order_by(order_form.c.id.desc())
    )
    return [_form(row) for row in connection.execute(asked)]


def _form(row: AnyRow) -> OrderForm:
    return OrderForm(
        id=OrderFormId(row.id),
        ticket_id=TicketId(row.ticket_id),
        ticket_number=row.ticket_number,
        state=FormState(row.state),
        text=FormText(
            FormKind(row.kind),
            items_kept(row.items),
            row.address,
            row.payment,
            row.note,
            row.currency,
            row.customer_name,
            row.customer_mail,
            None if row.order_id is None else OrderId(row.order_id),
            row.order_number,
        ),
        created_at=row.created_at,
        created_by=row.created_name or "",
        asked_at=row.asked_at,
        asked_by=row.asked_name or "",
        asked_of=row.asked_of,
        ended_at=row.ended_at,
        ended_by=row.ended_name or "",
        ended_words=row.ended_words,
        version=row.version,
    )
