"""Which country's numbers a customer means who writes a phone without a country code."""

from sqlalchemy import Connection, select

from deskapp.domain.contact import region_of_language, region_of_phone
from deskapp.domain.kinds import ContactKind

from ..tables.columns import AnyRow
from ..tables.mail import mailbox
from ..tables.people import contact_point
from ..tables.tickets import ticket


def region_of(connection: Connection, row: AnyRow) -> str:
    """ISO 3166, "" when nothing tells: the customer's country, else that of an address or another
    phone of theirs, else their language's, else that of the mailbox they last wrote to."""
    if row.country:
        return str(row.country)
    theirs = select(contact_point.c.country, contact_point.c.kind, contact_point.c.value_key).where(
        contact_point.c.customer_id == row.id,
        contact_point.c.kind.in_((ContactKind.POSTAL, ContactKind.PHONE)),
    )
    for one in connection.execute(theirs.order_by(contact_point.c.is_primary.desc())):
        if region := one.country or region_of_phone(one.value_key):
            return str(region)
    return region_of_language(row.language) or _of_mailbox(connection, row.id)


def _of_mailbox(connection: Connection, one: int) -> str:
    newest = (
        select(mailbox.c.country)
        .join(ticket, ticket.c.mailbox_id == mailbox.c.id)
        .where(ticket.c.customer_id == one)
        .order_by(ticket.c.id.desc())
        .limit(1)
    )
    return connection.execute(newest).scalar() or ""
