"""Who is on the desk now and on which ticket, and who asked whom to hand a ticket over.

Times are the database's clock (queries.leases.clock): each machine's own would let people vanish.
"""

from sqlalchemy import Column, Index, Integer, String, Table, text

from .columns import Id, UtcTime, key, link, metadata

presence = Table(
    "presence",
    metadata,
    # Which running program (Database.origin), and which of its windows; window 0 is the program
    # itself and stands on no ticket.
    Column("client", String(60), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    link("agent_id", "agent", null=True),
    link("ticket_id", "ticket", null=True),
    # "looking" or "writing"; "" on no ticket.
    Column("doing", String(10), nullable=False, server_default=""),
    Column("since", UtcTime, nullable=False),
    # No index: few rows, and each is written every few seconds.
    Column("seen_at", UtcTime, nullable=False),
)

take_over = Table(
    "take_over",
    metadata,
    key(),
    link("ticket_id", "ticket"),
    link("asker_id", "agent"),
    link("holder_id", "agent"),
    Column("asked_at", UtcTime, nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False),
    # domain.presence.Answer: "" while it waits; nothing answers it twice.
    Column("answer", String(10), nullable=False, server_default=""),
    Column("answered_at", UtcTime),
    # When the asker's program put what was given into the asker's own reply.
    Column("taken_at", UtcTime),
    # The holder's draft whose text that was, as it stood then: a holder who quit in between ends
    # it later. No foreign key: it may be erased.
    Column("draft_id", Id, index=True),
    Column("draft_version", Integer),
)

Index(
    "uq_take_over_open",
    take_over.c.ticket_id,
    take_over.c.asker_id,
    unique=True,
    sqlite_where=text("answer = ''"),
    postgresql_where=text("answer = ''"),
)
