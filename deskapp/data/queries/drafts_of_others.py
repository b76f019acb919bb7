"""What colleagues are writing on a ticket, to be seen by everybody and changed by its writer."""

from sqlalchemy import Connection, exists, select

from deskapp.domain.ids import AgentId, DraftId, TicketId
from deskapp.domain.replies import OthersDraft

from ..tables.people import agent
from ..tables.presence import take_over
from ..tables.replies import draft


def drafts_of_others(
    connection: Connection, ticket: TicketId, me: AgentId | None
) -> tuple[OthersDraft, ...]:
    """Open drafts of mail by others that have any text, the one changed last at the end; but not
    what somebody took over and its writer, who quit then, has not ended yet."""
    taken = exists().where(
        take_over.c.draft_id == draft.c.id, take_over.c.draft_version == draft.c.version
    )
    written = (
        select(draft.c.id, draft.c.kind, draft.c.body, draft.c.updated_at, agent.c.name)
        .outerjoin(agent, agent.c.id == draft.c.agent_id)
        .where(draft.c.ticket_id == ticket, draft.c.closed_at.is_(None), draft.c.kind != "note")
        .where(draft.c.agent_id.is_distinct_from(me), ~taken)
        .order_by(draft.c.updated_at, draft.c.id)
    )
    return tuple(
        OthersDraft(DraftId(row.id), row.name or "", row.kind, row.body, row.updated_at)
        for row in connection.execute(written)
        if row.body.strip()
    )
