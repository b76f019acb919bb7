"""Tickets put aside: which sleep, which are back, and the event of waking, written once.

Whether a ticket sleeps is read from its time, so that it is back when its time has come though no
program ran. The event is written by whoever sees that first, in one conditional update.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES, EventKind, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.snoozing import (
    AWAKE,
    Snooze,
    Snoozing,
    WokeBy,
    is_due,
    snooze_retold,
    snooze_told,
    snoozing,
    woken,
)
from deskapp.domain.standing import Fact
from deskapp.domain.tickets import TicketEdit

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.tickets import SNOOZED, event, ticket
from .parts import parts

_BACK = "back "  # before what is kept of a ticket that was back
_TIMED = (Snoozing.TIME, Snoozing.FIRST)


def snooze_of(row: AnyRow) -> Snooze:
    """What a ticket's row says; of one that woke, the time it had."""
    if not row.snooze and row.snoozed_until is None:
        return AWAKE
    state = Snoozing(row.snooze)
    return Snooze(row.snoozed_until, state in (Snoozing.REPLY, Snoozing.FIRST))


def snoozed_ids() -> Select[int]:
    """Tickets that sleep, and those that woke and wait to be seen to: few, by their own index."""
    return select(ticket.c.id).where(SNOOZED)


def asleep(now: datetime) -> ColumnElement[bool]:
    """Those whose time has not come."""
    until = ticket.c.snoozed_until
    return and_(SNOOZED, ticket.c.snooze != Snoozing.WOKE, or_(until.is_(None), until > now))


def back(now: datetime) -> ColumnElement[bool]:
    """Those that woke, whether that is noted or not."""
    return and_(SNOOZED, or_(ticket.c.snooze == Snoozing.WOKE, _due(now)))


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(SNOOZED, ticket.c.snooze.in_(_TIMED), ticket.c.snoozed_until <= now)


def next_due(connection: Connection) -> datetime | None:
    """When the next ticket wakes, or has woken without anybody having noted it."""
    timed = select(func.min(ticket.c.snoozed_until)).where(SNOOZED, ticket.c.snooze.in_(_TIMED))
    found: datetime | None = connection.execute(timed).scalar()
    return found


def wake_due(unit: Unit, now: datetime, only: TicketId | None = None) -> list[TicketId]:
    """Notes those whose time has come, each with the time that it was snoozed to.

    Two programs that see it at once write one event: the second finds nothing left to update.
    """
    due = _due(now) if only is None else and_(ticket.c.id == only, _due(now))
    rows = unit.connection.execute(
        update(ticket)
        .where(due)
        .values(snooze=Snoozing.WOKE)
        .returning(ticket.c.id, ticket.c.snoozed_until)
    ).all()
    woke = [TicketId(row.id) for row in rows]
    if rows:
        _note(unit, [(TicketId(row.id), row.snoozed_until, WokeBy.TIME, None) for row in rows])
    return woke


def wake_heard(unit: Unit, heard: Mapping[TicketId, Fact]) -> None:
    """Wakes those of these tickets that slept until a mail like the one that came to them."""
    if not heard:
        return
    found: list[tuple[TicketId, datetime, WokeBy, int | None]] = []
    for part in parts(sorted(heard)):
        asked = select(ticket.c.id, ticket.c.snooze, ticket.c.snoozed_until).where(
            ticket.c.id.in_(part), SNOOZED, ticket.c.snooze != Snoozing.WOKE
        )
        for row in unit.connection.execute(asked.order_by(ticket.c.id)):
            one = TicketId(row.id)
            fact = heard[one]
            woke = woken(snooze_of(row), fact.at, returned=fact.undelivered, aside=fact.side)
            if woke is not None:
                at, why = woke
                mail = None if why is WokeBy.TIME else fact.id
                found.append((one, max(at, _begun(unit, one, at)), why, mail))
    for one, *_ in found:
        unit.connection.execute(
            update(ticket).where(ticket.c.id == one).values(snooze=Snoozing.WOKE)
        )
    if found:
        _note(unit, found)


def _begun(unit: Unit, one: TicketId, otherwise: datetime) -> datetime:
    """When it was put aside: a mail may have been on its way to us then."""
    begun = select(func.max(event.c.at)).where(
        event.c.ticket_id == one, event.c.kind == EventKind.SNOOZED
    )
    found: datetime | None = unit.connection.execute(begun).scalar()
    return found or otherwise


