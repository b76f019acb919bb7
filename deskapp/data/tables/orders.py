"""Orders as their sources told them. Money is an exact decimal with its currency."""

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

from .columns import Money, UtcTime, key, link, metadata

order_source = Table(
    "order_source",
    metadata,
    key(),
    Column("name", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("profile", String(40), nullable=False, server_default=""),
    Column("mapping", Text, nullable=False, server_default="{}"),
    # How it is reached, without secrets: those are in the keyring of each machine.
    Column("address", Text, nullable=False, server_default=""),
    Column("settings", Text, nullable=False, server_default="{}"),  # JSON, each kind's own
    Column("number_pattern", Text, nullable=False, server_default=""),  # of its numbers in mail
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # Where reading goes on, what it leaves out (JSON), and what stood in the way last (JSON).
    Column("mark", Text, nullable=False, server_default=""),
    Column("shortfalls", Text, nullable=False, server_default="[]"),
    Column("trouble", Text, nullable=False, server_default=""),
    Column("read_at", UtcTime),
    Column("tried_at", UtcTime),
    Column("next_at", UtcTime),
    Column("version", Integer, nullable=False, server_default=text("1")),
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
    Column("changed_at", UtcTime),
    Column("cancelled_at", UtcTime),
    Column("ref", String(200), nullable=False, server_default=""),  # the shop's own id
    Column("page", Text, nullable=False, server_default=""),
    Column("language", String(12), nullable=False, server_default=""),
    Column("tags", Text, nullable=False, server_default="[]"),
    Column("address", Text, nullable=False, server_default=""),
    Column("ship_to", Text, nullable=False, server_default=""),  # JSON: domain PostalAddress
    Column("bill_to", Text, nullable=False, server_default=""),
    Column("postcode_key", String(20), nullable=False, server_default=""),
    Column("shop_customer", Text, nullable=False, server_default=""),  # JSON: ShopCustomer
    Column("note", Text, nullable=False, server_default=""),
    Column("whole", Boolean, nullable=False, server_default=text("true")),
    Column("seen_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("source_id", "number"),
)
# The lists of all and of one customer's are read in this order.
Index("ix_shop_order_newest", shop_order.c.placed_at, shop_order.c.id)
# A postcode may be that of a whole province, and only the newest of its orders are looked at.
Index("ix_shop_order_postcode", shop_order.c.postcode_key, shop_order.c.placed_at, shop_order.c.id)
# A shop's order whose number has changed is still the same one.
Index("ix_shop_order_ref", shop_order.c.source_id, shop_order.c.ref)

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
    Column("ref", String(200), nullable=False, server_default=""),
    Column("picture", Text, nullable=False, server_default=""),
)

shipment = Table(
    "shipment",
    metadata,
    key(),
    link("order_id", "shop_order", index=True),
    Column("carrier", String(120), nullable=False, server_default=""),
    Column("tracking_number", String(120), nullable=False, server_default=""),
    Column("tracking_key", String(120), nullable=False, server_default="", index=True),
    Column("tracking_url", Text, nullable=False, server_default=""),
    Column("status", Text, nullable=False, server_default=""),
    Column("shipped_at", UtcTime),
    Column("expected_at", UtcTime),
    Column("delivered_at", UtcTime),
)

order_refund = Table(
    "order_refund",
    metadata,
    key(),
    link("order_id", "shop_order", index=True),
    Column("ref", String(200), nullable=False, server_default=""),
    Column("amount", Money, nullable=False),
    Column("currency", String(3), nullable=False, server_default=""),
    Column("at", UtcTime),
    Column("reason", Text, nullable=False, server_default=""),
)

# Goods on their way back as the shop tells of it; our own cases are in return_case.
shop_return = Table(
    "shop_return",
    metadata,
    key(),
    link("order_id", "shop_order", index=True),
    Column("ref", String(200), nullable=False, server_default=""),
    Column("name", Text, nullable=False, server_default=""),
    Column("status", Text, nullable=False, server_default=""),
    Column("quantity", Money),
    Column("at", UtcTime),
)
