"""Orders as their sources told them. Money is an exact decimal with its currency."""

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint, text

from .columns import Money, UtcTime, key, link, metadata

order_source = Table(
    "order_source",
    metadata,
    key(),
    Column("name", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("profile", String(40), nullable=False, server_default=""),
    Column("mapping", Text, nullable=False, server_default="{}"),
    Column("read_at", UtcTime),
)

# "order" is a word of SQL's own; the table carries a name nobody has to quote.
shop_order = Table(
    "shop_order",
    metadata,
    key(),
    link("source_id", "order_source"),
    Column("number", String(120), nullable=False),
    Column("number_key", String(120), nullable=False, index=True),
    link("customer_id", "customer", null=True, index=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("email", String(320), nullable=False, server_default=""),
    Column("email_key", String(320), nullable=False, server_default="", index=True),
    Column("phone", String(60), nullable=False, server_default=""),
    Column("phone_key", String(40), nullable=False, server_default="", index=True),
    Column("status", String(20), nullable=False),
    Column("status_text", Text, nullable=False, server_default=""),
    Column("payment_status", Text, nullable=False, server_default=""),
    Column("fulfilment_status", Text, nullable=False, server_default=""),
    Column("currency", String(3), nullable=False, server_default=""),
    Column("total", Money),
    Column("placed_at", UtcTime),
    Column("address", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("seen_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("source_id", "number"),
)

order_line = Table(
    "order_line",
    metadata,
    key(),
    link("order_id", "shop_order", index=True),
    Column("position", Integer, nullable=False),
    Column("sku", String(120), nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("quantity", Money, nullable=False),
    Column("price", Money),
)

shipment = Table(
    "shipment",
    metadata,
    key(),
    link("order_id", "shop_order", index=True),
    Column("carrier", String(120), nullable=False, server_default=""),
    Column("tracking_number", String(120), nullable=False, server_default="", index=True),
    Column("tracking_url", Text, nullable=False, server_default=""),
    Column("shipped_at", UtcTime),
    Column("delivered_at", UtcTime),
)

return_case = Table(
    "return_case",
    metadata,
    key(),
    link("order_id", "shop_order", index=True),
    link("ticket_id", "ticket", null=True),
    Column("state", String(20), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("deadline", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
