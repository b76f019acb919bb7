"""Tickets, what is on them, and what happened to them. Messages and events are append-only."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from .columns import Id, Packed, UtcTime, key, link, metadata

ticket = Table(
    "ticket",
    metadata,
    key(),
    Column("number", Integer, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("status", String(12), nullable=False),
    # The desk's own word for the status; shown only while it is a word for the status there is.
    link("label_id", "status_label", null=True),
    Column("priority", String(8), nullable=False, server_default="normal"),
    link("customer_id", "customer", null=True, index=True),
    link("assignee_id", "agent", null=True),
    link("team_id", "team", null=True),
    Column("due_at", UtcTime),
    link("mailbox_id", "mailbox", null=True),
    Column("language", String(12), nullable=False, server_default=""),
    Column("snippet", String(240), nullable=False, server_default=""),
    Column("message_count", Integer, nullable=False, server_default=text("0")),
    Column("has_attachment", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("last_in_at", UtcTime),
    Column("last_out_at", UtcTime),
    Column("waiting_since", UtcTime),
    # How it is put aside (domain.snoozing); "woke": it is back, and nobody has seen to it.
    Column("snooze", String(5), nullable=False, server_default=""),
    Column("snoozed_until", UtcTime),
    link("merged_into", "ticket", null=True),
    # The ticket that had ended too long ago to be reopened by the mail that began this one.
    link("follows_id", "ticket", null=True, index=True),
    # The newest message; no foreign key, because message already points here.
    Column("newest_message_id", Id),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
# Each list is read from one of these alone, ids first, without touching the rows.
Index("ix_ticket_waiting", ticket.c.status, ticket.c.waiting_since, ticket.c.id)
Index("ix_ticket_recent", ticket.c.status, ticket.c.updated_at, ticket.c.id)
Index("ix_ticket_mine", ticket.c.assignee_id, ticket.c.status, ticket.c.waiting_since, ticket.c.id)
# With the status, so that the list of all reads no row of the table: 75 ms instead of 300.
Index("ix_ticket_updated", ticket.c.updated_at, ticket.c.id, ticket.c.status)
# Few are put aside; their index has only them. Asked for in these words, or it is not used.
SNOOZED = ticket.c.snooze != literal_column("''")
Index(
    "ix_ticket_snoozed",
    ticket.c.snooze,
    ticket.c.snoozed_until,
    ticket.c.id,
    sqlite_where=text("snooze <> ''"),
    postgresql_where=text("snooze <> ''"),
)
# Few have a team, a due date or another priority than normal: each index has only those.
TEAMED = ticket.c.team_id.is_not(None)
Index(
    "ix_ticket_team",
    ticket.c.team_id,
    ticket.c.status,
    ticket.c.waiting_since,
    ticket.c.id,
    sqlite_where=text("team_id IS NOT NULL"),
    postgresql_where=text("team_id IS NOT NULL"),
)
Index(
    "ix_ticket_due",
    ticket.c.due_at,
    ticket.c.id,
    sqlite_where=text("due_at IS NOT NULL"),
    postgresql_where=text("due_at IS NOT NULL"),
)
Index(
    "ix_ticket_priority",
    ticket.c.priority,
    ticket.c.status,
    ticket.c.id,
    sqlite_where=text("priority <> 'normal'"),
    postgresql_where=text("priority <> 'normal'"),
)

# Few are merged away: asked for when the ticket that they live on in shows its links.
Index(
    "ix_ticket_merged",
    ticket.c.merged_into,
    sqlite_where=text("merged_into IS NOT NULL"),
    postgresql_where=text("merged_into IS NOT NULL"),
)

message = Table(
    "message",
    metadata,
    key(),
    link("ticket_id", "ticket", index=True),
    link("origin_id", "ticket", null=True),  # where it was first, if that is another ticket
    Column("direction", String(4), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("message_id", Text, nullable=False, server_default="", index=True),
    Column("in_reply_to", Text, nullable=False, server_default=""),
    Column("sender_name", Text, nullable=False, server_default=""),
    Column("sender_address", String(320), nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    Column("dated_at", UtcTime),  # what its own Date says, however wrong
    Column("created_at", UtcTime, nullable=False),
    link("agent_id", "agent", null=True),
    link("mailbox_id", "mailbox", null=True),
    Column("sha256", String(64), ForeignKey("blob.sha256"), index=True),
    Column("language", String(12), nullable=False, server_default=""),
    Column("joined_by", String(40), nullable=False, server_default=""),
    Column("joined_id", Text, nullable=False, server_default=""),
    link("claims_id", "ticket", null=True),
    # Its writer had no part in the ticket when it joined; what it says makes nobody take part.
    Column("uninvited", Boolean, nullable=False, server_default=text("false")),
    Column("marked", Boolean, nullable=False, server_default=text("false")),
    Column("defects", Text, nullable=False, server_default=""),
    # The first message of the side thread with a third party that it belongs to, which may be
    # itself. Not the customer's conversation: never quoted to them, never their word.
    link("side_id", "message", null=True),
    # A reply taken back before it left: kept for the record, shown nowhere.
    Column("withdrawn", Boolean, nullable=False, server_default=text("false")),
    # The writing client's own id of this act: asked for after a commit of unknown outcome.
    Column("act", String(36), unique=True),
)

message_body = Table(
    "message_body",
    metadata,
    Column("message_id", Id, ForeignKey("message.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("reply_text", Text),  # NULL: nothing was folded, same as text
    Column("html", Packed),
    Column("reply_html", Packed),
)

message_bounce = Table(
    "message_bounce",
    metadata,
    Column("report_id", Id, ForeignKey("message.id"), primary_key=True),
    link("message_id", "message", index=True),
    Column("recipient", String(320), primary_key=True, server_default=""),
    Column("status", String(20), nullable=False, server_default=""),
    Column("permanent", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
)

# Whom staff let take part. Everybody else who does is read from the messages.
ticket_participant = Table(
    "ticket_participant",
    metadata,
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("address_key", String(320), primary_key=True),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
)

message_address = Table(
    "message_address",
    metadata,
    key(),
    link("message_id", "message", index=True),
    Column("role", String(8), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("address", String(320), nullable=False),
    Column("address_key", String(320), nullable=False, index=True),
)

message_reference = Table(
    "message_reference",
    metadata,
    Column("message_id", Id, ForeignKey("message.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("reference", Text, nullable=False, index=True),
)

attachment = Table(
    "attachment",
    metadata,
    key(),
    link("message_id", "message", index=True),
    Column("part_index", Integer, nullable=False),
    Column("filename", Text, nullable=False),
    Column("content_type", String(255), nullable=False),
    Column("size", Id, nullable=False),
    Column("inline", Boolean, nullable=False),
    Column("content_id", Text, nullable=False, server_default=""),
    Column("sha256", String(64), nullable=False, server_default=""),
)

event = Table(
    "event",
    metadata,
    key(),
    link("ticket_id", "ticket", index=True),
    Column("kind", String(20), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    link("agent_id", "agent", null=True),
    link("message_id", "message", null=True),
    Column("old", Text, nullable=False, server_default=""),
    Column("new", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
)

tag = Table(
    "tag",
    metadata,
    key(),
    Column("name", String(80), nullable=False),
    Column("name_key", String(80), nullable=False, unique=True),
    Column("colour", String(16), nullable=False, server_default=""),
    # A former name, or a tag merged away: who writes it means the tag it became.
    link("merged_into", "tag", null=True, index=True),
)

ticket_tag = Table(
    "ticket_tag",
    metadata,
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("tag_id", Id, ForeignKey("tag.id"), primary_key=True, index=True),
)

ticket_seen = Table(
    "ticket_seen",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("message_id", Id, nullable=False),
    Column("at", UtcTime, nullable=False),
)

saved_view = Table(
    "saved_view",
    metadata,
    key(),
    Column("name", String(120), nullable=False),
    link("agent_id", "agent", null=True),
    Column("query", Text, nullable=False),
    Column("sorting", String(12), nullable=False, server_default="newest"),
    Column("columns", Text, nullable=False, server_default=""),
    Column("position", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("agent_id", "name"),
)
