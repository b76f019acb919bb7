"""The operators of the search field as conditions on tickets and messages.

Each condition reads ``ticket``, or ``message`` when it is about one message: then it holds for the
message that has the words, and without words for any message of the ticket.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
)

from deskapp.domain.folding import fold
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import ACTIVE_STATUSES, ENDED, WAITS_FOR_US, Direction, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.search_operators import Fact
from deskapp.domain.search_query import SearchQuery, Term, can_begin

from ..search import matching_tickets, search
from ..tables.facts import ticket_follower, ticket_star
from ..tables.mail import mailbox
from ..tables.orders import shop_order
from ..tables.people import VIP, agent, contact_point, customer, team
from ..tables.tickets import (
    attachment,
    message,
    message_address,
    tag,
    ticket,
    ticket_seen,
    ticket_tag,
)
from .snoozes import asleep

_ROLES = {"from": ("from", "original"), "to": ("to", "cc")}
_FEW = 500  # messages that are asked for by their numbers
_PEOPLE = 200  # of one name; more would be a first name of half the world


class Asker(NamedTuple):
    """Who asks, when, and where names can be looked up."""

    connection: Connection
    me: AgentId | None
    now: datetime


Condition = Callable[[Fact, Asker], ColumnElement[bool]]


class Conditions(NamedTuple):
    """``on_message``: all of them hold for one message. ``few``: it is one of these, where somebody
    is named who wrote or got few. They are told apart since SQLite, by itself, asks every ticket
    whether one of the few is on it."""

    on_ticket: list[ColumnElement[bool]]
    on_message: list[ColumnElement[bool]]
    few: Sequence[int] | None


def conditions(facts: Sequence[Fact], asker: Asker) -> Conditions:
    """What the facts ask. Excluded facts are all on the ticket.

    A fact whose condition is missing here holds for every ticket.
    """
    on_ticket: list[ColumnElement[bool]] = []
    on_message: list[ColumnElement[bool]] = []
    few: Sequence[int] | None = None
    for fact in facts:
        of_ticket, of_message = _ON_TICKET.get(fact.name), _ON_MESSAGE.get(fact.name)
        if of_ticket is not None:
            found = of_ticket(fact, asker)
            on_ticket.append(not_(func.coalesce(found, false())) if fact.excluded else found)
        elif fact.name in _ROLES and not fact.excluded:
            named = _spoke(fact, asker)
            ids = asker.connection.execute(named.limit(_FEW + 1)).scalars().all()
            if len(ids) > _FEW:
                on_message.append(message.c.id.in_(named))
            else:
                few = sorted(set(ids) if few is None else set(ids).intersection(few))
                on_message.append(message.c.id.in_(ids))
        elif of_message is not None:
            found = of_message(fact, asker)
            if fact.excluded:
                on_ticket.append(not_(any_message(found)))
            else:
                on_message.append(found)
    return Conditions(on_ticket, on_message, few)


def any_message(*found: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the ticket has one message for which all of these hold."""
    here = and_(message.c.ticket_id == ticket.c.id, message.c.withdrawn.is_(False), *found)
    return exists().where(here).correlate(ticket)


def _status(fact: Fact, _asker: Asker) -> ColumnElement[bool]:
    return ticket.c.status.in_(fact.choices)


