"""Records that may be of one person, and what a file of customers said of them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from .columns import Id, UtcTime, key, link, metadata

# By what a customer may be found to be another: each key as it was when they were looked at.
customer_trait = Table(
    "customer_trait",
    metadata,
    Column("customer_id", Id, ForeignKey("customer.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("trait", String(400), primary_key=True),
)
Index("ix_customer_trait_kind_trait", customer_trait.c.kind, customer_trait.c.trait)

# Whose traits are up to date: a customer of another version is looked at again.
customer_looked = Table(
    "customer_looked",
    metadata,
    Column("customer_id", Id, ForeignKey("customer.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)

# Two records that look like one person's, the lower id first.
customer_pair = Table(
    "customer_pair",
    metadata,
    key(),
    link("one_id", "customer"),
    link("other_id", "customer", index=True),
    Column("reasons", Text, nullable=False),  # JSON: [[kind, what they share]]
    Column("found_at", UtcTime, nullable=False),
    Column("refused_at", UtcTime),  # a person said: not the same
    link("refused_by", "agent", null=True),
    UniqueConstraint("one_id", "other_id"),
)

customer_file = Table(
    "customer_file",
    metadata,
    key(),
    Column("name", String(120), nullable=False, unique=True),
    Column("mapping", Text, nullable=False),  # JSON: field -> heading
    Column("used_at", UtcTime, nullable=False),
)

# What an import wrote last: a field that still has it may be written by the next one.
customer_imported = Table(
    "customer_imported",
    metadata,
    Column("customer_id", Id, ForeignKey("customer.id"), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    Column("own_id", String(200), nullable=False, server_default="", index=True),
)
