"""Changes to the tags themselves. Each runs inside one write, by the database alone: a tag can be
on a hundred thousand tickets.

A former name stays behind as a row that points at the tag it became, so that canned replies, saved
searches and scripts which say the old name go on meaning the same.
"""

from datetime import datetime

from sqlalchemy import Select, and_, case, delete, exists, func, insert, literal, select, update

from deskapp.domain.ids import AgentId, TagId, TagMergeId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TagColour

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.customer_facts import customer_tag
from ..tables.facts import tag_merge, tag_merge_ticket
from ..tables.tickets import event, tag, ticket_tag
from .tags import tag_key
from .upsert import insert_into
from .writes import insert_row


def rename_tag(unit: Unit, one: TagId, name: str, seen: str | None = None) -> None:
    """Its old name goes on meaning it. Raises Problem NOT_FOUND, INVALID, DUPLICATE, or
    CHANGED_MEANWHILE where its name is neither the one that was ``seen`` nor the new one."""
    key = tag_key(name)
    if not key:
        raise Problem(ProblemKind.INVALID, what="tag", value=name)
    row = _own_row(unit, one)
    if seen is not None and row.name not in (seen, name[:80]):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="tag", value=row.name)
    if key != row.name_key:
        other = unit.connection.execute(select(tag).where(tag.c.name_key == key)).first()
        if other is not None and other.merged_into is None:
            raise Problem(ProblemKind.DUPLICATE, what="tag", value=name)
        if other is not None:
            _forget(unit, [other.id])
        unit.connection.execute(update(tag).where(tag.c.id == one).values(name_key=key))
        before = {"name": row.name, "name_key": row.name_key, "merged_into": one}
        unit.connection.execute(insert(tag), before)
    unit.connection.execute(update(tag).where(tag.c.id == one).values(name=name[:80]))
    unit.touched.areas.add("tags")


def colour_tag(unit: Unit, one: TagId, colour: TagColour, seen: TagColour | None = None) -> None:
    """Raises Problem NOT_FOUND, or CHANGED_MEANWHILE where its colour is neither the one that was
    ``seen`` nor the new one."""
    row = _own_row(unit, one)
    if seen is not None and row.colour not in (seen, colour):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="tag_colour", value=row.colour)
    unit.connection.execute(update(tag).where(tag.c.id == one).values(colour=colour))
    unit.touched.areas.add("tags")


def merge_tags(unit: Unit, one: TagId, into: TagId, at: datetime, by: AgentId | None) -> TagMergeId:
    """Every ticket with ``one`` has ``into`` instead; what it changed is kept for the way back.

    Raises Problem NOT_FOUND, or INVALID (what="tag_merge") for a tag with itself.
    """
    merged, kept = _own_row(unit, one), _own_row(unit, into)
    if one == into:
        raise Problem(ProblemKind.INVALID, what="tag_merge", value=merged.name)
    values = {"kept_id": into, "merged_id": one, "agent_id": by, "at": at}
    number = insert_row(unit.connection, tag_merge, values)
    both = ticket_tag.alias()
    has_kept = exists().where(both.c.ticket_id == ticket_tag.c.ticket_id, both.c.tag_id == into)
    having = select(
        literal(number), ticket_tag.c.ticket_id, case((has_kept, True), else_=False)
    ).where(ticket_tag.c.tag_id == one)
    unit.connection.execute(
        insert(tag_merge_ticket).from_select(["merge_id", "ticket_id", "had_kept"], having)
    )
    mine = tag_merge_ticket.c.merge_id == number
    fresh = select(tag_merge_ticket.c.ticket_id).where(mine, tag_merge_ticket.c.had_kept.is_(False))
    moved = select(tag_merge_ticket.c.ticket_id).where(mine)
    unit.connection.execute(delete(ticket_tag).where(ticket_tag.c.tag_id == one))
    _put_on(unit, into, fresh)
    reason = f"tag_merge {number}"
    _tell(unit, moved, EventKind.UNTAGGED, at, by, merged.name, reason)
    _tell(unit, fresh, EventKind.TAGGED, at, by, kept.name, reason)
    _retag_customers(unit, one, into)
    unit.connection.execute(
        update(tag).where((tag.c.id == one) | (tag.c.merged_into == one)).values(merged_into=into)
    )
    unit.touched.areas.add("tags")
    return TagMergeId(number)


