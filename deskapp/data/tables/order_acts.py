"""What is done to orders in their shops: who may, each act with its key, and the audit of all."""

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

from .columns import Id, Money, UtcTime, key, link, metadata

# A row means: an admin switched this kind on for this source. Not in order_source.settings, which
# the form of a connection writes as a whole.
act_switch = Table(
    "act_switch",
    metadata,
    Column("source_id", Id, ForeignKey("order_source.id"), primary_key=True),
    Column("kind", String(12), primary_key=True),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
)

# What somebody of a role may move at all, and without a second person. No row: nothing.
act_cap = Table(
    "act_cap",
    metadata,
    key(),
    Column("role", String(12), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("most", Money, nullable=False),
    Column("alone", Money, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("role", "currency"),
)

order_act = Table(
    "order_act",
    metadata,
    key(),
    # The shop's idempotency key, stored before anything is sent.
    Column("act_key", String(36), nullable=False, unique=True),
    # What it holds while it is not settled: one act at a time for an order. NULL once settled.
    Column("slot", String(60), unique=True),
    link("source_id", "order_source", null=True),
    link("order_id", "shop_order", null=True, index=True),
    link("ticket_id", "ticket", null=True, index=True),
    Column("order_number", String(120), nullable=False, server_default=""),
    Column("kind", String(12), nullable=False),
    Column("body", Text, nullable=False),  # JSON: domain OrderAct
    Column("state", String(12), nullable=False),
    Column("why", String(24), nullable=False, server_default=""),  # it was not done
    Column("preview", Text, nullable=False, server_default=""),  # JSON: what the shop said
    Column("amount", Money),
    Column("currency", String(3), nullable=False, server_default=""),
    Column("told", Boolean, nullable=False, server_default=text("false")),
    link("asked_by", "agent", null=True),
    Column("asked_at", UtcTime, nullable=False),
    link("approved_by", "agent", null=True),
    Column("approved_at", UtcTime),
    # The engine that sends it, and when that began: from then on it is never sent again.
    Column("holder", String(120), nullable=False, server_default=""),
    Column("sent_at", UtcTime),
    Column("next_at", UtcTime),  # when the engine has to do with it next
    Column("looks", Integer, nullable=False, server_default=text("0")),
    Column("ended_at", UtcTime),
    Column("ref", String(200), nullable=False, server_default=""),
    Column("link", Text, nullable=False, server_default=""),
    Column("came_to", Money),  # the amount that the shop says
    Column("said", Text, nullable=False, server_default=""),
    Column("trouble", Text, nullable=False, server_default=""),  # JSON: the last Problem
    link("settled_by", "agent", null=True),
    Column("settled_words", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
Index(
    "ix_order_act_open",
    order_act.c.next_at,
    order_act.c.id,
    sqlite_where=text("slot IS NOT NULL"),
    postgresql_where=text("slot IS NOT NULL"),
)

# The audit: only ever added to (triggers refuse the rest), each row sealing those before it. It
# has no words about customers, so that erasing a person leaves it whole.
act_audit = Table(
    "act_audit",
    metadata,
    key(),
    link("act_id", "order_act", null=True, index=True),
    Column("at", UtcTime, nullable=False),
    link("agent_id", "agent", null=True),
    Column("step", String(16), nullable=False),
    Column("machine", String(120), nullable=False, server_default=""),
    Column("amount", Money),
    Column("currency", String(3), nullable=False, server_default=""),
    Column("facts", Text, nullable=False, server_default=""),
    Column("words_sha256", String(64), nullable=False, server_default=""),
    Column("seal", String(64), nullable=False),
)
