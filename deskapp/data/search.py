"""The search index of a desk: FTS5 on SQLite, ``tsvector`` on PostgreSQL, same folded text.

Callers hand in text as people wrote it; folding happens here, so that both databases and every
writer agree. Ranking differs a little between the two; which rows are found does not.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    TableClause,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
    text,
)

from deskapp.domain.folding import fold
from deskapp.domain.search_query import SearchQuery, Term, to_fts5, to_tsquery

from .bulk import insert_rows
from .queries.parts import parts
from .rowids import reserve
from .tables.search import search_row

_FTS_LIMIT = 200_000  # folded characters of one row that are indexed; tsvector ends at 1 MiB


_RANKED = 2_000  # of the messages that match, the newest

KINDS = ("message", "customer", "order")
_MARKS = {"customer": "qkindcustomer", "order": "qkindorder"}
"""A word that every row of the kind has in the index, and nobody writes."""

_FTS = table("search_fts", column("rowid"))
_VECTORS = table("search_vector", column("row_id"), column("vector"))


class Indexed(NamedTuple):
    """One row to be found: what it is, and its text unfolded."""

    kind: str  # message, customer, order
    ref_id: int
    ticket_id: int | None
    text: str


class Hit(NamedTuple):
    """One row found, best first. A lower ``rank`` is better."""

    kind: str
    ref_id: int
    ticket_id: int | None
    rank: float


def index_rows(connection: Connection, rows: Sequence[Indexed]) -> None:
    """Indexes rows nobody has indexed before."""
    if not rows:
        return
    numbered = list(zip(reserve(connection, search_row, len(rows)), rows, strict=True))
    insert_rows(
        connection,
        search_row,
        [
            {"id": number, "kind": row.kind, "ref_id": row.ref_id, "ticket_id": row.ticket_id}
            for number, row in numbered
        ],
    )
    folded = [(number, _folded(row)) for number, row in numbered]
    _write_folded(connection, folded)


def reindex_rows(connection: Connection, rows: Sequence[Indexed]) -> None:
    """Indexes rows that may have been indexed before; the new text replaces the old."""
    for kind in {row.kind for row in rows}:
        forget_rows(connection, kind, [row.ref_id for row in rows if row.kind == kind])
    index_rows(connection, rows)


def forget_rows(connection: Connection, kind: str, ref_ids: Sequence[int]) -> None:
    """Takes rows out of the index."""
    for part in parts(ref_ids):
        found = select(search_row.c.id).where(
            search_row.c.kind == kind, search_row.c.ref_id.in_(part)
        )
        ids = list(connection.execute(found).scalars())
        if not ids:
            continue
        if connection.dialect.name == "sqlite":
            connection.execute(
                text("DELETE FROM search_fts WHERE rowid = :row"), [{"row": one} for one in ids]
            )
        connection.execute(delete(search_row).where(search_row.c.id.in_(ids)))


def search(
    connection: Connection, query: SearchQuery, limit: int, kinds: Sequence[str] = ()
) -> list[Hit]:
    """The rows that match, best first.

    Of messages only the newest that match are ranked: to rank 140 000 of them takes 0.3 s.
    """
    found: list[Hit] = []
    for kind in kinds or KINDS:
        found += _search_kind(connection, query, limit, kind)
    return sorted(found, key=lambda hit: hit.rank)[:limit]


def matched(connection: Connection, query: SearchQuery) -> tuple[FromClause, ColumnElement[bool]]:
    """The index joined to ``search_row``, and the condition that the query matches."""
    index = _index(connection)
    row_id, rest = index.c[0], search_row
    if connection.dialect.name == "sqlite":
        condition = literal_column("search_fts").op("MATCH")(to_fts5(query))
    else:
        asked = func.to_tsquery(literal_column("'simple'"), to_tsquery(query))
        condition = index.c.vector.op("@@")(asked)
    return index.join(rest, rest.c.id == row_id), cast("ColumnElement[bool]", condition)


def newest_first(connection: Connection) -> ColumnElement[int]:
    """By the index's own number, which both databases can follow without sorting."""
    return cast("ColumnElement[int]", _index(connection).c[0].desc())


def among_newest(connection: Connection, rows: int) -> ColumnElement[bool] | None:
    """Only so many of the rows indexed last, where asking them first pays: PostgreSQL gathers all
    that match before it gives the newest, FTS5 begins with the newest by itself."""
    if connection.dialect.name == "sqlite":
        return None
    last = connection.execute(select(func.max(search_row.c.id))).scalar() or 0
    return _index(connection).c[0] > last - rows


def matching_tickets(connection: Connection, query: SearchQuery) -> Select[int]:
    """Tickets with a message that matches."""
    joined, condition = matched(connection, query)
    return (
        select(search_row.c.ticket_id)
        .select_from(joined)
        .where(condition, search_row.c.kind == "message")
    )


def _search_kind(connection: Connection, query: SearchQuery, limit: int, kind: str) -> list[Hit]:
    if kind != "message":  # their mark keeps the many messages out before anything is ranked
        query = replace(query, wanted=(Term((_MARKS[kind],)), *query.wanted))
    joined, condition = matched(connection, query)
    index = _index(connection)
    rank: ColumnElement[float] = literal_column("search_fts.rank")
    if connection.dialect.name != "sqlite":
        asked = func.to_tsquery(literal_column("'simple'"), to_tsquery(query))
        rank = -func.ts_rank(index.c.vector, asked)
    columns = (search_row.c.kind, search_row.c.ref_id, search_row.c.ticket_id, rank)
    asking = select(*columns).select_from(joined).where(condition, search_row.c.kind == kind)
    if kind == "message":
        window = select(index.c[0]).where(condition).order_by(newest_first(connection))
        oldest = connection.execute(window.offset(_RANKED).limit(1)).scalar()
        if oldest is not None:
            asking = asking.where(index.c[0] > oldest)
    asking = asking.order_by(literal_column("4"), search_row.c.id.desc()).limit(limit)
    return [Hit(*row) for row in connection.execute(asking)]


def _index(connection: Connection) -> TableClause:
    return _FTS if connection.dialect.name == "sqlite" else _VECTORS


def _folded(row: Indexed) -> str:
    text = fold(row.text)[:_FTS_LIMIT]
    return f"{_MARKS[row.kind]} {text}" if row.kind in _MARKS else text


def _write_folded(connection: Connection, folded: list[tuple[int, str]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_fts (rowid, folded) VALUES (?, ?)", folded)
    else:
        connection.exec_driver_sql(
            "INSERT INTO search_vector (row_id, vector) SELECT row, to_tsvector('simple', folded) "
            "FROM unnest(%b::bigint[], %b::text[]) AS new (row, folded)",
            tuple(map(list, zip(*folded, strict=True))),
        )
