"""The search index of a desk: FTS5 on SQLite, ``tsvector`` on PostgreSQL, same folded text.

Callers hand in text as people wrote it; folding happens here, so that both databases and every
writer agree. Ranking differs a little between the two; which rows are found does not.

What is said on tickets, customers and orders have an index each: to look for five customers while
typing must not pass the messages that have the same letters.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
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
from deskapp.domain.search_query import SearchQuery, to_fts5, to_tsquery

from .bulk import insert_rows
from .queries.parts import parts
from .rowids import reserve
from .tables.search import search_row

_FTS_LIMIT = 200_000  # folded characters of one row that are indexed; tsvector ends at 1 MiB
_RANKED = 2_000  # of the rows that match, the newest

KINDS = ("message", "customer", "order")
_OWN = {"message": "", "ticket": "", "customer": "_customer", "order": "_order"}
_FTS = {own: table(f"search_fts{own}", column("rowid")) for own in _OWN.values()}
_VECTORS = {
    own: table(f"search_vector{own}", column("row_id"), column("vector")) for own in _OWN.values()
}


_OTHER_WAYS = ("bitmapscan", "hashjoin", "mergejoin", "seqscan", "sort")
_WALK = text(
    "SELECT " + ", ".join(f"set_config('enable_{way}', :or_not, true)" for way in _OTHER_WAYS)
)


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
    _write_folded(connection, numbered)


def rewrite_rows(connection: Connection, numbered: Sequence[tuple[int, Indexed]]) -> None:
    """Folds the text of rows anew, under the numbers that they have: (``search_row.id``, row)."""
    for name, part in _by_index(connection, numbered):
        _take_out(connection, name, [number for number, _ in part])
    _write_folded(connection, numbered)


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
        _take_out(connection, index_name(connection, kind), ids)
        connection.execute(delete(search_row).where(search_row.c.id.in_(ids)))


def index_name(connection: Connection, kind: str) -> str:
    """The database's own table behind the search for a kind."""
    return _index(connection, kind).name


def search(
    connection: Connection, query: SearchQuery, limit: int, kinds: Sequence[str] = ()
) -> list[Hit]:
    """The rows that match, best first.

    Only the newest that match are ranked: to rank 140 000 of them takes 0.3 s.
    """
    found: list[Hit] = []
    for kind in kinds or KINDS:
        found += _search_kind(connection, query, limit, kind)
    return sorted(found, key=lambda hit: hit.rank)[:limit]


def matched(
    connection: Connection, query: SearchQuery, kind: str = "message"
) -> tuple[FromClause, ColumnElement[bool]]:
    """The index of a kind joined to ``search_row``, and the condition that the query matches."""
    index = _index(connection, kind)
    return index.join(search_row, search_row.c.id == index.c[0]), _matches(index, query)


def newest_refs(
    connection: Connection,
    query: SearchQuery,
    kind: str,
    limit: int,
    *,
    enough: int = 0,
    among: int = 0,
) -> list[int]:
    """The rows of a kind that match, those indexed last first, unranked.

    FTS5 begins with the newest and reads no further. PostgreSQL is made to gather all that match
    first: by itself it goes back through the newest rows, all of them where a number is in one.
    ``among``: it looks at so many of the newest before that, and ``enough`` of them are enough:
    for words that very many have.
    """
    index = _index(connection, kind)
    if among and "vector" in index.c:
        recent = select(index.c[0].label("row"), index.c.vector).order_by(index.c[0].desc())
        looked_at = recent.limit(among).subquery()
        some = (
            select(search_row.c.ref_id)
            .join(looked_at, looked_at.c.row == search_row.c.id)
            .where(looked_at.c.vector.op("@@")(_asked(query)))
            .order_by(looked_at.c.row.desc())
            .limit(limit)
        )
        refs = list(connection.execute(some).scalars())
        if len(refs) >= enough:
            return refs
    hits = select(index.c[0].label("row")).where(_matches(index, query))
    gathered = hits.cte("hits").prefix_with("MATERIALIZED", dialect="postgresql")
    newest = select(gathered.c.row).order_by(gathered.c.row.desc()).limit(limit).subquery()
    found = (
        select(search_row.c.ref_id)
        .join(newest, newest.c.row == search_row.c.id)
        .order_by(newest.c.row.desc())
    )
    return list(connection.execute(found).scalars())


