"""A merge undone: each message is on the ticket again that it came from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, select, update

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import WAITS_FOR_US, EventKind, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.standing import BY_MAIL, BY_REPLY, standing

from ..database import Unit
from ..tables.facts import ticket_follower, ticket_star
from ..tables.replies import draft
from ..tables.tickets import event, message, ticket, ticket_participant, ticket_tag
from .filing import lock_tickets, tickets_known
from .parts import parts
from .ticket_moves import Move, move_back, settle_move, tell_move
from .ticket_opened import close_target
from .ticket_standing import restand
from .ticket_write import add_event


def unmerge(unit: Unit, move: Move, at: datetime, by: AgentId | None) -> int:
    """Makes a ticket that was merged away stand by itself again; how many messages it has back.

    What came since goes where what it answers goes: a mail or reply that answers one of its
    messages with it, everything else stays. So do messages that somebody moved on meanwhile, and
    what was changed on the ticket they were merged into. ``Problem(TOO_LATE, what="move")`` when
    the merge was undone already.
    """
    heir = lock_tickets(unit.connection, {move.source, move.target})[move.source]
    row = unit.connection.execute(select(ticket).where(ticket.c.id == move.source)).first()
    if row is None or row.merged_into != move.target:
        raise Problem(ProblemKind.TOO_LATE, what="move", value=move.id)
    settle_move(unit, move.id, at)
    here = message.c.ticket_id == heir
    there = set(unit.connection.execute(select(message.c.id).where(here)).scalars())
    back = [pair for pair in move.way_back.messages if pair[0] in there]
    since = _answers(unit, heir, [number for number, _ in back], move.at)
    move_back(unit, [*back, *((number, None) for number in since)], move.source)
    _give_back(unit, move, heir)
    unit.connection.execute(
        update(ticket)
        .where(ticket.c.id == move.source)
        .values(
            status=_status_then(unit, move),
            snooze=move.way_back.snooze,
            snoozed_until=move.way_back.until,
            merged_into=None,
        )
    )
    close_target(unit, move, heir, at, by)
    moved = [*(number for number, _ in back), *since]
    tell_move(unit, EventKind.UNMERGED, (heir, move.source), moved, at, by)
    _open_for(unit, move.source, since)
    restand(unit, move.source)
    restand(unit, heir)
    unit.touched.areas.add("drafts")
    return len(moved)


def _answers(unit: Unit, heir: TicketId, moved: Sequence[int], since: datetime) -> list[int]:
    """What came onto the ticket since and answers what goes, or answers such an answer."""
    known: set[str] = set()
    for part in parts(moved):
        named = select(message.c.message_id).where(message.c.id.in_(part))
        known.update(unit.connection.execute(named).scalars())
    known.discard("")
    later = (
        select(message.c.id, message.c.message_id, message.c.in_reply_to, message.c.joined_id)
        .where(message.c.ticket_id == heir, message.c.origin_id.is_(None))
        .where(message.c.created_at >= since, message.c.id.not_in(moved))
    )
    found = []
    for row in unit.connection.execute(later.order_by(message.c.id)):
        if row.in_reply_to in known or row.joined_id in known:
            found.append(row.id)
            known |= {row.message_id} - {""}
    return found


def _give_back(unit: Unit, move: Move, heir: TicketId) -> None:
    """Drafts go back, but for those sent since; what the target got beside them is taken off."""
    back, connection = move.way_back, unit.connection
    for number, had_ended in back.drafts:
        still = and_(draft.c.id == number, draft.c.ticket_id == heir)
        if not had_ended:
            still = and_(still, draft.c.closed_at.is_(None))
        connection.execute(update(draft).where(still).values(ticket_id=move.source))
    for column, values in (
        (ticket_tag.c.tag_id, back.tags),
        (ticket_participant.c.address_key, back.people),
        (ticket_follower.c.agent_id, back.followers),
        (ticket_star.c.agent_id, back.stars),
    ):
        given = and_(column.table.c.ticket_id == move.target, column.in_(values))
        connection.execute(delete(column.table).where(given))


def _status_then(unit: Unit, move: Move) -> str:
    """The status at the merge; the one before where a reply that set it was taken back since."""
    last = (
        select(event.c.old, event.c.reason, message.c.withdrawn)
        .outerjoin(message, message.c.id == event.c.message_id)
        .where(event.c.ticket_id == move.source, event.c.kind == EventKind.STATUS)
    )
    row = unit.connection.execute(last.order_by(event.c.id.desc()).limit(1)).first()
    if row is not None and row.reason == BY_REPLY and row.withdrawn:
        return str(row.old)
    return move.way_back.status


def _open_for(unit: Unit, one: TicketId, since: Sequence[int]) -> None:
    """A customer's mail that came meanwhile opens the ticket that it goes to."""
    known = tickets_known(unit.connection, {one}, people=False)[one]
    unanswered = standing(known.facts).waiting_since
    news = [fact for fact in known.facts if fact.id in set(since) and fact.at == unanswered]
    if not news or known.status in (*WAITS_FOR_US, TicketStatus.SPAM):
        return
    told = {"old": known.status, "new": TicketStatus.OPEN, "reason": BY_MAIL}
    add_event(unit, one, EventKind.STATUS, news[0].at, None, message_row=news[0].id, **told)
    unit.connection.execute(
        update(ticket).where(ticket.c.id == one).values(status=TicketStatus.OPEN)
    )