def undo_tag_merge(unit: Unit, one: TagMergeId, at: datetime, by: AgentId | None) -> int:
    """Gives the tickets their tag back; those where the kept tag was taken off since are left as
    they are. How many changed.

    Raises Problem NOT_FOUND, or TOO_LATE (what="tag_merge") when it was undone already or one of
    the tags has been merged on or has gone.
    """
    done = unit.connection.execute(
        update(tag_merge)
        .where(tag_merge.c.id == one, tag_merge.c.undone_at.is_(None))
        .values(undone_at=at)
        .returning(tag_merge.c.kept_id, tag_merge.c.merged_id)
    ).first()
    if done is None:
        raise Problem(ProblemKind.TOO_LATE, what="tag_merge", value=one)
    names = {
        row.id: row
        for row in unit.connection.execute(
            select(tag).where(tag.c.id.in_([done.kept_id, done.merged_id]))
        )
    }
    merged, kept = names[done.merged_id], names[done.kept_id]
    if merged.merged_into != kept.id or kept.merged_into is not None:
        raise Problem(ProblemKind.TOO_LATE, what="tag_merge", value=merged.name)
    unit.connection.execute(update(tag).where(tag.c.id == merged.id).values(merged_into=None))
    standing = exists().where(
        ticket_tag.c.ticket_id == tag_merge_ticket.c.ticket_id, ticket_tag.c.tag_id == kept.id
    )
    back = select(tag_merge_ticket.c.ticket_id).where(tag_merge_ticket.c.merge_id == one, standing)
    count = unit.connection.execute(select(func.count()).select_from(back.subquery())).scalar_one()
    reason = f"tag_merge_undone {one}"
    _put_on(unit, TagId(merged.id), back)
    fresh = back.where(tag_merge_ticket.c.had_kept.is_(False))
    _tell(unit, back, EventKind.TAGGED, at, by, merged.name, reason)
    _tell(unit, fresh, EventKind.UNTAGGED, at, by, kept.name, reason)
    lost = select(tag_merge_ticket.c.ticket_id).where(
        tag_merge_ticket.c.merge_id == one, tag_merge_ticket.c.had_kept.is_(False)
    )
    unit.connection.execute(
        delete(ticket_tag).where(
            and_(ticket_tag.c.tag_id == kept.id, ticket_tag.c.ticket_id.in_(lost))
        )
    )
    unit.touched.areas.add("tags")
    return int(count)


def delete_tag(unit: Unit, one: TagId, at: datetime, by: AgentId | None) -> int:
    """Takes it off every ticket, with an event each, and away; from how many."""
    row = _own_row(unit, one)
    having = select(ticket_tag.c.ticket_id).where(ticket_tag.c.tag_id == one)
    _tell(unit, having, EventKind.UNTAGGED, at, by, row.name, "tag_deleted")
    gone = unit.connection.execute(delete(ticket_tag).where(ticket_tag.c.tag_id == one)).rowcount
    unit.connection.execute(delete(customer_tag).where(customer_tag.c.tag_id == one))
    former = select(tag.c.id).where(tag.c.merged_into == one)
    _forget(unit, [*unit.connection.execute(former).scalars(), one])
    unit.touched.areas.add("tags")
    return gone


def _retag_customers(unit: Unit, one: TagId, into: TagId) -> None:
    """Customers too have the kept tag; their merge is not taken apart again."""
    theirs = select(customer_tag.c.customer_id, literal(into)).where(customer_tag.c.tag_id == one)
    row = insert_into(unit.connection, customer_tag)
    both = row.from_select(["customer_id", "tag_id"], theirs.where(literal(True)))
    unit.connection.execute(both.on_conflict_do_nothing())
    unit.connection.execute(delete(customer_tag).where(customer_tag.c.tag_id == one))


def _own_row(unit: Unit, one: TagId) -> AnyRow:
    found = select(tag).where(tag.c.id == one).with_for_update()
    row = unit.connection.execute(found).first()
    if row is None or row.merged_into is not None:
        raise Problem(ProblemKind.NOT_FOUND, what="tag", value=one)
    return row


def _put_on(unit: Unit, one: TagId, tickets: Select[int]) -> None:
    chosen = tickets.add_columns(literal(one)).where(literal(True))
    row = insert_into(unit.connection, ticket_tag).from_select(["ticket_id", "tag_id"], chosen)
    unit.connection.execute(row.on_conflict_do_nothing())


def _tell(
    unit: Unit,
    tickets: Select[int],
    kind: EventKind,
    at: datetime,
    by: AgentId | None,
    name: str,
    reason: str,
) -> None:
    """One event for each of these tickets, by the database alone."""
    words = {"old": name if kind is EventKind.UNTAGGED else "", "reason": reason}
    words["new"] = name if kind is EventKind.TAGGED else ""
    rows = tickets.add_columns(
        literal(kind.value),
        literal(at, event.c.at.type),
        literal(by, event.c.agent_id.type),
        *(literal(words[column]) for column in ("old", "new", "reason")),
    )
    columns = ["ticket_id", "kind", "at", "agent_id", "old", "new", "reason"]
    unit.connection.execute(insert(event).from_select(columns, rows))


def _forget(unit: Unit, ids: list[int]) -> None:
    """Takes away rows of tags with the merges they took part in."""
    merges = select(tag_merge.c.id).where(
        tag_merge.c.kept_id.in_(ids) | tag_merge.c.merged_id.in_(ids)
    )
    gone = list(unit.connection.execute(merges).scalars())
    unit.connection.execute(delete(tag_merge_ticket).where(tag_merge_ticket.c.merge_id.in_(gone)))
    unit.connection.execute(delete(tag_merge).where(tag_merge.c.id.in_(gone)))
    unit.connection.execute(delete(tag).where(tag.c.id.in_(ids)))
