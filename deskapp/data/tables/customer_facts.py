"""What a desk keeps of its customers beside their own row: tags, own fields, consent, history.

Which of it is personal data, and whose, is written down in ``personal``.
"""

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

company_domain = Table(
    "company_domain",
    metadata,
    Column("domain", String(255), primary_key=True),  # in ASCII, the part that somebody registered
    link("company_id", "company", index=True),
)

company_note = Table(
    "company_note",
    metadata,
    key(),
    link("company_id", "company", index=True),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
    Column("text", Text, nullable=False),
)

customer_tag = Table(
    "customer_tag",
    metadata,
    Column("customer_id", Id, ForeignKey("customer.id"), primary_key=True),
    Column("tag_id", Id, ForeignKey("tag.id"), primary_key=True, index=True),
)

custom_field = Table(
    "custom_field",
    metadata,
    key(),
    Column("name", String(120), nullable=False),
    Column("name_key", String(120), nullable=False, unique=True),
    Column("kind", String(8), nullable=False),
    Column("choices", Text, nullable=False, server_default=""),  # a line each
    Column("position", Integer, nullable=False),
    Column("archived_at", UtcTime),  # its values stay and are not asked for any more
    Column("version", Integer, nullable=False, server_default=text("1")),
)

custom_value = Table(
    "custom_value",
    metadata,
    key(),
    link("customer_id", "customer"),
    link("field_id", "custom_field", index=True),
    Column("value", Text, nullable=False),  # a number with a point, a day as ISO 8601, yes or no
    UniqueConstraint("customer_id", "field_id"),
)

# The newest row of a purpose is what counts, while it has not run out.
consent = Table(
    "consent",
    metadata,
    key(),
    link("customer_id", "customer"),
    Column("purpose", String(8), nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("source", String(200), nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    Column("until", UtcTime),
    link("agent_id", "agent", null=True),
)
Index("ix_consent_newest", consent.c.customer_id, consent.c.purpose, consent.c.id)

# Append-only: what a field was, what it became, who did it. ``field_id`` of a desk's own field.
customer_change = Table(
    "customer_change",
    metadata,
    key(),
    link("customer_id", "customer", index=True),
    link("field_id", "custom_field", null=True),
    Column("field", String(40), nullable=False),
    Column("old", Text, nullable=False, server_default=""),
    Column("new", Text, nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    link("agent_id", "agent", null=True),
)
