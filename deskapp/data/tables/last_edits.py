"""Who changed each thing of the desk's settings last; who answers for what stands in the audit."""

from sqlalchemy import Column, String, Table

from .columns import Id, UtcTime, link, metadata

last_edit = Table(
    "last_edit",
    metadata,
    # domain.last_edits.About, and the row's id; 0 where there is but one.
    Column("about", String(20), primary_key=True),
    Column("row_id", Id, primary_key=True, autoincrement=False),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
)
