"""Facts of tickets beside their own row: the desk's words for a status, followers, stars, merges
of tags."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, text

from .columns import Id, UtcTime, key, link, metadata

status_label = Table(
    "status_label",
    metadata,
    key(),
    Column("name", String(80), nullable=False),
    Column("name_key", String(80), nullable=False, unique=True),
    Column("status", String(12), nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
)

ticket_follower = Table(
    "ticket_follower",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True, index=True),
    Column("at", UtcTime, nullable=False),
)

ticket_star = Table(
    "ticket_star",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("at", UtcTime, nullable=False),
)

tag_merge = Table(
    "tag_merge",
    metadata,
    key(),
    link("kept_id", "tag"),
    link("merged_id", "tag"),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
    Column("undone_at", UtcTime),
)

# The tickets that had the merged tag: what is taken back again, ticket by ticket.
tag_merge_ticket = Table(
    "tag_merge_ticket",
    metadata,
    Column("merge_id", Id, ForeignKey("tag_merge.id"), primary_key=True),
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("had_kept", Boolean, nullable=False),
)