def newest_matches(
    connection: Connection,
    query: SearchQuery,
    recent: int | None,
    few: Sequence[int] | None = None,
) -> Subquery:
    """What matches on tickets: ``row``, its number, and ``place``, by which the newest come first.

    ``few``: only these messages are wanted; others may be among what is found all the same.
    ``recent``: only of so many rows of the index. FTS5 needs no such bound, it begins with the
    newest and reads no further than somebody looks. PostgreSQL gathers all that match first: with
    a bound it goes through the newest rows instead, one by one, 1 µs each.
    """
    index = _index(connection, "message")
    number = index.c[0]
    asked = select(number.label("row"), number.label("place")).where(_matches(index, query))
    if connection.dialect.name == "sqlite":
        if few is not None:  # out of the walk before each is joined to its ticket
            ours = search_row.c.kind == "message", search_row.c.ref_id.in_(few)
            # A sum, or FTS5 would begin anew for each of them.
            asked = asked.where((number + 0).in_(select(search_row.c.id).where(*ours)))
        return asked.order_by(number.desc()).subquery()
    if recent is None:  # a sum is not what the key is sorted by: else it is walked to its end
        asked = select(number.label("row"), (number + 0).label("place"))
        return asked.where(_matches(index, query)).subquery()
    last = connection.execute(select(func.max(number))).scalar() or 0
    asked = asked.where(number > last - recent).order_by(number.desc())
    return asked.offset(0).subquery()  # the offset keeps the order, and joins go row by row


@contextmanager
def row_by_row(connection: Connection) -> Iterator[None]:
    """Within, PostgreSQL goes along its indexes and nothing else. By itself it takes a question
    for the newest few for one for all, and begins with reading a whole table."""
    if connection.dialect.name == "sqlite":
        yield
        return
    connection.execute(_WALK, {"or_not": "off"})
    yield
    connection.execute(_WALK, {"or_not": "on"})


def matching_tickets(connection: Connection, query: SearchQuery) -> Select[int]:
    """Tickets of which something matches."""
    joined, condition = matched(connection, query)
    return select(search_row.c.ticket_id).select_from(joined).where(condition)


def _search_kind(connection: Connection, query: SearchQuery, limit: int, kind: str) -> list[Hit]:
    joined, condition = matched(connection, query, kind)
    index = _index(connection, kind)
    rank: ColumnElement[float] = literal_column(f"{index.name}.rank")
    if connection.dialect.name != "sqlite":
        rank = -func.ts_rank(index.c.vector, _asked(query))
    columns = (search_row.c.kind, search_row.c.ref_id, search_row.c.ticket_id, rank)
    asking = select(*columns).select_from(joined).where(condition, search_row.c.kind == kind)
    window = select(index.c[0]).where(condition).order_by(index.c[0].desc())
    oldest = connection.execute(window.offset(_RANKED).limit(1)).scalar()
    if oldest is not None:
        asking = asking.where(index.c[0] > oldest)
    asking = asking.order_by(literal_column("4"), search_row.c.id.desc()).limit(limit)
    return [Hit(*row) for row in connection.execute(asking)]


def _index(connection: Connection, kind: str) -> TableClause:
    """Its first column is the number of a row, that of ``search_row``."""
    return (_FTS if connection.dialect.name == "sqlite" else _VECTORS)[_OWN[kind]]


def _matches(index: TableClause, query: SearchQuery) -> ColumnElement[bool]:
    if "vector" not in index.c:
        found = literal_column(index.name).op("MATCH")(to_fts5(query))
    else:
        found = index.c.vector.op("@@")(_asked(query))
    return cast("ColumnElement[bool]", found)


def _asked(query: SearchQuery) -> ColumnElement[str]:
    return func.to_tsquery(literal_column("'simple'"), to_tsquery(query))


def _by_index(
    connection: Connection, numbered: Iterable[tuple[int, Indexed]]
) -> Iterable[tuple[str, list[tuple[int, Indexed]]]]:
    found: dict[str, list[tuple[int, Indexed]]] = defaultdict(list)
    for number, row in numbered:
        found[index_name(connection, row.kind)].append((number, row))
    return found.items()


def _take_out(connection: Connection, index: str, numbers: Sequence[int]) -> None:
    if connection.dialect.name == "sqlite":
        gone = f"DELETE FROM {index} WHERE rowid = ?"
        connection.exec_driver_sql(gone, [(number,) for number in numbers])
    else:
        gone = f"DELETE FROM {index} WHERE row_id = ANY(%b::bigint[])"
        connection.exec_driver_sql(gone, (list(numbers),))


def _write_folded(connection: Connection, numbered: Sequence[tuple[int, Indexed]]) -> None:
    for index, part in _by_index(connection, numbered):
        folded = [(number, fold(row.text)[:_FTS_LIMIT]) for number, row in part]
        if connection.dialect.name == "sqlite":
            new = f"INSERT INTO {index} (rowid, folded) VALUES (?, ?)"
            connection.exec_driver_sql(new, folded)
        else:
            connection.exec_driver_sql(
                f"INSERT INTO {index} (row_id, vector) SELECT row, to_tsvector('simple', folded) "
                "FROM unnest(%b::bigint[], %b::text[]) AS new (row, folded)",
                tuple(map(list, zip(*folded, strict=True))),
            )
