"""What ties tickets together: moves of messages between them, with the way back, and links."""

from sqlalchemy import Column, String, Table, Text, UniqueConstraint

from .columns import UtcTime, key, link, metadata

# A merge, a split or a move of single messages, as it must be known to be undone, whenever that is.
ticket_move = Table(
    "ticket_move",
    metadata,
    key(),
    Column("kind", String(8), nullable=False),
    link("source_id", "ticket", index=True),
    link("target_id", "ticket", index=True),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
    Column("way_back", Text, nullable=False),  # JSON: domain.moving.WayBack
    Column("undone_at", UtcTime),
)

# From the parent to the child, from what was split to what was split off; else in id order.
ticket_link = Table(
    "ticket_link",
    metadata,
    key(),
    Column("kind", String(8), nullable=False),
    link("from_id", "ticket"),
    link("to_id", "ticket", index=True),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("from_id", "to_id"),
)
