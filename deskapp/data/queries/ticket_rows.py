"""The rows of a page of a list: a ticket with what stands beside it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, bindparam, or_, select

from deskapp.domain.ids import AgentId, CustomerId, LabelId, MailboxId, TeamId, TicketId
from deskapp.domain.kinds import WAITS_FOR_US, OutboxState, TicketStatus
from deskapp.domain.snoozing import Snoozing
from deskapp.domain.ticket_facts import Priority, TagColour
from deskapp.domain.tickets import TicketRow

from ..among import OfMany
from ..tables.columns import AnyRow
from ..tables.facts import status_label
from ..tables.mail import mailbox
from ..tables.people import agent, customer, team
from ..tables.replies import outbox
from ..tables.tickets import tag, ticket, ticket_seen, ticket_tag
from .beside import ANY, Beside
from .labels import LABEL_STANDS
from .marks import UNMARKED, Marks, marks_of
from .parts import parts
from .snoozes import snooze_of
from .tags import tag_colour
from .ticket_returns import returned_of

_TROUBLE = (OutboxState.UNCERTAIN, OutboxState.FAILED)
_SEEN = and_(ticket_seen.c.ticket_id == ticket.c.id, ticket_seen.c.agent_id == bindparam("me"))
_UNREAD = and_(
    ticket.c.status.in_(WAITS_FOR_US),
    or_(ticket_seen.c.message_id.is_(None), ticket_seen.c.message_id < ticket.c.newest_message_id),
)
_ROWS = OfMany(
    lambda among: (
        select(
            ticket,
            customer.c.name.label("customer_name"),
            agent.c.name.label("assignee_name"),
            mailbox.c.address.label("mailbox_address"),
            status_label.c.name.label("label"),
            team.c.name.label("team_name"),
            _UNREAD.label("unread"),
        )
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .outerjoin(agent, agent.c.id == ticket.c.assignee_id)
        .outerjoin(mailbox, mailbox.c.id == ticket.c.mailbox_id)
        .outerjoin(status_label, LABEL_STANDS)
        .outerjoin(team, team.c.id == ticket.c.team_id)
        .outerjoin(ticket_seen, _SEEN)
        .where(among(ticket.c.id))
    )
)
_TAGS = OfMany(
    lambda among: (
        select(ticket_tag.c.ticket_id, tag.c.name, tag.c.colour)
        .join(tag, tag.c.id == ticket_tag.c.tag_id)
        .where(among(ticket_tag.c.ticket_id))
        .order_by(tag.c.name_key)
    )
)
_IN_TROUBLE = OfMany(
    lambda among: select(outbox.c.ticket_id, outbox.c.state).where(
        among(outbox.c.ticket_id), outbox.c.state.in_(_TROUBLE)
    )
)


def ticket_rows(
    connection: Connection, ids: Sequence[TicketId], me: AgentId | None, has: Beside = ANY
) -> list[TicketRow]:
    """The rows behind ids, in the order asked. Ids that are gone are left out.

    ``has``: what all of them together may have beside them.
    """
    found: dict[int, AnyRow] = {}
    for part in parts(ids):
        for row in connection.execute(_ROWS.on(connection), {"some": part, "me": me}):
            found[row.id] = row
    there = list(found)
    tags = _tags_of(connection, there) if has.tags else {}
    marks = marks_of(connection, there, me) if has.marks else {}
    trouble = _trouble_of(connection, there) if has.outbox else {}
    returned = returned_of(connection, there) if has.bounces else set()
    return [
        _ticket_row(
            found[one],
            tags.get(one, ()),
            marks.get(one, UNMARKED),
            trouble.get(one),
            one in returned,
        )
        for one in ids
        if one in found
    ]


Tags = Sequence[tuple[str, TagColour]]


def _tags_of(connection: Connection, ids: Sequence[int]) -> Mapping[int, Tags]:
    found: dict[int, list[tuple[str, TagColour]]] = defaultdict(list)
    for part in parts(ids):
        for owner, name, colour in connection.execute(_TAGS.on(connection), {"some": part}):
            found[owner].append((name, tag_colour(colour)))
    return found


def _trouble_of(connection: Connection, ids: Sequence[int]) -> dict[int, OutboxState]:
    found: dict[int, OutboxState] = {}
    for part in parts(ids):
        for owner, state in connection.execute(_IN_TROUBLE.on(connection), {"some": part}):
            if found.get(owner) is not OutboxState.UNCERTAIN:
                found[owner] = OutboxState(state)
    return found


def _ticket_row(
    row: AnyRow, tags: Tags, marks: Marks, trouble: OutboxState | None, returned: bool
) -> TicketRow:
    return TicketRow(
        id=TicketId(row.id),
        number=row.number,
        subject=row.subject,
        status=TicketStatus(row.status),
        customer_id=None if row.customer_id is None else CustomerId(row.customer_id),
        customer_name=row.customer_name or "",
        assignee_id=None if row.assignee_id is None else AgentId(row.assignee_id),
        assignee_name=row.assignee_name or "",
        mailbox_id=None if row.mailbox_id is None else MailboxId(row.mailbox_id),
        mailbox_address=row.mailbox_address or "",
        tags=tuple(name for name, _ in tags),
        tag_colours=tuple(colour for _, colour in tags),
        followers=tuple(one for one, _ in marks.followers),
        follower_names=tuple(name for _, name in marks.followers),
        starred=marks.starred,
        snippet=row.snippet,
        language=row.language,
        created_at=row.created_at,
        updated_at=row.updated_at,
        waiting_since=row.waiting_since,
        unread=bool(row.unread),
        has_attachment=row.has_attachment,
        message_count=row.message_count,
        trouble=trouble,
        version=row.version,
        returned=returned,
        snooze=snooze_of(row),
        woke=row.snooze == Snoozing.WOKE,
        label_id=LabelId(row.label_id) if row.label is not None else None,
        label=row.label or "",
        priority=Priority(row.priority),
        team_id=None if row.team_id is None else TeamId(row.team_id),
        team_name=row.team_name or "",
        due_at=row.due_at,
    )