def _assignee(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    if "nobody" in fact.choices:
        return ticket.c.assignee_id.is_(None)
    if "me" in fact.choices:
        return ticket.c.assignee_id == asker.me
    rows = asker.connection.execute(select(agent.c.id, agent.c.name))
    return ticket.c.assignee_id.in_([one for one, name in rows if _begins(name, fact.tokens)])


def _tag(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    """The tag of that name; while none has it, those that begin so."""
    rows = asker.connection.execute(select(tag.c.id, tag.c.name_key)).all()
    wanted = " ".join(fact.tokens)
    named = [one for one, key in rows if key == wanted]
    named = named or [one for one, key in rows if _begins(key, fact.tokens)]
    tagged = select(ticket_tag.c.ticket_id).where(ticket_tag.c.tag_id.in_(named))
    return ticket.c.id.in_(tagged)


def _mailbox(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    rows = asker.connection.execute(select(mailbox.c.id, mailbox.c.address, mailbox.c.name))
    of = [one for one, address, name in rows if _begins(f"{address} {name}", fact.tokens)]
    return ticket.c.mailbox_id.in_(of)


def _order(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    """Tickets that name the order, by number with or without its prefix."""
    named = SearchQuery((_beginning(fact),))
    return ticket.c.id.in_(matching_tickets(asker.connection, named))


def _is(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    seen = select(ticket_seen.c.ticket_id).where(
        ticket_seen.c.agent_id == asker.me, ticket_seen.c.message_id >= ticket.c.newest_message_id
    )
    meant: dict[str, ColumnElement[bool]] = {
        "unread": and_(
            ticket.c.status.in_(WAITS_FOR_US),
            not_(exists(seen.where(ticket_seen.c.ticket_id == ticket.c.id).correlate(ticket))),
        ),
        "snoozed": asleep(asker.now),
        "open": ticket.c.status.in_(WAITS_FOR_US),
        "ended": ticket.c.status.in_(ENDED),
        "unassigned": ticket.c.assignee_id.is_(None),
        "starred": _marked(ticket_star, asker.me),
        "followed": _marked(ticket_follower, asker.me),
        "overdue": and_(ticket.c.due_at < asker.now, ticket.c.status.in_(ACTIVE_STATUSES)),
        "vip": ticket.c.customer_id.in_(select(customer.c.id).where(VIP)),
    }
    return or_(*(meant[choice] for choice in fact.choices if choice in meant))


def _marked(table: Table, me: AgentId | None) -> ColumnElement[bool]:
    return ticket.c.id.in_(select(table.c.ticket_id).where(table.c.agent_id == me))


def _priority(fact: Fact, _asker: Asker) -> ColumnElement[bool]:
    return ticket.c.priority.in_(fact.choices)


def _team(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    if fact.choices:
        return ticket.c.team_id.is_(None)
    rows = asker.connection.execute(select(team.c.id, team.c.name))
    return ticket.c.team_id.in_([one for one, name in rows if _begins(name, fact.tokens)])


def _due(fact: Fact, _asker: Asker) -> ColumnElement[bool]:
    return and_(ticket.c.due_at < fact.moment, ticket.c.status.in_(ACTIVE_STATUSES))


def _waiting(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    """Customers who have waited for us so long."""
    since = asker.now - timedelta(seconds=fact.seconds)
    started = ticket.c.waiting_since
    long = started <= since if fact.longer else started > since
    return and_(ticket.c.status.in_(WAITS_FOR_US), started.is_not(None), long)


def _person(fact: Fact, asker: Asker) -> ColumnElement[bool]:
    return message.c.id.in_(_spoke(fact, asker))


def _spoke(fact: Fact, asker: Asker) -> Select[int]:
    """The messages that the person named wrote, or got."""
    return select(message_address.c.message_id).where(
        message_address.c.role.in_(_ROLES[fact.name]),
        message_address.c.address_key.in_(sorted(_addresses(fact, asker))),
    )


def _addresses(fact: Fact, asker: Asker) -> set[str]:
    """Addresses that a name or part of an address means: of customers, and our own."""
    found = {Address("", fact.text).key}
    query = SearchQuery((_beginning(fact),))
    hits = search(asker.connection, query, _PEOPLE, ("customer",))
    owners = [hit.ref_id for hit in hits]
    known = select(contact_point.c.value_key).where(contact_point.c.customer_id.in_(owners))
    found.update(asker.connection.execute(known).scalars())
    for table, name in ((mailbox, mailbox.c.address), (agent, agent.c.email)):
        rows = asker.connection.execute(select(table.c.name, name))
        found.update(
            Address("", own).key
            for called, own in rows
            if own and _begins(f"{own} {called}", fact.tokens)
        )
    return found


def _has(fact: Fact, _asker: Asker) -> ColumnElement[bool]:
    meant: dict[str, ColumnElement[bool]] = {
        "attachment": and_(
            message.c.ticket_id.in_(select(ticket.c.id).where(ticket.c.has_attachment)),
            exists().where(attachment.c.message_id == message.c.id, attachment.c.inline.is_(False)),
        ),
        "note": message.c.direction == Direction.NOTE,
        "order": message.c.ticket_id.in_(
            select(ticket.c.id).where(
                ticket.c.customer_id.in_(
                    select(shop_order.c.customer_id).where(shop_order.c.customer_id.is_not(None))
                )
            )
        ),
    }
    return or_(*(meant[choice] for choice in fact.choices if choice in meant))


def _before(fact: Fact, _asker: Asker) -> ColumnElement[bool]:
    return message.c.at < fact.moment


def _after(fact: Fact, _asker: Asker) -> ColumnElement[bool]:
    return message.c.at >= fact.moment


def _beginning(fact: Fact) -> Term:
    """The value as a search for what begins so: it may still be typed."""
    return Term(fact.tokens, prefix=can_begin(fact.tokens))


def _begins(name: str, tokens: Sequence[str]) -> bool:
    """Whether the folded words stand in the name side by side, the last by its beginning."""
    return f" {' '.join(tokens)}" in f" {fold(name)}"


NOT_MERGED = ticket.c.status != TicketStatus.MERGED

_ON_TICKET: dict[str, Condition] = {
    "status": _status,
    "assignee": _assignee,
    "tag": _tag,
    "mailbox": _mailbox,
    "order": _order,
    "is": _is,
    "waiting": _waiting,
    "priority": _priority,
    "team": _team,
    "due": _due,
}
_ON_MESSAGE: dict[str, Condition] = {
    "from": _person,
    "to": _person,
    "has": _has,
    "before": _before,
    "after": _after,
}
