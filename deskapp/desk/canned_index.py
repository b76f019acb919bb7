"""Canned replies ready to be searched: read and folded once per change, not once per letter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from deskapp.data.database import Connection
from deskapp.data.queries.canned import (
    Texts,
    Uses,
    canned_replies,
    canned_uses,
    replies_stamp,
    uses_like,
    uses_stamp,
)
from deskapp.data.queries.canned_facts import ticket_place
from deskapp.domain.canned_rank import Use
from deskapp.domain.canned_search import Tokens, Vocabulary, tokens_of
from deskapp.domain.folding import fold
from deskapp.domain.ids import AgentId, CannedId, TicketId
from deskapp.domain.replies import CannedRow

Rows = tuple[CannedRow, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The folded words of a reply: of name and folder, and of all it says."""

    named: Tokens
    told: Tokens


@dataclass(frozen=True, slots=True)
class _Replies:
    stamp: tuple[int, int]
    rows: Rows
    words: Mapping[tuple[CannedId, int], _Words]  # by version
    named: Vocabulary
    told: Vocabulary


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Rows with their uses, in an order that holds while ``stamp`` does."""

    stamp: tuple[object, ...]
    rows: Rows


class CannedIndex:
    """Asked from any lane: what it keeps is replaced whole and never changed.

    What another program did is seen at the next ask; only how often a text was edited before it
    was sent may be as old as the last use.
    """

    def __init__(self) -> None:
        nothing = Vocabulary(())
        self._replies = _Replies((-1, -1), (), {}, nothing, nothing)
        self._counted = _Ordered((), ())
        self._ranked = _Ordered((), ())
        self._told = 0

    def recount(self) -> None:
        """A use was noted as edited or not, which no stamp tells."""
        self._told += 1

    def find(
        self,
        connection: Connection,
        words: str,
        by: AgentId | None,
        ticket: TicketId | None,
        since: datetime,
    ) -> Rows:
        """What ``desk.Canned.list`` gives; uses before ``since`` do not rank."""
        replies = self._current(connection)
        rows = self._counted_rows(connection, replies)
        if ticket is not None:
            rows = self._ranked_rows(connection, rows, ticket, since)
        rows = tuple(row for row in rows if row.owner in (None, by))
        wanted = fold(words).split()
        if not wanted:
            return rows
        named, told = replies.named.having(wanted), replies.told.having(wanted)
        first = [row for row in rows if row.id in named]
        return (*first, *(row for row in rows if row.id in told and row.id not in named))

    def _current(self, connection: Connection) -> _Replies:
        kept, stamp = self._replies, replies_stamp(connection)
        if kept.stamp != stamp:
            found = canned_replies(connection)
            words = {}
            for row, texts in found:
                version = row.id, row.version
                words[version] = kept.words.get(version) or _words(row, texts)
            self._replies = kept = _Replies(
                stamp,
                tuple(row for row, _ in found),
                words,
                Vocabulary((one, said.named) for (one, _), said in words.items()),
                Vocabulary((one, said.told) for (one, _), said in words.items()),
            )
        return kept

    def _counted_rows(self, connection: Connection, replies: _Replies) -> Rows:
        """The most used first, then by name."""
        stamp = replies.stamp, uses_stamp(connection), self._told
        kept = self._counted
        if kept.stamp != stamp:
            uses = canned_uses(connection)
            rows = [_with_uses(row, uses.get(row.id)) for row in replies.rows]
            rows.sort(key=lambda row: -row.uses)
            self._counted = kept = _Ordered(stamp, tuple(rows))
        return kept.rows

    def _ranked_rows(
        self, connection: Connection, rows: Rows, ticket: TicketId, since: datetime
    ) -> Rows:
        """Those offered in its mailbox, and first what was used on tickets like it."""
        mailbox, version = ticket_place(connection, ticket)
        stamp = ticket, version, since.date(), self._counted.stamp
        kept = self._ranked
        if kept.stamp != stamp:
            uses = uses_like(connection, ticket, since)
            offered = [row for row in rows if row.mailbox_id in (None, mailbox)]
            offered.sort(key=lambda row: -uses.get(row.id, _NEVER).score)
            self._ranked = kept = _Ordered(stamp, tuple(offered))
        return kept.rows


_NEVER = Use()


def _words(row: CannedRow, texts: Texts) -> _Words:
    named = tokens_of(f"{row.name} {row.folder}")
    return _Words(named, named.union(*(tokens_of(body) for _, body in texts)))


def _with_uses(row: CannedRow, uses: Uses | None) -> CannedRow:
    if uses is None:
        return row
    return replace(row, uses=uses.times, sent=uses.sent, edited=uses.edited, last_used=uses.last)
