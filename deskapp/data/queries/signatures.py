"""Signatures by agent, mailbox and language; the plain ones stand with agent and mailbox."""

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from deskapp.domain.ids import AgentId, MailboxId
from deskapp.domain.signatures import Signature

from ..database import Unit
from ..tables.mail import mailbox
from ..tables.people import agent
from ..tables.replies import signature


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


def put_signature(unit: Unit, one: Signature) -> None:
    """Keeps it in place of the one for the same agent, mailbox and language; "" takes it away."""
    place = (
        _is(signature.c.agent_id, one.agent)
        & _is(signature.c.mailbox_id, one.mailbox)
        & (signature.c.language == one.language)
    )
    unit.connection.execute(delete(signature).where(place))
    if one.text.strip():
        unit.connection.execute(
            insert(signature).values(
                agent_id=one.agent, mailbox_id=one.mailbox, language=one.language, body=one.text
            )
        )
    unit.touched.areas.add("agents")


def _is(column: ColumnElement[int], value: int | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value
