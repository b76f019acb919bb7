"""What a draft begins as."""

from deskapp.data.database import Connection
from deskapp.data.queries import newer
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.replies import Draft


def fresh_draft(connection: Connection, ticket: TicketId, by: AgentId | None, kind: str) -> Draft:
    """To nobody yet, empty, not kept, and aware of all that is on the ticket by now."""
    return Draft(
        id=None,
        ticket_id=ticket,
        agent_id=by,
        kind=kind,
        to=(),
        cc=(),
        bcc=(),
        body="",
        quote=True,
        caret=0,
        base=newer.newest_of(connection, ticket),
        files=(),
        updated_at=None,
        version=1,
        seen_event=newer.newest_event(connection, ticket),
    )
