"""One ticket that is two: messages that go to a new ticket, or to another one there is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from deskapp.domain.ids import AgentId, MessageId, MoveId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.linking import LinkKind
from deskapp.domain.moving import MoveKind, WayBack
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.joins import ticket_link
from ..tables.tickets import message, ticket
from .filing import lock_tickets
from .snoozes import wake_due
from .ticket_moves import move_messages, note_move, with_origins
from .ticket_opened import open_target, unanswered
from .ticket_standing import restand
from .ticket_write import create_ticket


def split_ticket(
    unit: Unit,
    one: TicketId,
    messages: Sequence[MessageId],
    at: datetime,
    by: AgentId | None,
    subject: str = "",
) -> tuple[TicketId, MoveId]:
    """Moves some of a ticket's messages to a new ticket of the same customer, linked with it.

    ``subject``: the new ticket's; else the first that a chosen message has. What belongs to a side
    thread goes with all of it. ``Problem(EMPTY, what="split")`` when none of them is on the ticket,
    INVALID when nothing would be left there.
    """
    lock_tickets(unit.connection, {one})
    row = _ticket(unit, one)
    chosen = _chosen(unit, row, messages)
    if len(chosen) >= row.message_count:
        raise Problem(ProblemKind.INVALID, what="split", value=row.number)
    named = subject or next((found.subject for found in chosen if found.subject), row.subject)
    new = create_ticket(unit, named, row.customer_id, row.mailbox_id, at, by, "split")
    way_back = WayBack(with_origins(unit.connection, one, [found.id for found in chosen]))
    made = _move(unit, MoveKind.SPLIT, (one, new), way_back, at, by)
    link_split(unit, one, new, at, by)
    return new, made


def link_split(unit: Unit, one: TicketId, new: TicketId, at: datetime, by: AgentId | None) -> None:
    """Lets each of the two be found from the other."""
    link = {"kind": LinkKind.SPLIT, "from_id": one, "to_id": new, "agent_id": by, "at": at}
    unit.connection.execute(insert(ticket_link), link)


def move_to_ticket(
    unit: Unit,
    one: TicketId,
    messages: Sequence[MessageId],
    to: TicketId,
    at: datetime,
    by: AgentId | None,
) -> MoveId:
    """Moves some of a ticket's messages to another ticket; as ``split_ticket``, and
    ``Problem(CHANGED_MEANWHILE)`` where that one was merged away.

    A customer's mail among them that waits for us opens the other ticket, as by a merge."""
    if one == to:
        raise Problem(ProblemKind.INVALID, what="move_here", value=one)
    lock_tickets(unit.connection, {one, to})
    wake_due(unit, at, to)
    row, target = _ticket(unit, one), _ticket(unit, to)
    if target.status == TicketStatus.MERGED:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="ticket", value=target.number)
    chosen = _chosen(unit, row, messages)
    if len(chosen) >= row.message_count:
        raise Problem(ProblemKind.INVALID, what="move", value=row.number)
    ids = [found.id for found in chosen]
    way_back = WayBack(with_origins(unit.connection, one, ids))
    way_back = open_target(unit, target, unanswered(unit, row, ids), way_back, at, by)
    return _move(unit, MoveKind.MOVE, (one, to), way_back, at, by)


def _move(
    unit: Unit,
    kind: MoveKind,
    tickets: tuple[TicketId, TicketId],
    way_back: WayBack,
    at: datetime,
    by: AgentId | None,
) -> MoveId:
    move_messages(unit, [number for number, _ in way_back.messages], tickets[1])
    made = note_move(unit, kind, tickets, way_back, at, by)
    for one in tickets:
        restand(unit, one)
    return made


def _ticket(unit: Unit, one: TicketId) -> AnyRow:
    row = unit.connection.execute(select(ticket).where(ticket.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
    return row


def _chosen(unit: Unit, row: AnyRow, messages: Sequence[MessageId]) -> Sequence[AnyRow]:
    shown = message.c.ticket_id == row.id, message.c.withdrawn.is_(False)
    ids = message.c.id.in_(list(messages))
    sides = select(message.c.side_id).where(*shown, ids, message.c.side_id.is_not(None))
    found = select(message.c.id, message.c.subject).where(
        *shown, ids | message.c.side_id.in_(sides)
    )
    chosen = unit.connection.execute(found.order_by(message.c.at, message.c.id)).all()
    if not chosen:
        raise Problem(ProblemKind.EMPTY, what="split")
    return chosen
