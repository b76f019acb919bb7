"""Two tickets that are one matter."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from deskapp.domain.ids import AgentId, MoveId, TicketId
from deskapp.domain.kinds import WAITS_FOR_US, Direction, MailKind, TicketStatus
from deskapp.domain.moving import MoveKind, WayBack
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.standing import Fact

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.replies import draft
from ..tables.tickets import ticket, ticket_tag
from .filing import lock_tickets
from .marks import take_marks
from .participants import take_participants
from .snoozes import settle_snooze, wake_due
from .ticket_moves import move_messages, note_move, with_origins
from .ticket_opened import open_target
from .ticket_standing import restand


def merge_tickets(
    unit: Unit, source: TicketId, into: TicketId, at: datetime, by: AgentId | None
) -> MoveId:
    """Moves ``source``'s messages, drafts, tags and people to ``into``. The numbers stay findable,
    and the record that is returned knows the way back.

    Where ``source`` waits for us, so does ``into`` from now on: nobody's question ends unseen in a
    ticket that had been settled. Both rows are locked in id order, so that merging both ways at
    once leaves one ticket alive.

    A ticket that was merged already is ``Problem(CHANGED_MEANWHILE)``.
    """
    both = _both(unit, source, into, at)
    messages = with_origins(unit.connection, source)
    move_messages(unit, [number for number, _ in messages], into)
    # Before its stars go along: colleagues' stars are put only on what theirs was merged into.
    unit.connection.execute(
        update(ticket)
        .where(ticket.c.id == source)
        .values(
            status=TicketStatus.MERGED,
            merged_into=into,
            message_count=0,
            version=ticket.c.version + 1,
        )
    )
    followers, stars = take_marks(unit, source, into)
    way_back = WayBack(
        messages,
        _take_drafts(unit, source, into),
        _take_tags(unit, source, into),
        take_participants(unit, source, into),
        followers,
        stars,
        both.source.status,
        both.source.snooze,
        both.source.snoozed_until,
    )
    settle_snooze(unit, source, TicketStatus.MERGED, at)
    way_back = open_target(unit, both.into, _news(both.source, at), way_back, at, by)
    made = note_move(unit, MoveKind.MERGE, (source, into), way_back, at, by)
    restand(unit, into)
    unit.touched.areas.add("drafts")
    return made


@dataclass(frozen=True, slots=True)
class _Both:
    source: AnyRow
    into: AnyRow


def _both(unit: Unit, source: TicketId, into: TicketId, at: datetime) -> _Both:
    if source == into:
        raise Problem(ProblemKind.INVALID, what="merge", value=source)
    lock_tickets(unit.connection, {source, into})
    wake_due(unit, at, source)
    wake_due(unit, at, into)
    both = select(ticket).where(ticket.c.id.in_([source, into]))
    rows = {row.id: row for row in unit.connection.execute(both)}
    for one in (source, into):
        if one not in rows:
            raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
        if rows[one].merged_into is not None:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="ticket", value=rows[one].number)
    return _Both(rows[source], rows[into])


def _take_drafts(unit: Unit, source: TicketId, into: TicketId) -> tuple[tuple[int, bool], ...]:
    mine = draft.c.ticket_id == source
    found = select(draft.c.id, draft.c.closed_at).where(mine).order_by(draft.c.id)
    taken = tuple((row.id, row.closed_at is not None) for row in unit.connection.execute(found))
    unit.connection.execute(update(draft).where(mine).values(ticket_id=into))
    return taken


def _take_tags(unit: Unit, source: TicketId, into: TicketId) -> tuple[int, ...]:
    def tags_of(one: TicketId) -> set[int]:
        found = select(ticket_tag.c.tag_id).where(ticket_tag.c.ticket_id == one)
        return set(unit.connection.execute(found).scalars())

    new = tuple(sorted(tags_of(source) - tags_of(into)))
    if new:
        rows = [{"ticket_id": into, "tag_id": one} for one in new]
        unit.connection.execute(insert(ticket_tag), rows)
    return new


def _news(source: AnyRow, at: datetime) -> Fact | None:
    if source.status not in WAITS_FOR_US or source.waiting_since is None:
        return None
    newest = source.newest_message_id
    return Fact(source.last_in_at or at, newest, Direction.IN, MailKind.HUMAN)
