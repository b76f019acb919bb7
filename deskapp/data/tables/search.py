"""What a search can find. The index itself is each database's own (``data/search.py``).

SQLite keeps it in the FTS5 table ``search_fts`` whose row id is ``search_row.id``; PostgreSQL in
``search_vector``. Both hold only text folded by ``domain.folding``, so both give the same answers.
"""

from sqlalchemy import Column, Index, String, Table

from .columns import Id, key, metadata

search_row = Table(
    "search_row",
    metadata,
    key(),
    Column("kind", String(10), nullable=False),  # message, ticket, customer, order
    Column("ref_id", Id, nullable=False),
    Column("ticket_id", Id, index=True),
)
Index("uq_search_row_kind_ref_id", search_row.c.kind, search_row.c.ref_id, unique=True)
