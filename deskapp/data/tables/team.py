"""What lets several programs work on one desk: identity, leases, the change log."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, Text, text

from .columns import Id, UtcTime, key, metadata

desk_info = Table(
    "desk_info",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("desk_id", String(36), nullable=False),
    Column("name", String(200), nullable=False, server_default=""),
    Column("secret", LargeBinary, nullable=False),
    # What all of the search index is folded with. While a newer version folds it anew, the rows
    # from ``refolded_from`` upwards are folded with ``refolding_version``.
    Column("folding_version", Integer, nullable=False),
    Column("refolding_version", Integer, nullable=False, server_default=text("0")),
    Column("refolded_from", Id),
    # An answer later than this many days after a ticket ended begins a ticket that follows it.
    Column("reopen_days", Integer, nullable=False, server_default=text("14")),
    # Weekdays that are worked, Monday is 1; and single days in lines (domain.working_days).
    Column("work_week", String(7), nullable=False, server_default="12345"),
    Column("special_days", Text, nullable=False, server_default=""),
    # Within how many days goods that are sent back are expected here.
    Column("return_days", Integer, nullable=False, server_default=text("14")),
    Column("read_with", String(40), nullable=False, server_default=""),
    # Where the desk went, without a password; and that its rows have come but may not be used yet.
    Column("moved_to", String(500), nullable=False, server_default=""),
    Column("arriving", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", UtcTime, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Id, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("holder", String(120), nullable=False),
    Column("fence", Id, nullable=False),
    Column("taken_at", UtcTime),
    Column("expires_at", UtcTime, nullable=False),
)

change = Table(
    "change",
    metadata,
    key(),
    Column("at", UtcTime, nullable=False, index=True),
    Column("origin", String(60), nullable=False),
    Column("touched", Text, nullable=False, server_default=text("'{}'")),
    # The write's own id, by which it is asked for when its COMMIT was not answered.
    Column("act", String(40), unique=True),
)
