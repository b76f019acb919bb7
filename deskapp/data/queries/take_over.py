"""Requests to take a ticket over from whoever writes on it. Inside one write; never commits."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, exists, or_, select, update

from deskapp.domain.ids import AgentId, DraftId, TakeOverId, TicketId
from deskapp.domain.presence import Answer, TakeOver
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft

from ..database import Unit
from ..tables.people import agent
from ..tables.presence import take_over
from ..tables.replies import draft
from ..tables.tickets import ticket
from .filing import heirs_of
from .upsert import insert_into

WAITS_FOR = timedelta(seconds=60)
_TOLD_FOR = timedelta(minutes=10)  # to programs that were away when it was answered
_GIVEN_FOR = timedelta(days=1)  # to the asker, who has not opened the ticket since

_copies = select(draft.c.id).where(
    draft.c.id == take_over.c.draft_id,
    draft.c.version == take_over.c.draft_version,
    draft.c.closed_at.is_(None),
)
"""The holder's draft of what was taken, while nobody has changed it since."""


def ask(unit: Unit, one: TicketId, asker: AgentId, holder: AgentId, now: datetime) -> TakeOverId:
    """Begins a request, or gives the one that already waits: of an asker there is one a ticket."""
    waiting = and_(
        take_over.c.ticket_id == one,
        take_over.c.asker_id == asker,
        take_over.c.answer == Answer.WAITING.value,
    )
    unit.connection.execute(
        update(take_over)
        .where(waiting, take_over.c.expires_at <= now)
        .values(answer=Answer.EXPIRED.value, answered_at=now)
    )
    made = unit.connection.execute(
        insert_into(unit.connection, take_over)
        .values(ticket_id=one, asker_id=asker, holder_id=holder)
        .values(asked_at=now, expires_at=now + WAITS_FOR)
        .on_conflict_do_nothing()
        .returning(take_over.c.id)
    ).scalar()
    unit.touched.areas.add("presence")
    if made is None:
        made = unit.connection.execute(select(take_over.c.id).where(waiting)).scalar_one()
    return TakeOverId(made)


def answer(unit: Unit, one: TakeOverId, by: AgentId | None, how: Answer, now: datetime) -> TakeOver:
    """Ends a request that waits: the holder gives or keeps, the asker withdraws.

    ``Problem(TOO_LATE, what="take_over")`` when it has ended already or its time was over, or when
    it is not ``by``'s to answer.
    """
    who = take_over.c.asker_id if how is Answer.WITHDRAWN else take_over.c.holder_id
    ended = unit.connection.execute(
        update(take_over)
        .where(take_over.c.id == one, who == by, take_over.c.answer == Answer.WAITING.value)
        .where(take_over.c.expires_at > now)
        .values(answer=how.value, answered_at=now)
    )
    if not ended.rowcount:
        raise Problem(ProblemKind.TOO_LATE, what="take_over")
    unit.touched.areas.add("presence")
    return request(unit.connection, one, now)


def ask_no_more(
    unit: Unit, one: TicketId, asker: AgentId | None, holder: AgentId, now: datetime
) -> None:
    """Withdraws what an asker who gives the ticket away had asked of the same colleague."""
    unit.connection.execute(
        update(take_over)
        .where(take_over.c.ticket_id == one, take_over.c.answer == Answer.WAITING.value)
        .where(take_over.c.asker_id == asker, take_over.c.holder_id == holder)
        .values(answer=Answer.WITHDRAWN.value, answered_at=now)
    )


def take(unit: Unit, one: TakeOverId, by: AgentId | None, now: datetime) -> bool:
    """Notes that what was given has come to its asker; False when it had before."""
    taken = unit.connection.execute(
        update(take_over)
        .where(take_over.c.id == one, take_over.c.asker_id == by, take_over.c.taken_at.is_(None))
        .where(take_over.c.answer == Answer.GIVEN.value)
        .values(taken_at=now)
    )
    unit.touched.areas.add("presence")
    return taken.rowcount == 1


def took_in(unit: Unit, one: TakeOverId, theirs: Draft) -> None:
    """Notes which draft of the holder's stands in the asker's reply now."""
    values = {"draft_id": theirs.id, "draft_version": theirs.version}
    unit.connection.execute(update(take_over).where(take_over.c.id == one).values(values))


def request(connection: Connection, one: TakeOverId, now: datetime) -> TakeOver:
    """One request. ``Problem(NOT_FOUND)`` if there is none."""
    found = _read(connection, take_over.c.id == one, now)
    if not found:
        raise Problem(ProblemKind.NOT_FOUND, what="take_over", value=one)
    return found[0]


def requests_of(connection: Connection, me: AgentId, now: datetime) -> tuple[TakeOver, ...]:
    """Those of the last minutes that ``me`` made or is asked by, oldest first, what was given
    and is not taken yet, and what was taken of which ``me`` still has a copy."""
    mine = or_(take_over.c.asker_id == me, take_over.c.holder_id == me)
    lies = and_(
        take_over.c.answer == Answer.GIVEN.value,
        take_over.c.taken_at.is_(None),
        take_over.c.asked_at > now - _GIVEN_FOR,
    )
    copied = and_(take_over.c.holder_id == me, exists(_copies))
    told = or_(take_over.c.asked_at > now - _TOLD_FOR, lies, copied)
    return _read(connection, and_(mine, told), now)


def _read(connection: Connection, condition: object, now: datetime) -> tuple[TakeOver, ...]:
    asker, holder = agent.alias("asker"), agent.alias("holder")
    wanted = (
        select(
            take_over,
            ticket.c.number,
            ticket.c.merged_into,
            asker.c.name.label("asker_name"),
            holder.c.name.label("holder_name"),
            _copies.scalar_subquery().label("copy_id"),
        )
        .join(ticket, ticket.c.id == take_over.c.ticket_id)
        .join(asker, asker.c.id == take_over.c.asker_id)
        .join(holder, holder.c.id == take_over.c.holder_id)
        .where(condition)  # type: ignore[arg-type]
        .order_by(take_over.c.id)
    )
    found = []
    rows = connection.execute(wanted).all()
    heirs = heirs_of(connection, {TicketId(row.ticket_id) for row in rows if row.merged_into})
    for row in rows:
        asked = TicketId(row.ticket_id)
        how, left = Answer(row.answer), (row.expires_at - now).total_seconds()
        found.append(
            TakeOver(
                TakeOverId(row.id),
                heirs.get(asked, asked),  # where its drafts are, too
                row.number,
                AgentId(row.asker_id),
                row.asker_name,
                AgentId(row.holder_id),
                row.holder_name,
                Answer.EXPIRED if how is Answer.WAITING and left <= 0 else how,
                left,
                row.taken_at is not None,
                None if row.copy_id is None else DraftId(row.copy_id),
            )
        )
    return tuple(found)
