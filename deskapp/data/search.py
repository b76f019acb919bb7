"""The search index of a desk: FTS5 on SQLite, ``tsvector`` on PostgreSQL, same folded text.

Callers hand in text as people wrote it; folding happens here, so that both databases and every
writer agree. Ranking differs a little between the two; which rows are found does not.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, text

from deskapp.domain.folding import fold
from deskapp.domain.search_query import SearchQuery, to_fts5, to_tsquery

from .bulk import insert_rows
from .queries.parts import parts
from .rowids import reserve
from .tables.search import search_row

_FTS_LIMIT = 200_000  # folded characters of one row that are indexed; tsvector ends at 1 MiB


class Indexed(NamedTuple):
    """One row to be found: what it is, and its text unfolded."""

    kind: str  # message, ticket, customer, order
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
    folded = [(number, fold(row.text)[:_FTS_LIMIT]) for number, row in numbered]
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
    """The rows that match, best first."""
    if connection.dialect.name == "sqlite":
        statement = text(
            "SELECT r.kind, r.ref_id, r.ticket_id, search_fts.rank FROM search_fts "
            "JOIN search_row r ON r.id = search_fts.rowid "
            "WHERE search_fts MATCH :query"
            + (" AND r.kind IN :kinds" if kinds else "")
            + " ORDER BY search_fts.rank, r.id DESC LIMIT :limit"
        )
        words = to_fts5(query)
    else:
        statement = text(
            "SELECT r.kind, r.ref_id, r.ticket_id, -ts_rank(v.vector, q) AS rank "
            "FROM to_tsquery('simple', :query) q, search_vector v "
            "JOIN search_row r ON r.id = v.row_id WHERE v.vector @@ q"
            + (" AND r.kind IN :kinds" if kinds else "")
            + " ORDER BY rank, r.id DESC LIMIT :limit"
        )
        words = to_tsquery(query)
    values: dict[str, object] = {"query": words, "limit": limit}
    if kinds:
        statement = statement.bindparams(bindparam("kinds", expanding=True))
        values["kinds"] = list(kinds)
    return [Hit(*row) for row in connection.execute(statement, values)]


def _write_folded(connection: Connection, folded: list[tuple[int, str]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_fts (rowid, folded) VALUES (?, ?)", folded)
    else:
        connection.exec_driver_sql(
            "INSERT INTO search_vector (row_id, vector) SELECT row, to_tsvector('simple', folded) "
            "FROM unnest(%b::bigint[], %b::text[]) AS new (row, folded)",
            tuple(map(list, zip(*folded, strict=True))),
        )
