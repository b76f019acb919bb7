"""Replies that wait for a senior's approval, each round of them a row that is kept."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, text

from .columns import UtcTime, key, link, metadata

approval = Table(
    "approval",
    metadata,
    key(),
    link("ticket_id", "ticket", index=True),
    link("draft_id", "draft", index=True),
    link("agent_id", "agent"),  # who wrote it
    Column("round", Integer, nullable=False, server_default=text("1")),
    Column("state", String(10), nullable=False),
    # What was handed in: the words, their forms, whom they go to and what is wanted with them.
    Column("body", Text, nullable=False),
    Column("html", Text, nullable=False, server_default=""),
    Column("recipients", Text, nullable=False, server_default="[]"),
    Column("files", Text, nullable=False, server_default="[]"),
    Column("status", String(12), nullable=False, server_default=""),
    Column("leave_at", UtcTime),
    Column("unless_answered", Boolean, nullable=False, server_default=text("false")),
    Column("submitted_at", UtcTime, nullable=False),
    # What became of it, by whom, and what the senior wrote to the writer.
    link("decided_by", "agent", null=True),
    Column("decided_at", UtcTime),
    Column("comment", Text, nullable=False, server_default=""),
    # What was sent, or proposed with a return, and as which reply: beside what was handed in these
    # are the kept difference. Without recipients there was neither.
    Column("final_body", Text, nullable=False, server_default=""),
    Column("final_html", Text, nullable=False, server_default=""),
    Column("final_recipients", Text, nullable=False, server_default="[]"),
    Column("final_files", Text, nullable=False, server_default="[]"),
    link("message_id", "message", null=True, index=True),
    link("outbox_id", "outbox", null=True),
    # The client's own id of the handing in: asked for after a commit of unknown outcome.
    Column("act", String(36), unique=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
Index(
    "uq_approval_waiting",
    approval.c.draft_id,
    unique=True,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
