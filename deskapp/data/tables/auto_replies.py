"""The automatic reply of each mailbox, and who got one."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from .columns import Id, UtcTime, key, link, metadata

auto_reply = Table(
    "auto_reply",
    metadata,
    Column("mailbox_id", Id, ForeignKey("mailbox.id"), primary_key=True, autoincrement=False),
    link("canned_id", "canned_reply"),
    Column("since", UtcTime),  # when a person switched it on, or on again; NULL is off
    Column("paused_at", UtcTime),  # it stopped itself
    # Why the last one could not be made: a kind of Problem, the name it is about, the ticket.
    Column("fault", String(40), nullable=False, server_default=""),
    Column("fault_about", Text, nullable=False, server_default=""),
    Column("fault_ticket", Integer),
)

auto_reply_given = Table(
    "auto_reply_given",
    metadata,
    key(),
    link("mailbox_id", "mailbox"),
    link("ticket_id", "ticket"),
    link("message_id", "message"),
    Column("address_key", String(320), nullable=False),
    Column("at", UtcTime, nullable=False),
    # One to a customer on a ticket, however often its mail is filed and by whom.
    UniqueConstraint("ticket_id", "address_key"),
)
Index("ix_auto_reply_given_person", auto_reply_given.c.address_key, auto_reply_given.c.at)
Index("ix_auto_reply_given_mailbox", auto_reply_given.c.mailbox_id, auto_reply_given.c.at)
