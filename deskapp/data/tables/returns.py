"""What we do about orders by hand: return cases, and order forms for shops nobody can write to.

Items keep what they are called: a file that is read again writes the lines of its orders anew.
"""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, text

from .columns import Money, UtcTime, key, link, metadata

return_case = Table(
    "return_case",
    metadata,
    key(),
    Column("kind", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("ended_as", String(12), nullable=False, server_default=""),  # the state it closed in
    link("order_id", "shop_order", null=True, index=True),
    Column("order_number", String(120), nullable=False, server_default=""),
    link("ticket_id", "ticket", null=True, index=True),
    Column("reason_code", String(20), nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("carrier", String(120), nullable=False, server_default=""),
    Column("tracking_number", String(120), nullable=False, server_default=""),
    Column("label_link", Text, nullable=False, server_default=""),
    # A file on the ticket; no foreign key, because a person's files can be erased.
    Column("label_file", Integer),
    Column("deadline", Date),
    Column("remind_on", Date),
    Column("wakes_at", UtcTime),  # when its ticket comes back for either; NULL once it has
    Column("refund_state", String(8), nullable=False, server_default="none"),
    Column("refund_amount", Money),
    Column("refund_currency", String(3), nullable=False, server_default=""),
    Column("created_at", UtcTime, nullable=False),
    link("created_by", "agent", null=True),
    Column("closed_at", UtcTime),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
RETURN_WAKES = return_case.c.wakes_at.is_not(None)
Index(
    "ix_return_case_wakes_at",
    return_case.c.wakes_at,
    sqlite_where=text("wakes_at IS NOT NULL"),
    postgresql_where=text("wakes_at IS NOT NULL"),
)
OPEN_RETURN = return_case.c.closed_at.is_(None)
Index(
    "ix_return_case_open",
    return_case.c.deadline,
    return_case.c.id,
    sqlite_where=text("closed_at IS NULL"),
    postgresql_where=text("closed_at IS NULL"),
)

return_item = Table(
    "return_item",
    metadata,
    key(),
    link("case_id", "return_case", index=True),
    Column("line_key", String(200), nullable=False, server_default=""),
    Column("sku", String(120), nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("quantity", Money, nullable=False),
    Column("condition", String(12), nullable=False, server_default=""),
    Column("instead", Text, nullable=False, server_default=""),
)

# Append-only: what was done to a case, from what to what.
return_event = Table(
    "return_event",
    metadata,
    key(),
    link("case_id", "return_case", index=True),
    Column("at", UtcTime, nullable=False),
    link("agent_id", "agent", null=True),
    Column("what", String(16), nullable=False),
    Column("old", Text, nullable=False, server_default=""),
    Column("new", Text, nullable=False, server_default=""),
    # The event that this one took back.
    link("undoes_id", "return_event", null=True),
)

order_form = Table(
    "order_form",
    metadata,
    key(),
    link("ticket_id", "ticket", index=True),
    link("order_id", "shop_order", null=True, index=True),
    Column("order_number", String(120), nullable=False, server_default=""),
    Column("kind", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("customer_name", Text, nullable=False, server_default=""),
    Column("customer_mail", String(320), nullable=False, server_default=""),
    Column("items", Text, nullable=False, server_default="[]"),  # JSON: domain FormItem
    Column("address", Text, nullable=False, server_default=""),
    Column("payment", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("currency", String(3), nullable=False, server_default=""),
    Column("created_at", UtcTime, nullable=False),
    link("created_by", "agent", null=True),
    Column("asked_at", UtcTime),
    link("asked_by", "agent", null=True),
    Column("asked_of", Text, nullable=False, server_default=""),
    Column("ended_at", UtcTime),
    link("ended_by", "agent", null=True),
    Column("ended_words", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default=text("1")),
)
