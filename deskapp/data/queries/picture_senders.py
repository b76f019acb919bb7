"""Whose mails show the pictures that lie elsewhere without being asked for each one."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from deskapp.domain.ids import AgentId, CustomerId
from deskapp.domain.kinds import ContactKind

from ..database import Unit
from ..tables.people import contact_point, picture_sender
from .upsert import insert_into


def is_picture_sender(connection: Connection, key: str) -> bool:
    """``key`` is ``Address.key`` of a sender."""
    found = select(picture_sender.c.at).where(picture_sender.c.address_key == key)
    return connection.execute(found).first() is not None


def add_picture_sender(unit: Unit, key: str, by: AgentId | None, at: datetime) -> None:
    """Allowing twice is allowing once."""
    row = insert_into(unit.connection, picture_sender).values(address_key=key, agent_id=by, at=at)
    unit.connection.execute(row.on_conflict_do_nothing())


def remove_picture_senders_of(unit: Unit, customer: CustomerId) -> None:
    """For the erasing of a customer: that their pictures were trusted names their addresses."""
    theirs = select(contact_point.c.value_key).where(
        contact_point.c.customer_id == customer, contact_point.c.kind == ContactKind.MAIL
    )
    unit.connection.execute(delete(picture_sender).where(picture_sender.c.address_key.in_(theirs)))


def remove_picture_sender(unit: Unit, key: str) -> None:
    unit.connection.execute(delete(picture_sender).where(picture_sender.c.address_key == key))
