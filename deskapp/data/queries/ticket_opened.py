"""What an unanswered mail does to the ticket that it is moved to, by a merge or by itself, and
taking that back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import (
    ACTIVE_STATUSES,
    ENDED,
    WAITS_FOR_US,
    Direction,
    EventKind,
    MailKind,
    TicketStatus,
)
from deskapp.domain.moving import BY_TICKETS, WayBack
from deskapp.domain.snoozing import Snoozing
from deskapp.domain.standing import BY_UNDO, Fact, speaks

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.tickets import event, message, ticket
from .parts import parts
from .snoozes import wake_heard
from .ticket_moves import Move
from .ticket_write import add_event

_OPENED = (TicketStatus.WAITING, TicketStatus.ON_HOLD, *ENDED)


def unanswered(
    unit: Unit, row: AnyRow, messages: Collection[int], *, carried: bool = False
) -> Fact | None:
    """The newest of these messages that a ticket waits with for us; None when it does not.

    ``carried``: they waited when they came here, though an end of this ticket may be newer.
    """
    if row.status not in WAITS_FOR_US or row.waiting_since is None:
        return None
    found: list[AnyRow] = []
    for part in parts(sorted(messages)):
        theirs = select(message).where(
            message.c.id.in_(part),
            message.c.direction == Direction.IN,
        )
        mails = [mail for mail in unit.connection.execute(theirs) if speaks(MailKind(mail.kind))]
        found += [mail for mail in mails if carried or mail.at >= row.waiting_since]
    if not found:
        return None
    newest = max(found, key=lambda mail: (mail.at, mail.id))
    aside = newest.side_id is not None
    return Fact(newest.at, newest.id, Direction.IN, MailKind(newest.kind), side=aside)


def open_target(
    unit: Unit, into: AnyRow, news: Fact | None, way_back: WayBack, at: datetime, by: AgentId | None
) -> WayBack:
    """As the customer's mail would have, had it come onto the target itself.

    ``into``: the target's locked row; ``news``: what waits for us of what comes onto it. The way
    back, with what this did.
    """
    if news is None:
        return way_back
    one = TicketId(into.id)
    newest = select(func.max(message.c.id)).where(message.c.ticket_id == one)
    there = (unit.connection.execute(newest).scalar() or 0, *(id_ for id_, _ in way_back.messages))
    way_back = replace(way_back, newest=max(there))
    wake_heard(unit, {one: news})
    now = unit.connection.execute(select(ticket.c.snooze).where(ticket.c.id == one)).scalar_one()
    if now != into.snooze:
        way_back = replace(way_back, woken=into.snooze, woken_until=into.snoozed_until)
    if into.status in _OPENED:
        told = {"old": into.status, "new": TicketStatus.OPEN, "reason": BY_TICKETS}
        add_event(unit, one, EventKind.STATUS, at, by, **told)
        opened = update(ticket).where(ticket.c.id == one).values(status=TicketStatus.OPEN)
        unit.connection.execute(opened)
        way_back = replace(way_back, opened=into.status)
    return way_back


def close_target(unit: Unit, move: Move, heir: TicketId, at: datetime, by: AgentId | None) -> None:
    """What a move did to the other ticket's status and snooze, while nobody touched it since.

    Its messages have gone back already: what came since and is still here keeps it open.
    """
    back = move.way_back
    if heir != move.target or not (back.opened or back.woken) or _heard(unit, heir, back.newest):
        return
    row = unit.connection.execute(select(ticket).where(ticket.c.id == heir)).one()
    values: dict[str, Any] = {}
    if back.woken and row.snooze == Snoozing.WOKE:
        values |= {"snooze": back.woken, "snoozed_until": back.woken_until}
    if back.opened and row.status == TicketStatus.OPEN and _set_by(unit, heir, move):
        told = {"old": row.status, "new": back.opened, "reason": BY_UNDO}
        add_event(unit, heir, EventKind.STATUS, at, by, **told)
        values["status"] = back.opened
        if back.opened not in ACTIVE_STATUSES:
            values |= {"snooze": Snoozing.AWAKE, "snoozed_until": None}
    if values:
        unit.connection.execute(update(ticket).where(ticket.c.id == heir).values(values))


def _heard(unit: Unit, one: TicketId, newest: int) -> bool:
    came = select(message.c.id).where(
        message.c.ticket_id == one,
        message.c.direction == Direction.IN,
        message.c.id > newest,
    )
    return unit.connection.execute(came.limit(1)).first() is not None


def _set_by(unit: Unit, heir: TicketId, move: Move) -> bool:
    """Whether the move is who set its status last."""
    last = select(event.c.reason, event.c.at).where(
        event.c.ticket_id == heir, event.c.kind == EventKind.STATUS
    )
    row: AnyRow | None = unit.connection.execute(last.order_by(event.c.id.desc()).limit(1)).first()
    return row is not None and tuple(row) == (BY_TICKETS, move.at)
