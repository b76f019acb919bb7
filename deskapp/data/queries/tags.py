"""Tags of the desk. A row with ``merged_into`` is a former name: found, and never listed."""

from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from deskapp.domain.folding import fold
from deskapp.domain.ids import TagId, TagMergeId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.ticket_facts import TagColour, TagMerge, TagRow

from ..tables.facts import tag_merge, tag_merge_ticket
from ..tables.people import agent
from ..tables.tickets import tag, ticket, ticket_tag

_NOW = tag.c.merged_into.is_(None)


def tag_names(connection: Connection) -> tuple[str, ...]:
    """All tags, in the order of their folded names."""
    names = select(tag.c.name).where(_NOW).order_by(tag.c.name_key)
    return tuple(connection.execute(names).scalars())


def tag_key(name: str) -> str:
    """Equal for names of one tag."""
    return fold(name)[:80]


def tag_named(connection: Connection, name: str) -> tuple[TagId, str] | None:
    """The tag that a name means, also a former one, with the name it has now."""
    found = connection.execute(select(tag).where(tag.c.name_key == tag_key(name))).first()
    while found is not None and found.merged_into is not None:
        found = connection.execute(select(tag).where(tag.c.id == found.merged_into)).first()
    return None if found is None else (TagId(found.id), found.name)


def tag_rows(connection: Connection) -> tuple[TagRow, ...]:
    """All tags with their counts, by name. Reads every tagging: for the page that manages them."""
    counted = (
        select(ticket_tag.c.tag_id, func.count().label("tickets"))
        .join(ticket, ticket.c.id == ticket_tag.c.ticket_id)
        .where(ticket.c.status != TicketStatus.MERGED)
        .group_by(ticket_tag.c.tag_id)
        .subquery()
    )
    rows = (
        select(tag, counted.c.tickets)
        .outerjoin(counted, counted.c.tag_id == tag.c.id)
        .where(_NOW)
        .order_by(tag.c.name_key)
    )
    return tuple(
        TagRow(TagId(row.id), row.name, tag_colour(row.colour), row.tickets or 0)
        for row in connection.execute(rows)
    )


def tag_colour(stored: str) -> TagColour:
    """A colour that a newer program stored is shown as none."""
    return TagColour(stored) if stored in list(TagColour) else TagColour.NONE


def tag_merges(connection: Connection, since: datetime) -> tuple[TagMerge, ...]:
    """The merges that can be taken back, newest first."""
    kept, merged = tag.alias(), tag.alias()
    size = (
        select(func.count()).where(tag_merge_ticket.c.merge_id == tag_merge.c.id).scalar_subquery()
    )
    rows = (
        select(
            tag_merge.c.id,
            kept.c.name.label("kept"),
            merged.c.name.label("merged"),
            tag_merge.c.at,
            agent.c.name.label("agent_name"),
            size.label("tickets"),
        )
        .join(kept, and_(kept.c.id == tag_merge.c.kept_id, kept.c.merged_into.is_(None)))
        .join(merged, and_(merged.c.id == tag_merge.c.merged_id, merged.c.merged_into == kept.c.id))
        .outerjoin(agent, agent.c.id == tag_merge.c.agent_id)
        .where(tag_merge.c.undone_at.is_(None), tag_merge.c.at >= since)
        .order_by(tag_merge.c.id.desc())
    )
    return tuple(
        TagMerge(
            TagMergeId(row.id), row.kept, row.merged, row.at, row.agent_name or "", row.tickets
        )
        for row in connection.execute(rows)
    )
