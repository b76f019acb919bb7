"""What the messages of a ticket make us ask, and the tickets it is linked with."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, bindparam, literal, select, union_all

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ContactKind, Direction, MailKind
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.messages import Ask, AskKind
from deskapp.domain.tickets import MessageRow, TicketRow

from ..tables.people import agent, contact_point
from ..tables.tickets import ticket, ticket_participant
from .filing import heirs_of
from .own_addresses import keys_of, own_boxes

_LET_IN, _KNOWN = literal("let in"), literal("known")
_KEYS = union_all(
    select(ticket_participant.c.address_key, _LET_IN.label("as_what")).where(
        ticket_participant.c.ticket_id == bindparam("one")
    ),
    select(agent.c.email_key, _KNOWN).where(agent.c.email_key.is_not(None)),
    select(contact_point.c.value_key, _KNOWN).where(
        contact_point.c.customer_id == bindparam("customer"),
        contact_point.c.kind == ContactKind.MAIL,
    ),
)


def with_asks(
    connection: Connection, row: TicketRow, messages: tuple[MessageRow, ...]
) -> tuple[MessageRow, ...]:
    """The messages, each newest one of somebody unsettled with what to ask about them."""
    if not any(one.direction is Direction.IN for one in messages):
        return messages
    own = set(keys_of(own_boxes(connection, removed=True)))
    keys = connection.execute(_KEYS, {"one": row.id, "customer": row.customer_id}).all()
    admitted = {key for key, as_what in keys if as_what == "let in"}
    settled = own | {key for key, _ in keys}
    claimed = _claimed(connection, (one.claims_id for one in messages if one.claims_id))
    asked: set[str] = set()
    told: list[MessageRow] = []
    for one in reversed(messages):
        ask = _ask(one, row.id, own, admitted, settled, claimed)
        if ask is not None and ask.who.key not in asked:
            asked.add(ask.who.key)
            one = replace(one, ask=ask)
        told.append(one)
    return tuple(reversed(told))


def _ask(
    one: MessageRow,
    here: TicketId,
    own: set[str],
    admitted: set[str],
    settled: set[str],
    claimed: dict[TicketId, LinkedTicket],
) -> Ask | None:
    if one.direction is not Direction.IN or one.kind is not MailKind.HUMAN or one.side is not None:
        return None
    if one.original is not None:
        known = one.original.key in settled
        return None if known else Ask(AskKind.FORWARDED, one.original)
    who = next((person for person in (one.sender, *one.reply_to) if person.key not in own), None)
    if who is None or not who.address:
        return None
    there = claimed.get(one.claims_id) if one.claims_id else None
    if there is not None and there.id != here and who.key not in admitted:
        return Ask(AskKind.CLAIMS, who, there.id, there.number)
    return None if who.key in settled else Ask(AskKind.NEWCOMER, who)


def _claimed(connection: Connection, ids: Iterable[TicketId]) -> dict[TicketId, LinkedTicket]:
    heirs = heirs_of(connection, set(ids))
    linked = {one.id: one for one in _linked(connection, heirs.values())}
    return {asked: linked[heir] for asked, heir in heirs.items()}


def heir_of(connection: Connection, one: TicketId) -> LinkedTicket | None:
    """Where a ticket lives on that was merged away, however often."""
    heir = heirs_of(connection, {one})[one]
    return next(iter(_linked(connection, [heir])), None) if heir != one else None


def linked_tickets(
    connection: Connection, one: TicketId
) -> tuple[LinkedTicket | None, tuple[LinkedTicket, ...]]:
    """The ticket that this one goes on from, and those that go on from it, oldest first."""
    before = connection.execute(select(ticket.c.follows_id).where(ticket.c.id == one)).scalar()
    after = connection.execute(select(ticket.c.id).where(ticket.c.follows_id == one)).scalars()
    heirs = heirs_of(connection, {TicketId(number) for number in (before, *after) if number})
    linked = _linked(connection, set(heirs.values()) - {one})
    first = heirs.get(TicketId(before)) if before else None
    return (
        next((ticket for ticket in linked if ticket.id == first), None),
        tuple(ticket for ticket in linked if ticket.id != first),
    )


def _linked(connection: Connection, ids: Iterable[TicketId]) -> list[LinkedTicket]:
    if not (wanted := list(ids)):
        return []
    chosen = select(ticket.c.id, ticket.c.number, ticket.c.subject).where(ticket.c.id.in_(wanted))
    rows = connection.execute(chosen.order_by(ticket.c.number))
    return [LinkedTicket(TicketId(row.id), row.number, row.subject) for row in rows]
