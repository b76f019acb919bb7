"""What erasing a person would do, counted, and what must be settled before."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, false, func, or_, select

from deskapp.domain.erasing import EraseCounts, ErasePreview, StoneKind
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES, Direction, LedgerState, OutboxState
from deskapp.domain.search_query import parse_query

from ..search import search
from ..tables.erasing import legal_hold
from ..tables.mail import server_mail
from ..tables.order_acts import order_act
from ..tables.people import contact_point, customer, customer_note
from ..tables.replies import outbox
from ..tables.tickets import attachment, message, message_address, ticket
from .erase_scope import EraseScope, ids_by
from .parts import parts

_WAITING = (OutboxState.QUEUED, OutboxState.CLAIMED)
_MOST_QUOTES = 500


def preview_of(
    connection: Connection, scope: EraseScope, kept: CustomerId, at: datetime
) -> ErasePreview:
    """Reads only."""
    messages = set(ids_by(connection, message.c.ticket_id, scope.tickets)) | scope.elsewhere
    sends = outbox.c.ticket_id
    open_ones = or_(
        *(order_act.c[name].in_(ids) for name, ids in _of_acts(scope)), false()
    ) & order_act.c.slot.is_not(None)
    still_there = server_mail.c.state == LedgerState.STORED
    return ErasePreview(
        customer=kept,
        name=_name(connection, kept),
        counts=EraseCounts(
            records=len(scope.customers),
            contacts=_count(connection, contact_point.c.customer_id, scope.customers),
            notes=_count(connection, customer_note.c.customer_id, scope.customers),
            tickets=len(scope.tickets),
            messages=len(messages) - len(scope.elsewhere),
            attachments=_count(connection, attachment.c.message_id, messages),
            drafts=len(scope.drafts),
            orders=len(scope.orders),
            elsewhere=len(scope.elsewhere),
        ),
        open_tickets=_open_tickets(connection, scope),
        waiting=_count(connection, sends, scope.tickets, outbox.c.state.in_(_WAITING)),
        uncertain=_count(connection, sends, scope.tickets, outbox.c.state == OutboxState.UNCERTAIN),
        acts=connection.execute(select(func.count()).where(open_ones)).scalar_one(),
        hold=_hold(connection, scope, at),
        of_others=_of_others(connection, scope),
        quoted_on=_quoted_on(connection, scope, messages),
        on_server=_count(connection, server_mail.c.message_id, messages, still_there),
        ticket_ids=tuple(map(TicketId, sorted(scope.tickets))),
    )


def _of_acts(scope: EraseScope) -> list[tuple[str, Collection[int]]]:
    return [("order_id", scope.orders), ("ticket_id", scope.tickets)]


def _name(connection: Connection, one: CustomerId) -> str:
    found: str = connection.execute(
        select(customer.c.name).where(customer.c.id == one)
    ).scalar_one()
    return found


def _count(
    connection: Connection,
    column: Column[int],
    keys: Collection[int],
    also: ColumnElement[bool] | None = None,
) -> int:
    total = 0
    for part in parts(sorted(keys)):
        asked = select(func.count()).select_from(column.table).where(column.in_(part))
        total += connection.execute(asked if also is None else asked.where(also)).scalar_one()
    return total


def _open_tickets(connection: Connection, scope: EraseScope) -> tuple[int, ...]:
    found: list[int] = []
    for part in parts(sorted(scope.tickets)):
        asked = select(ticket.c.number).where(
            ticket.c.id.in_(part), ticket.c.status.in_(ACTIVE_STATUSES)
        )
        found += connection.execute(asked).scalars()
    return tuple(sorted(found))


def _hold(connection: Connection, scope: EraseScope, at: datetime) -> str:
    stands = or_(legal_hold.c.until.is_(None), legal_hold.c.until > at)
    asked = select(legal_hold.c.reason).where(legal_hold.c.customer_id.in_(scope.customers), stands)
    return connection.execute(asked.limit(1)).scalar() or ""


def _of_others(connection: Connection, scope: EraseScope) -> int:
    """Mails on their tickets that bear another sender: they go with the ticket."""
    own = scope.of(StoneKind.MAIL)
    total = 0
    for part in parts(sorted(scope.tickets)):
        asked = (
            select(func.count(func.distinct(message.c.id)))
            .join(message_address, message_address.c.message_id == message.c.id)
            .where(message.c.ticket_id.in_(part), message.c.direction == Direction.IN)
            .where(message_address.c.role == "from", message_address.c.address_key.not_in(own))
        )
        total += connection.execute(asked).scalar_one()
    return total


def _quoted_on(
    connection: Connection, scope: EraseScope, messages: Collection[int]
) -> tuple[int, ...]:
    """Tickets of others that a search for their addresses and phones would still find."""
    tickets: set[int] = set()
    for kind, key in sorted(scope.keys):
        query = parse_query(f'"{key}" ') if kind in (StoneKind.MAIL, StoneKind.PHONE) else None
        if not query:
            continue
        for hit in search(connection, query, _MOST_QUOTES, ("message",)):
            if hit.ref_id not in messages and hit.ticket_id is not None:
                tickets.add(hit.ticket_id)
    found: list[int] = []
    for part in parts(sorted(tickets - scope.tickets)):
        found += connection.execute(select(ticket.c.number).where(ticket.c.id.in_(part))).scalars()
    return tuple(sorted(found))
