"""What agents did and can take back. Unlike events these rows are for undo alone and pruned."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from .columns import Id, UtcTime, key, link, metadata

act_done = Table(
    "act_done",
    metadata,
    key(),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("detail", String(120), nullable=False, server_default=""),
    Column("fields", Text, nullable=False, server_default=text("'{}'")),  # JSON: what was set
    Column("tickets", Integer, nullable=False, server_default=text("0")),
    link("ticket_id", "ticket", null=True),  # the first
    link("undoes_id", "act_done", null=True),  # the act that this one took back
    Column("taken_back", Boolean, nullable=False, server_default=text("false")),
)
Index("ix_act_done_agent", act_done.c.agent_id, act_done.c.id)
Index("ix_act_done_detail", act_done.c.kind, act_done.c.detail)

act_ticket = Table(
    "act_ticket",
    metadata,
    Column("act_id", Id, ForeignKey("act_done.id"), primary_key=True),
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("fields", Text, nullable=False),  # JSON: field -> [before, after]
)
