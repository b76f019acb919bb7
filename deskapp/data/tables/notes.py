"""What notes carry beside their text: whom they call, and the facts of a call or chat."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from .columns import Id, metadata

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
)
