"""What we write: drafts, the outbox and canned replies."""

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
    text,
)

from .columns import Id, UtcTime, key, link, metadata

draft = Table(
    "draft",
    metadata,
    key(),
    link("ticket_id", "ticket", null=True, index=True),
    link("agent_id", "agent", null=True),
    Column("kind", String(8), nullable=False),
    Column("recipients", Text, nullable=False, server_default="[]"),
    Column("subject", Text, nullable=False, server_default=""),
    Column("body", Text, nullable=False, server_default=""),
    # The forms of the body; it counts only while it has the body's letters (domain.rich_text).
    Column("html", Text, nullable=False, server_default=""),
    Column("plain", Boolean, nullable=False, server_default=text("false")),
    Column("quote", Boolean, nullable=False, server_default=text("true")),
    Column("quote_all", Boolean, nullable=False, server_default=text("false")),
    Column("signature", Text),  # NULL: what the rules give
    Column("sender", String(320), nullable=False, server_default=""),  # none: by the rules
    # When somebody wanted it to leave, and whether only while the customer is silent.
    Column("leave_at", UtcTime),
    Column("unless_answered", Boolean, nullable=False, server_default=text("false")),
    Column("caret", Integer, nullable=False, server_default=text("0")),
    # What the ticket becomes when it is sent, as a canned reply set it; "": as always.
    Column("send_status", String(12), nullable=False, server_default=""),
    # The newest message and event the writer had seen: a send against a ticket that moved on is
    # stopped.
    Column("base_message_id", Integer),
    Column("base_event_id", Id, nullable=False, server_default=text("0")),
    # Of what is written to a third party: the message handed on, or the side thread gone on with.
    Column("forwards_id", Id),
    Column("side_id", Id),
    # Of a senior's own version of a reply that waits for approval: which approval.
    Column("approval_id", Id),
    # The order that the agent picked for this ticket: placeholders speak of it.
    Column("order_id", Id),
    Column("updated_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("version", Integer, nullable=False, server_default=text("1")),
)

draft_attachment = Table(
    "draft_attachment",
    metadata,
    key(),
    link("draft_id", "draft", index=True),
    Column("filename", Text, nullable=False),
    Column("content_type", String(255), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("content_id", String(80), nullable=False, server_default=""),
)

signature = Table(
    "signature",
    metadata,
    key(),
    link("agent_id", "agent", null=True),  # nobody's: the mailbox's own
    link("mailbox_id", "mailbox", null=True),  # none: below answers from any of them
    Column("language", String(12), nullable=False, server_default=""),
    Column("body", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("message_id", Text, nullable=False, unique=True),
    link("message_row_id", "message"),
    link("ticket_id", "ticket", index=True),
    link("mailbox_id", "mailbox"),
    link("draft_id", "draft", null=True),
    link("agent_id", "agent", null=True),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("envelope_from", String(320), nullable=False),
    Column("state", String(10), nullable=False),
    Column("phase", String(20), nullable=False),
    Column("fence", Integer, nullable=False, server_default=text("0")),
    Column("claimed_by", String(80), nullable=False, server_default=""),
    Column("claimed_until", UtcTime),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("not_before", UtcTime, nullable=False),
    # When it was first to leave: not_before moves with each try.
    Column("due_at", UtcTime),
    # What was said of it last, and whose words those are: domain.outbox_trouble.SendFault.
    Column("last_error", Text, nullable=False, server_default=""),
    Column("fault", String(20), nullable=False, server_default=""),
    # pending, server (the provider files it itself), appended, skipped
    Column("sent_copy", String(10), nullable=False, server_default="pending"),
    Column("status_before", String(12), nullable=False, server_default=""),
    Column("snooze_before", String(80), nullable=False, server_default=""),  # what sending ended
    # Taken back when the customer writes before it leaves.
    Column("unless_answered", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", UtcTime, nullable=False),
    Column("sent_at", UtcTime),
    UniqueConstraint("message_row_id"),
)
Index("ix_outbox_due", outbox.c.state, outbox.c.not_before)

outbox_recipient = Table(
    "outbox_recipient",
    metadata,
    key(),
    link("outbox_id", "outbox", index=True),
    Column("address", String(320), nullable=False),
    Column("state", String(10), nullable=False, server_default="waiting"),
    Column("code", Integer),
    Column("answer", Text, nullable=False, server_default=""),
    UniqueConstraint("outbox_id", "address"),
)

canned_reply = Table(
    "canned_reply",
    metadata,
    key(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),
    Column("folder", String(200), nullable=False, server_default=""),
    link("agent_id", "agent", null=True),  # whose own it is; nobody's: the team's
    link("mailbox_id", "mailbox", null=True),  # where alone it is offered
    Column("actions", Text, nullable=False, server_default="{}"),
    Column("updated_at", UtcTime, nullable=False),
    Column("archived_at", UtcTime),
    Column("version", Integer, nullable=False, server_default=text("1")),
)

canned_text = Table(
    "canned_text",
    metadata,
    key(),
    link("canned_id", "canned_reply", index=True),
    Column("language", String(12), nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("canned_id", "language"),
)

canned_file = Table(
    "canned_file",
    metadata,
    key(),
    link("canned_id", "canned_reply", index=True),
    Column("filename", Text, nullable=False),
    Column("content_type", String(255), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
)

canned_use = Table(
    "canned_use",
    metadata,
    key(),
    link("canned_id", "canned_reply", index=True),
    link("ticket_id", "ticket", null=True),
    link("agent_id", "agent", null=True),
    Column("language", String(12), nullable=False, server_default=""),
    Column("edited", Boolean),  # None until the reply it was put into was sent
    # Where it was put in, and what: the draft is compared with it when it is sent.
    link("draft_id", "draft", null=True, index=True),
    Column("text", Text),
    Column("at", UtcTime, nullable=False),
)