def _note(unit: Unit, woke: list[tuple[TicketId, datetime, WokeBy, int | None]]) -> None:
    unit.connection.execute(
        insert(event),
        [
            {
                "ticket_id": one,
                "kind": EventKind.WOKE,
                "at": at,
                "reason": why,
                "message_id": mail,
            }
            for one, at, why, mail in woke
        ],
    )
    unit.touched.tickets.update(one for one, *_ in woke)


def settle_snooze(unit: Unit, one: TicketId, status: TicketStatus, now: datetime) -> str:
    """After work on a ticket: one that ended sleeps no more, one that was back is seen to.

    What that ended, for ``resume_snooze``; "" for nothing.
    """
    ends = and_(ticket.c.id == one, SNOOZED)
    if unit.connection.execute(select(ticket.c.id).where(ends)).first() is None:
        return ""  # as most are
    wake_due(unit, now, one)
    if status in ACTIVE_STATUSES:
        ends = and_(ends, ticket.c.snooze == Snoozing.WOKE)
    was = unit.connection.execute(select(ticket).where(ends)).first()
    if was is None:
        return ""
    unit.connection.execute(
        update(ticket).where(ends).values(snooze=Snoozing.AWAKE, snoozed_until=None)
    )
    mark = _BACK if was.snooze == Snoozing.WOKE else ""
    return mark + snooze_told(snooze_of(was))


def seen_to_elsewhere(unit: Unit, answered: Mapping[TicketId, datetime], now: datetime) -> None:
    """Takes the mark off those that were back when somebody answered them from another program."""
    for part in parts(sorted(answered)):
        found = select(ticket.c.id).where(ticket.c.id.in_(part), back(now))
        for one in map(TicketId, list(unit.connection.execute(found).scalars())):
            wake_due(unit, now, one)
            woke = select(func.max(event.c.at)).where(
                event.c.ticket_id == one, event.c.kind == EventKind.WOKE
            )
            came: datetime | None = unit.connection.execute(woke).scalar()
            if came is None or came <= answered[one]:
                seen = update(ticket).where(ticket.c.id == one, ticket.c.snooze == Snoozing.WOKE)
                unit.connection.execute(seen.values(snooze=Snoozing.AWAKE, snoozed_until=None))


def resume_snooze(unit: Unit, one: TicketId, ended: str, now: datetime) -> None:
    """The work that ended a snooze is undone: it sleeps on, or is back as before.

    What somebody has made of it since stands, and one that has ended by now does not sleep.
    """
    if not ended:
        return
    was = snooze_retold(ended.removeprefix(_BACK))
    state = Snoozing.WOKE if ended.startswith(_BACK) else snoozing(was)
    unit.connection.execute(
        update(ticket)
        .where(ticket.c.id == one, ~SNOOZED, ticket.c.status.in_(ACTIVE_STATUSES))
        .values(snooze=state, snoozed_until=was.until)
    )
    wake_due(unit, now, one)


def snooze_edit(
    before: AnyRow, edit: TicketEdit, at: datetime
) -> tuple[dict[str, Any], tuple[EventKind, str, str] | None]:
    """The columns that an edit changes, and its event: kind, old, new. ``before``: the ticket's
    locked row.

    A ticket that has ended cannot be put aside: ``Problem(INVALID, what="snooze_ended")``.
    """
    state, was = Snoozing(before.snooze), snooze_of(before)
    ends = (edit.status or before.status) not in ACTIVE_STATUSES
    if ends and edit.snooze and edit.status is None:
        raise Problem(ProblemKind.INVALID, what="snooze_ended", value=before.number)
    seen_to = edit.status not in (None, before.status) and state is Snoozing.WOKE
    wanted = AWAKE if ends or (edit.snooze is None and seen_to) else edit.snooze
    if wanted is None or (snoozing(wanted) is state and wanted.until == was.until):
        return {}, None
    told = None
    if wanted:
        old = "" if state is Snoozing.WOKE or is_due(was, at) else snooze_told(was)
        told = (EventKind.SNOOZED, old, snooze_told(wanted))
    elif state is not Snoozing.WOKE and not ends:
        told = (EventKind.UNSNOOZED, snooze_told(was), "")
    return {"snooze": snoozing(wanted), "snoozed_until": wanted.until}, told
