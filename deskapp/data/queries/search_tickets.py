"""The tickets that a search line finds, in order and in number."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, not_, select

from deskapp.domain.ids import AgentId, MessageId, TicketId
from deskapp.domain.saved_views import Sorting
from deskapp.domain.search_line import SearchLine
from deskapp.domain.search_query import SearchQuery, Term

from ..among import OfMany
from ..search import Hit, matched, matching_tickets, newest_matches, row_by_row
from ..tables.search import search_row
from ..tables.tickets import message, message_body, ticket
from .parts import parts
from .search_facts import NOT_MERGED, Asker, any_message, conditions

_LOOKED_AT = 100  # hits whose texts are read to put those first that have the words as typed
_SHOWN = 20_000  # letters of each that are read for it
_RECENT = 4_000  # rows of the index that are asked first, where that pays
_WIDEST = 80_000  # rows that are gone through before all that match are gathered
_PER_TICKET = (2, 16)  # messages of one ticket that match, at a guess and at a second one
_FEW = 200  # tickets that are looked at one by one for words they must not have

_TEXTS = OfMany(
    lambda among: (
        select(message.c.id, message.c.subject, func.substr(message_body.c.text, 1, _SHOWN))
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .where(among(message.c.id))
    )
)
_ORDERS = {
    Sorting.NEWEST: (ticket.c.updated_at.desc(), ticket.c.id.desc()),
    Sorting.OLDEST: (ticket.c.updated_at, ticket.c.id),
    Sorting.WAITING: (ticket.c.waiting_since.nulls_last(), ticket.c.id),
}

Tickets = Mapping[TicketId, MessageId | None]
"""Tickets in order, each with the newest message that has the words; None where none has them."""


class _Match(NamedTuple):
    """One row of the index that matches: a message, or the subject of the ticket itself."""

    ref: int
    ticket: TicketId
    kind: str


def search_tickets(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    sorting: Sorting,
    limit: int | None,
) -> list[TicketId]:
    """Tickets that the line finds, in an order; ``Sorting.BEST`` is that of ``best_tickets``.

    Both databases give the same tickets in the same order.
    """
    if sorting is Sorting.BEST and line.words:
        return list(best_tickets(connection, line, me, now, limit))
    order = _ORDERS.get(sorting, _ORDERS[Sorting.NEWEST])
    asking = _tickets(connection, line, me, now, limit).order_by(*order).limit(limit)
    return cast(list[TicketId], connection.execute(asking).scalars().all())


def best_tickets(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    limit: int | None,
) -> Tickets:
    """Tickets of the newest messages that match first, and among the newest of these who has the
    words exactly as typed, in the subject before the text. Without words, the newest tickets.

    With a smaller ``limit`` the answer is the beginning of what a larger one gives.
    """
    if not line.words:
        ids = search_tickets(connection, line, me, now, Sorting.NEWEST, limit)
        return dict.fromkeys(ids)
    hits = _newest_hits(connection, line, me, now, limit)
    messages: dict[TicketId, MessageId | None] = {}
    for hit in hits:
        if messages.get(hit.ticket) is None:
            messages[hit.ticket] = MessageId(hit.ref) if hit.kind == "message" else None
    order = dict.fromkeys((*_exact_first(connection, hits[:_LOOKED_AT], line), *messages))
    return {one: messages[one] for one in list(order)[:limit]}


def _newest_hits(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    limit: int | None,
) -> Sequence[_Match]:
    """Enough of the newest for so many tickets, or all there are."""
    if limit is None:
        return _hits(connection, _matches(connection, line, me, now))
    for messages in _PER_TICKET:
        rows = max(limit * messages, _LOOKED_AT)
        hits = _among_newest(connection, line, me, now, rows)
        if hits is None:
            hits = _hits(connection, _matches(connection, line, me, now).limit(rows))
        if len(hits) < rows or len({hit.ticket for hit in hits}) >= limit:
            return hits
    return _newest_hits(connection, line, me, now, None)  # very many messages on few tickets


def _among_newest(
    connection: Connection, line: SearchLine, me: AgentId | None, now: datetime, rows: int
) -> Sequence[_Match] | None:
    """So many hits among the newest rows of the index; None where they are to be gathered from
    the whole of it: they lie too thin, or the database begins with the newest by itself."""
    if connection.dialect.name == "sqlite":
        return None
    recent = _RECENT
    with row_by_row(connection):
        while recent <= _WIDEST:
            asked = _matches(connection, line, me, now, recent).limit(rows)
            hits = _hits(connection, asked)
            if len(hits) == rows:
                return hits
            recent = max(recent * rows * 2 // max(len(hits), 1), recent * 2)
    return None


def _hits(connection: Connection, asked: Select[int, int, str]) -> Sequence[_Match]:
    return [_Match(ref, TicketId(owner), kind) for ref, owner, kind in connection.execute(asked)]


def search_messages(
    connection: Connection, line: SearchLine, me: AgentId | None, now: datetime, limit: int
) -> list[Hit]:
    """The newest messages that the line finds.

    Without words, the newest message of each ticket that fits.
    """
    if line.words:
        asked = _matches(connection, line, me, now).limit(limit)
        hits = _hits(connection, asked)
        return [Hit(one.kind, one.ref, one.ticket, 0.0) for one in hits if one.kind == "message"]
    found = _tickets(connection, line, me, now, limit).order_by(*_ORDERS[Sorting.NEWEST])
    ids = connection.execute(found.limit(limit)).scalars().all()
    newest = select(ticket.c.newest_message_id, ticket.c.id).where(ticket.c.id.in_(ids))
    rows = connection.execute(newest.order_by(*_ORDERS[Sorting.NEWEST]))
    return [Hit("message", one, owner, 0.0) for one, owner in rows if one is not None]


def count_tickets(
    connection: Connection, line: SearchLine, me: AgentId | None, now: datetime, most: int
) -> int:
    """How many tickets the line finds, counted no further than ``most``."""
    if line.words:
        hits = _newest_hits(connection, line, me, now, most)
        return min(len({hit.ticket for hit in hits}), most)
    asking = _tickets(connection, line, me, now, None).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(asking)).scalar_one()


def tickets_among(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    ids: Sequence[TicketId],
) -> set[TicketId]:
    """Which of these tickets the line finds. For few ids: they go as one list."""
    if line.words:
        there = _matches(connection, line, me, now).where(search_row.c.ticket_id.in_(ids))
        hits = _hits(connection, there.order_by(None))
        return {hit.ticket for hit in hits}
    asking = _tickets(connection, line, me, now, len(ids)).where(ticket.c.id.in_(ids))
    return {TicketId(one) for one in connection.execute(asking).scalars()}


def _tickets(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    limit: int | None,
) -> Select[int]:
    """Without an order; for exclusions alone, tickets none of whose messages has such a word."""
    asked: Select[int] = select(ticket.c.id)
    if line.words:
        with_words = _matches(connection, line, me, now).subquery()
        return asked.where(ticket.c.id.in_(select(with_words.c.ticket_id)), NOT_MERGED)
    on_ticket, on_message, few = conditions(line.facts, Asker(connection, me, now))
    asked = asked.where(NOT_MERGED, *on_ticket)
    if few is not None:
        owners = select(message.c.ticket_id).where(message.c.id.in_(few))
        asked = asked.where(ticket.c.id.in_(owners))
    if on_message:
        asked = asked.where(any_message(*on_message))
    for term in line.words.unwanted:
        asked = asked.where(_without(connection, term, few=limit is not None and limit <= _FEW))
    return asked


def _without(connection: Connection, term: Term, *, few: bool) -> ColumnElement[bool]:
    """Tickets of which nothing matches. For a few PostgreSQL looks one by one, 4 ms instead of
    0.4 s; FTS5 begins anew for each, which takes seconds, and gives all in 60 ms."""
    query = SearchQuery((term,))
    if not few or connection.dialect.name == "sqlite":
        return ticket.c.id.not_in(matching_tickets(connection, query))
    joined, condition = matched(connection, query)
    with_it = select(search_row.c.id).select_from(joined)
    with_it = with_it.where(condition, search_row.c.ticket_id == ticket.c.id)
    # The offset keeps PostgreSQL from gathering all of them before it begins.
    return not_(exists(with_it.correlate(ticket).offset(0)))


def _matches(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    recent: int | None = None,
) -> Select[int, int, str]:
    """What has the words and fits the rest, newest first; ``recent`` as in ``newest_matches``."""
    on_ticket, on_message, few = conditions(line.facts, Asker(connection, me, now))
    newest = newest_matches(connection, line.words, recent, few)
    joined = newest.join(search_row, search_row.c.id == newest.c.row)
    joined = joined.join(ticket, ticket.c.id == search_row.c.ticket_id)
    if on_message:
        is_message = search_row.c.kind == "message"
        joined = joined.join(message, and_(is_message, message.c.id == search_row.c.ref_id))
    columns = (search_row.c.ref_id, search_row.c.ticket_id, search_row.c.kind)
    asked = select(*columns).select_from(joined).where(NOT_MERGED, *on_ticket, *on_message)
    return asked.order_by(newest.c.place.desc())


def _exact_first(
    connection: Connection, hits: Sequence[_Match], line: SearchLine
) -> list[TicketId]:
    texts: dict[tuple[str, int], tuple[str, str]] = {}
    for part in parts(hit.ref for hit in hits if hit.kind == "message"):
        for one, subject, body in connection.execute(_TEXTS.on(connection), {"some": part}):
            texts["message", one] = _plain(subject), _plain(body or "")
    for part in parts(hit.ref for hit in hits if hit.kind == "ticket"):
        subjects = select(ticket.c.id, ticket.c.subject).where(ticket.c.id.in_(part))
        for one, subject in connection.execute(subjects):
            texts["ticket", one] = _plain(subject), ""

    def rank(hit: _Match) -> int:
        subject, body = texts.get((hit.kind, hit.ref), ("", ""))
        if all(word in subject for word in line.exact):
            return 0
        return 1 if all(word in subject or word in body for word in line.exact) else 2

    return [hit.ticket for hit in sorted(hits, key=rank)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
