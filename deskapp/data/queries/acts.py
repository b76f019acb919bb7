"""Sends by the id that the sending client gave them: asked for after a commit of unknown end."""

from sqlalchemy import Connection, select

from ..tables.columns import AnyRow
from ..tables.replies import outbox
from ..tables.tickets import message


def reply_of_act(connection: Connection, act: str) -> AnyRow | None:
    """The reply that was queued under ``act``: its ``ticket_id`` and ``withdrawn``, and the
    outbox's ``id``, ``message_row_id``, ``message_id`` and ``not_before``.
    """
    found = (
        select(message.c.ticket_id, message.c.withdrawn, outbox.c.id, outbox.c.message_row_id)
        .add_columns(outbox.c.message_id, outbox.c.not_before)
        .join(outbox, outbox.c.message_row_id == message.c.id)
        .where(message.c.act == act)
    )
    return connection.execute(found).first()
