"""Who gets which ticket: rules of assignment, what waits to be given out, and who is away."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, text

from .columns import Id, UtcTime, key, link, metadata

# One row for an agent who is away or will be; gone when they are back.
absence = Table(
    "absence",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime),
    link("substitute_id", "agent", null=True),
    Column("reason", String(200), nullable=False, server_default=""),
)

# How tickets are given out: of the desk (scope_id 0), of a team, of a mailbox. No row: as the
# wider scope says.
assignment_rule = Table(
    "assignment_rule",
    metadata,
    key(),
    Column("scope", String(8), nullable=False),
    Column("scope_id", Id, nullable=False, server_default=text("0")),
    Column("mode", String(12), nullable=False),
    # Among whose members a mailbox's or the desk's tickets are given out; nobody's: among all.
    link("among_id", "team", null=True),
    UniqueConstraint("scope", "scope_id"),
)

# Whose turn it is: who got theirs longest ago, by this number, or none yet.
assignment_turn = Table(
    "assignment_turn",
    metadata,
    Column("agent_id", Id, ForeignKey("agent.id"), primary_key=True),
    Column("number", Id, nullable=False),
)

# Tickets that are to be given out and could not yet be: nobody was there.
to_assign = Table(
    "to_assign",
    metadata,
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("since", UtcTime, nullable=False),
)
