"""People erased at their wish: the proof, what keeps them from coming back, what forbids it."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from .columns import Id, UtcTime, key, link, metadata

# The proof sheet: what went, without a word of whom it was about.
erasure = Table(
    "erasure",
    metadata,
    key(),
    Column("at", UtcTime, nullable=False),
    link("agent_id", "agent", null=True),
    Column("mode", String(10), nullable=False),
    Column("counts", Text, nullable=False),  # JSON: what -> how many
    Column("identifiers", Text, nullable=False),  # JSON: keyed hashes of addresses and the like
    Column("cleaned_at", UtcTime),  # when the free space of the database was wiped; NULL: not yet
)

# What was erased must not come back by itself. Hashes under the desk's secret: nobody who has the
# table alone can try addresses against it.
tombstone = Table(
    "tombstone",
    metadata,
    Column("kind", String(8), primary_key=True),  # mail, phone, handle, message, content, order
    Column("hash", String(64), primary_key=True),
    link("erasure_id", "erasure", index=True),
    Column("at", UtcTime, nullable=False),
)

legal_hold = Table(
    "legal_hold",
    metadata,
    Column("customer_id", Id, ForeignKey("customer.id"), primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("until", UtcTime),  # NULL: until somebody lifts it
    link("agent_id", "agent", null=True),
    Column("at", UtcTime, nullable=False),
)
