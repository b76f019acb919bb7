"""What notes carry beside their text: whom they call, and the facts of a call or chat."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from .columns import Id, UtcTime, metadata

message_mention = Table(
    "message_mention",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("message_id", Id, ForeignKey("message.id"), primary_key=True, index=True),
)

message_entry = Table(
    "message_entry",
    metadata,
    Column("message_id", Id, ForeignKey("message.id"), primary_key=True),
    Column("channel", String(8), nullable=False),
    Column("heard", String(4), nullable=False),
    Column("contact", String(320), nullable=False, server_default=""),
    Column("minutes", Integer),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("follow_up", Date),
    Column("wakes_at", UtcTime),  # when its ticket comes back for that; NULL once it has
)
PROMISED = message_entry.c.wakes_at.is_not(None)
Index(
    "ix_message_entry_wakes_at",
    message_entry.c.wakes_at,
    sqlite_where=text("wakes_at IS NOT NULL"),
    postgresql_where=text("wakes_at IS NOT NULL"),
)
