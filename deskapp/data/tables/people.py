"""Customers, how to reach them, and the staff."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext as ExecutionContext

from deskapp.domain.naming import LONGEST_SORT_KEY, sort_key

from .columns import UtcTime, key, link, metadata, sorted_text

company = Table(
    "company",
    metadata,
    key(),
    Column("name", Text, nullable=False),
    Column("must_know", Text, nullable=False, server_default=""),
    Column("created_at", UtcTime),
    Column("version", Integer, nullable=False, server_default=text("1")),
)


def _key_of_name(row: ExecutionContext) -> str:
    written = row.get_current_parameters()  # type: ignore[no-untyped-call]
    return sort_key(str(written.get("name", "")))


customer = Table(
    "customer",
    metadata,
    key(),
    Column("name", Text, nullable=False, server_default=""),
    Column(
        "name_key",
        sorted_text(LONGEST_SORT_KEY),
        nullable=False,
        default=_key_of_name,  # of a new row; who writes another name writes its key
        server_default="",
    ),
    Column("family_name", Text, nullable=False, server_default=""),
    Column("given_name", Text, nullable=False, server_default=""),
    Column("call_name", Text, nullable=False, server_default=""),
    Column("honorific", String(40), nullable=False, server_default=""),
    Column("language", String(12), nullable=False, server_default=""),
    Column("time_zone", String(60), nullable=False, server_default=""),
    Column("country", String(2), nullable=False, server_default=""),  # ISO 3166
    Column("must_know", Text, nullable=False, server_default=""),
    Column("vip", Boolean, nullable=False, server_default=text("false")),
    link("company_id", "company", null=True, index=True),
    # Who said so: "" nobody, "domain" the program by a mail's domain, "person" stays as it is.
    Column("company_by", String(6), nullable=False, server_default=""),
    link("merged_into", "customer", null=True),
    Column("created_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
Index("ix_customer_by_name", customer.c.name_key, customer.c.id)

contact_point = Table(
    "contact_point",
    metadata,
    key(),
    link("customer_id", "customer", index=True),
    Column("kind", String(8), nullable=False),
    Column("value", Text, nullable=False),  # as written; a postal address has lines
    Column("value_key", String(320), nullable=False),
    Column("label", String(40), nullable=False, server_default=""),  # home, work ...
    Column("network", String(40), nullable=False, server_default=""),  # of a handle
    Column("country", String(2), nullable=False, server_default=""),  # of a postal address
    Column("is_primary", Boolean, nullable=False, server_default=text("false")),
    Column("verified_at", UtcTime),
    Column("bounced_at", UtcTime),
    Column("bounced_status", String(20), nullable=False, server_default=""),  # RFC 3463
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("kind", "value_key"),
)

# Few are: asked for in these words, or their index is not used.
VIP = text("customer.vip")
Index(
    "ix_customer_vip",
    customer.c.id,
    sqlite_where=text("vip"),
    postgresql_where=text("vip"),
)

customer_note = Table(
    "customer_note",
    metadata,
    key(),
    link("customer_id", "customer", index=True),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
    Column("text", Text, nullable=False),
)

customer_merge = Table(
    "customer_merge",
    metadata,
    key(),
    link("kept_id", "customer"),
    link("merged_id", "customer"),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
    Column("moved", Text, nullable=False),
    Column("undone_at", UtcTime),
)

picture_sender = Table(
    "picture_sender",
    metadata,
    Column("address_key", String(320), primary_key=True),
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
)

team = Table(
    "team",
    metadata,
    key(),
    Column("name", String(120), nullable=False, unique=True),
    Column("active", Boolean, nullable=False, server_default=text("true")),
)

# Who has no seat here and gets matters by mail. Remembered when one is handed over.
department = Table(
    "department",
    metadata,
    key(),
    Column("name", String(200), nullable=False, server_default=""),
    Column("address", String(320), nullable=False),
    Column("address_key", String(320), nullable=False, unique=True),
    Column("used_at", UtcTime, nullable=False),
)

agent = Table(
    "agent",
    metadata,
    key(),
    Column("name", String(200), nullable=False),
    Column("email", String(320), nullable=False, server_default=""),
    Column("email_key", String(320), unique=True),
    Column("role", String(12), nullable=False, server_default="agent"),
    # The PostgreSQL role that they sign in as, on a team desk (63 is its longest name).
    Column("login", String(63), unique=True),
    Column("signature", Text, nullable=False, server_default=""),
    link("team_id", "team", null=True),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("created_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
