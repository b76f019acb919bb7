"""Whether a ticket moved on under a reply that is being written, and what happened there."""

from deskapp.data.database import Connection
from deskapp.data.queries import newer
from deskapp.domain.deeds import Deed
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft, News


def news(
    connection: Connection, one: TicketId, draft: Draft, by: AgentId | None
) -> tuple[News | Deed, ...]:
    """What others wrote on ticket ``one`` and did to it since the draft began, oldest first."""
    new = newer.newer_than(connection, one, draft.base, by, draft.seen_event)
    deeds = newer.deeds_after(connection, one, draft.seen_event, by)
    found: list[News | Deed] = [*newer.news_of(connection, new), *deeds]
    return tuple(sorted(found, key=lambda what: what.at))


def check_not_moved(
    connection: Connection, one: TicketId, draft: Draft, by: AgentId | None
) -> None:
    """``Problem(CHANGED_MEANWHILE)`` when others wrote on the ticket, ended it, gave it away or
    to another customer, or merged it.

    ``newest`` and ``event`` are what the writer has to see first. ``what`` is "ticket" where there
    is something to read, else "ticket_" and the kind of the deed, with ``to`` what; ``who`` wrote
    or did it last.
    """
    new = newer.newer_than(connection, one, draft.base, by, draft.seen_event)
    deeds = newer.deeds_after(connection, one, draft.seen_event, by)
    if not new and not deeds and one == draft.ticket_id:
        return
    facts = {
        "newest": max(new, default=draft.base),
        "event": newer.newest_event(connection, one),
    }
    if new or (one != draft.ticket_id and not deeds):
        wrote = newer.news_of(connection, new[-1:])
        who = wrote[-1].author if wrote else deeds[-1].author if deeds else ""
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="ticket", who=who or None, **facts)
    last = deeds[-1]
    told = {"who": last.author or None, "to": last.words}
    raise Problem(ProblemKind.CHANGED_MEANWHILE, what=f"ticket_{last.kind}", **told, **facts)
