"""The audit: who changed what a team must be able to answer for. Filled by triggers alone.

Which changes are told stands in ``data/audited.py``; the triggers in ``migrations/first/audit.py``.
Nothing here points at a row elsewhere: what is told of a row outlives it.
"""

from sqlalchemy import Column, String, Table, Text

from .columns import Id, UtcTime, key, metadata

audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", UtcTime, nullable=False),  # the database's clock
    Column("login", String(63), nullable=False),
    Column("agent_id", Id),
    Column("program", String(64), nullable=False, server_default=""),
    Column("client", String(64), nullable=False, server_default=""),  # its network address
    Column("told_of", String(63), nullable=False),  # a table
    Column("verb", String(6), nullable=False),
    Column("row_key", Text, nullable=False),
    Column("old", Text, nullable=False),  # JSON, of the columns that changed
    Column("new", Text, nullable=False),
)

# Made when the transaction commits, in the order of commits: ids of ``audit`` are in that of
# beginnings. In a table of their own, so that no row of either is ever changed.
audit_seal = Table(
    "audit_seal",
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("audit_id", Id, nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
    Column("seal", String(64), nullable=False),
)
