"""Signatures by agent, mailbox and language; the plain ones stand with agent and mailbox."""

from sqlalchemy import ColumnElement, Connection, delete, select, update

from deskapp.domain.ids import AgentId, MailboxId
from deskapp.domain.signatures import Signature

from ..database import Unit
from ..tables.mail import mailbox
from ..tables.people import agent
from ..tables.replies import signature
from .writes import insert_row


def signatures(connection: Connection) -> tuple[Signature, ...]:
    """All of them, those of agents and mailboxes themselves included."""
    made = [
        Signature(
            None if row.agent_id is None else AgentId(row.agent_id),
            None if row.mailbox_id is None else MailboxId(row.mailbox_id),
            row.language,
            row.body,
        )
        for row in connection.execute(select(signature).order_by(signature.c.id))
    ]
    made.extend(
        Signature(AgentId(row.id), None, "", row.signature)
        for row in connection.execute(select(agent.c.id, agent.c.signature).order_by(agent.c.id))
    )
    boxes = select(mailbox.c.id, mailbox.c.signature).where(mailbox.c.removed_at.is_(None))
    made.extend(
        Signature(None, MailboxId(row.id), "", row.signature)
        for row in connection.execute(boxes.order_by(mailbox.c.id))
    )
    return tuple(one for one in made if one.text.strip())


def signature_id(connection: Connection, one: Signature) -> int | None:
    """That of the one kept for the same agent, mailbox and language."""
    found: int | None = connection.execute(select(signature.c.id).where(_place(one))).scalar()
    return found


def locked_signature(unit: Unit, one: Signature) -> str:
    """The text for the same agent, mailbox and language, which stays so until this write ends."""
    unit.connection.execute(select(signature.c.id).where(_place(one)).with_for_update())
    known = signatures(unit.connection)
    place = (one.agent, one.mailbox, one.language)
    return next((two.text for two in known if (two.agent, two.mailbox, two.language) == place), "")


def put_signature(unit: Unit, one: Signature) -> int | None:
    """Keeps it in place of the one for the same agent, mailbox and language; "" takes it away.

    Its id."""
    unit.touched.areas.add("agents")
    place = _place(one)
    if not one.text.strip():
        unit.connection.execute(delete(signature).where(place))
        return None
    put = update(signature).where(place).values(body=one.text).returning(signature.c.id)
    there: int | None = unit.connection.execute(put).scalar()
    if there is not None:
        return there
    values = {"agent_id": one.agent, "mailbox_id": one.mailbox, "language": one.language}
    return insert_row(unit.connection, signature, {**values, "body": one.text})


def _place(one: Signature) -> ColumnElement[bool]:
    return (
        _is(signature.c.agent_id, one.agent)
        & _is(signature.c.mailbox_id, one.mailbox)
        & (signature.c.language == one.language)
    )


def _is(column: ColumnElement[int], value: int | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value
