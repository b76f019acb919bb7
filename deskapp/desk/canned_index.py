"""Canned replies ready to be searched: read and folded once per change, not once per letter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from deskapp.data.database import Connection
from deskapp.data.queries.canned import (
    Texts,
    Uses,
    canned_replies,
    canned_uses,
    canned_versions,
    replies_stamp,
    uses_like,
    uses_stamp,
)
from deskapp.data.queries.canned_facts import ticket_place
from deskapp.domain.canned_rank import Use
from deskapp.domain.canned_search import Said, Tokens, Vocabulary, tokens_of
from deskapp.domain.folding import fold
from deskapp.domain.ids import AgentId, CannedId, TicketId
from deskapp.domain.replies import CannedRow

Rows = tuple[CannedRow, ...]
Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The folded words of a reply: of name and folder, and of all it says."""

    named: Tokens
    told: Tokens


@dataclass(frozen=True, slots=True)
class _Replies:
    """By id, in the order of names."""

    stamp: tuple[int, int]
    rows: Mapping[CannedId, CannedRow]
    words: Mapping[CannedId, _Words]
    named: Vocabulary
    told: Vocabulary


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Rows with their uses, in an order that holds while ``stamp`` does."""

    stamp: Stamp
    rows: Rows


class CannedIndex:
    """Asked from any lane: what it keeps is replaced whole and never changed.

    What another program did is seen at the next ask; only how often a text was edited before it
    was sent may be as old as the last use.
    """

    def __init__(self) -> None:
        self._replies = _Replies((-1, -1), {}, {}, Vocabulary(), Vocabulary())
        self._counted = _Ordered((), ())
        self._ranked = _Ordered((), ())
        # Counts are what takes longest, and a changed text changes none.
        self._uses: tuple[Stamp, Mapping[CannedId, Uses]] = (), {}
        self._like: tuple[Stamp, Mapping[CannedId, Use]] = (), {}
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
        ordered = self._counted_rows(connection, replies)
        if ticket is not None:
            ordered = self._ranked_rows(connection, ordered, ticket, since)
        rows = tuple(row for row in ordered.rows if row.owner in (None, by))
        wanted = fold(words).split()
        if not wanted:
            return rows
        named, told = replies.named.having(wanted), replies.told.having(wanted)
        first = [row for row in rows if row.id in named]
        return (*first, *(row for row in rows if row.id in told and row.id not in named))

    def _current(self, connection: Connection) -> _Replies:
        """Reads and folds again only what somebody has changed."""
        kept, stamp = self._replies, replies_stamp(connection)
        if kept.stamp == stamp:
            return kept
        versions = canned_versions(connection)
        same = {one for one, row in kept.rows.items() if versions.get(one) == row.version}
        known: dict[str, Tokens] = {}
        rows, words = dict(kept.rows), dict(kept.words)
        for row, texts in canned_replies(connection, versions.keys() - same):
            rows[row.id], words[row.id] = row, _words(row, texts, known)
        old = [(one, said) for one, said in kept.words.items() if one not in same]
        new = [(one, words[one]) for one in versions if one in words and one not in same]
        self._replies = made = _Replies(
            stamp,
            {one: rows[one] for one in versions if one in rows},
            {one: words[one] for one in versions if one in words},
            kept.named.changed(_named(old), _named(new)),
            kept.told.changed(_told(old), _told(new)),
        )
        return made

    def _counted_rows(self, connection: Connection, replies: _Replies) -> _Ordered:
        """The most used first, then by name."""
        used = uses_stamp(connection), self._told
        if self._uses[0] != used:
            self._uses = used, canned_uses(connection)
        kept, stamp = self._counted, (replies.stamp, *used)
        if kept.stamp != stamp:
            uses = self._uses[1]
            rows = [_with_uses(row, uses.get(row.id)) for row in replies.rows.values()]
            rows.sort(key=lambda row: -row.uses)
            self._counted = kept = _Ordered(stamp, tuple(rows))
        return kept

    def _ranked_rows(
        self, connection: Connection, counted: _Ordered, ticket: TicketId, since: datetime
    ) -> _Ordered:
        """Those offered in its mailbox, and first what was used on tickets like it."""
        mailbox, version = ticket_place(connection, ticket)
        like = ticket, version, since.date(), *counted.stamp[1:]
        if self._like[0] != like:
            self._like = like, uses_like(connection, ticket, since)
        kept, stamp = self._ranked, (*like, *counted.stamp)
        if kept.stamp != stamp:
            uses = self._like[1]
            offered = [row for row in counted.rows if row.mailbox_id in (None, mailbox)]
            offered.sort(key=lambda row: -uses.get(row.id, _NEVER).score)
            self._ranked = kept = _Ordered(stamp, tuple(offered))
        return kept


_NEVER = Use()


def _words(row: CannedRow, texts: Texts, known: dict[str, Tokens]) -> _Words:
    named = tokens_of(f"{row.name} {row.folder}", known)
    return _Words(named, named.union(*(tokens_of(body, known) for _, body in texts)))


def _named(said: Iterable[tuple[CannedId, _Words]]) -> Iterator[Said]:
    return ((one, words.named) for one, words in said)


def _told(said: Iterable[tuple[CannedId, _Words]]) -> Iterator[Said]:
    return ((one, words.told) for one, words in said)


def _with_uses(row: CannedRow, uses: Uses | None) -> CannedRow:
    if uses is None:
        return row
    return replace(row, uses=uses.times, sent=uses.sent, edited=uses.edited, last_used=uses.last)
