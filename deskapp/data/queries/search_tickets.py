"""The tickets that a search line finds, in order and in number."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Row, Select, func, select

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.saved_views import Sorting
from deskapp.domain.search_answers import LISTED
from deskapp.domain.search_line import SearchLine
from deskapp.domain.search_query import SearchQuery

from ..search import Hit, among_newest, matched, matching_tickets, newest_first
from ..tables.search import search_row
from ..tables.tickets import message, message_body, ticket
from .parts import parts
from .search_facts import NOT_MERGED, Asker, any_message, conditions

_LOOKED_AT = 200  # hits whose texts are read to put those first that have the words as typed
_SHOWN = 20_000  # letters of each that are read for it
_RECENT = 40_000  # rows of the index that are asked first, where that pays
_PER_TICKET = 4  # messages of one ticket that match, at a guess

_ORDERS = {
    Sorting.NEWEST: (ticket.c.updated_at.desc(), ticket.c.id.desc()),
    Sorting.OLDEST: (ticket.c.updated_at, ticket.c.id),
    Sorting.WAITING: (ticket.c.waiting_since.nulls_last(), ticket.c.id),
}


def search_tickets(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    sorting: Sorting,
    limit: int | None,
) -> list[TicketId]:
    """Tickets that the line finds; with ``Sorting.BEST`` those of the newest messages first, and
    among them who has the words exactly as typed, in the subject before the text.

    Both databases give the same tickets in the same order.
    """
    if sorting is not Sorting.BEST or not line.words:
        order = _ORDERS.get(sorting, _ORDERS[Sorting.NEWEST])
        asking = _tickets(connection, line, me, now).order_by(*order).limit(limit)
        return cast(list[TicketId], connection.execute(asking).scalars().all())
    hits = _newest_hits(connection, _messages(connection, line, me, now), limit)
    found = dict.fromkeys(TicketId(owner) for _, owner in hits)
    first = _exact_first(connection, [(one, TicketId(of)) for one, of in hits[:_LOOKED_AT]], line)
    return list(dict.fromkeys((*first, *found)))[:limit]


def _newest_hits(
    connection: Connection, asked: Select[int, int], limit: int | None
) -> Sequence[Row[int, int]]:
    """(message, ticket), newest first: enough of them for so many tickets, or all there are."""
    if limit is None:
        return connection.execute(asked).all()
    rows = limit * _PER_TICKET
    if (recent := among_newest(connection, _RECENT)) is not None:
        hits = connection.execute(asked.where(recent).limit(rows)).all()
        if len({owner for _, owner in hits}) >= limit:
            return hits
    hits = connection.execute(asked.limit(rows)).all()
    if len(hits) == rows and len({owner for _, owner in hits}) < limit:
        hits = connection.execute(asked).all()  # few tickets with very many messages each
    return hits


def search_messages(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    limit: int,
    tickets: Sequence[TicketId] | None = None,
) -> list[Hit]:
    """The newest messages that the line finds, of ``tickets`` the newest of each.

    Without words, the newest message of each ticket that fits.
    """
    if tickets is not None:
        return _newest_of(connection, _messages(connection, line, me, now), tickets)
    if line.words:
        asked = _messages(connection, line, me, now).limit(limit)
    else:
        found = _tickets(connection, line, me, now).order_by(*_ORDERS[Sorting.NEWEST]).limit(limit)
        ids = connection.execute(found).scalars().all()
        newest = select(ticket.c.newest_message_id, ticket.c.id).where(ticket.c.id.in_(ids))
        asked = newest.order_by(*_ORDERS[Sorting.NEWEST])
    rows = connection.execute(asked)
    return [Hit("message", one, owner, 0.0) for one, owner in rows if one is not None]


def _newest_of(
    connection: Connection, asked: Select[int, int], tickets: Sequence[TicketId]
) -> list[Hit]:
    """From the very hits that made the list: asking the index ticket by ticket takes seconds."""
    wanted: dict[int, int] = {}
    for one, owner in _newest_hits(connection, asked, LISTED):
        wanted.setdefault(owner, one)
    return [Hit("message", wanted[one], one, 0.0) for one in tickets if one in wanted]


def count_tickets(
    connection: Connection, line: SearchLine, me: AgentId | None, now: datetime, most: int
) -> int:
    """How many tickets the line finds, counted no further than ``most``."""
    if line.words:
        hits = _messages(connection, line, me, now, ordered=False).subquery()
        asking = select(hits.c.ticket_id).distinct().limit(most).subquery()
    else:
        asking = _tickets(connection, line, me, now).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(asking)).scalar_one()


def tickets_among(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    ids: Sequence[TicketId],
) -> set[TicketId]:
    """Which of these tickets the line finds. For few ids: they go as one list."""
    asking = _tickets(connection, line, me, now).where(ticket.c.id.in_(ids))
    return {TicketId(one) for one in connection.execute(asking).scalars()}


def count_messages(
    connection: Connection, line: SearchLine, me: AgentId | None, now: datetime
) -> int:
    """How many messages have the words of the line, and fit the rest."""
    found = _messages(connection, line, me, now, ordered=False).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one()


def _tickets(
    connection: Connection, line: SearchLine, me: AgentId | None, now: datetime
) -> Select[int]:
    """Without an order; for exclusions alone, tickets none of whose messages has such a word."""
    asked: Select[int] = select(ticket.c.id)
    if line.words:
        with_words = _messages(connection, line, me, now, ordered=False).subquery()
        return asked.where(ticket.c.id.in_(select(with_words.c.ticket_id)))
    on_ticket, on_message = conditions(line.facts, Asker(connection, me, now))
    asked = asked.where(NOT_MERGED, *on_ticket)
    if on_message:
        asked = asked.where(any_message(*on_message))
    for term in line.words.unwanted:
        with_it = matching_tickets(connection, SearchQuery((term,)))
        asked = asked.where(ticket.c.id.not_in(with_it))
    return asked


def _messages(
    connection: Connection,
    line: SearchLine,
    me: AgentId | None,
    now: datetime,
    *,
    ordered: bool = True,
) -> Select[int, int]:
    """(message, ticket) that have the words and fit the rest, newest first."""
    on_ticket, on_message = conditions(line.facts, Asker(connection, me, now))
    joined, condition = matched(connection, line.words)
    if on_ticket:
        joined = joined.join(ticket, ticket.c.id == search_row.c.ticket_id)
    if on_message:
        joined = joined.join(message, message.c.id == search_row.c.ref_id)
    asked = select(search_row.c.ref_id, search_row.c.ticket_id).select_from(joined)
    asked = asked.where(condition, search_row.c.kind == "message", *on_ticket, *on_message)
    return asked.order_by(newest_first(connection)) if ordered else asked


def _exact_first(
    connection: Connection, hits: Sequence[tuple[int, TicketId]], line: SearchLine
) -> list[TicketId]:
    texts: dict[int, tuple[str, str]] = {}
    for part in parts(one for one, _ in hits):
        asked = (
            select(message.c.id, message.c.subject, func.substr(message_body.c.text, 1, _SHOWN))
            .outerjoin(message_body, message_body.c.message_id == message.c.id)
            .where(message.c.id.in_(part))
        )
        for one, subject, body in connection.execute(asked):
            texts[one] = _plain(subject), _plain(body or "")

    def rank(hit: tuple[int, TicketId]) -> int:
        subject, body = texts.get(hit[0], ("", ""))
        if all(word in subject for word in line.exact):
            return 0
        return 1 if all(word in subject or word in body for word in line.exact) else 2

    return [owner for _, owner in sorted(hits, key=rank)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
