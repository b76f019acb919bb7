"""Tags put on tickets and taken off, many tickets at once."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from deskapp.domain.ids import TagId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from ..database import Unit
from ..tables.tickets import tag, ticket_tag
from .edited import Edited
from .parts import parts
from .tags import tag_key, tag_named
from .upsert import insert_into


def retag(unit: Unit, edited: Sequence[Edited], edit: TicketEdit) -> None:
    """Puts tags on and takes them off, and notes it where that changed anything."""
    ids = [one.before.id for one in edited]
    for written in edit.add_tags:
        number, name = ensure_tag(unit, written)
        has = _having(unit, ids, number)
        new = [one for one in edited if one.before.id not in has]
        for one in new:
            one.note(EventKind.TAGGED, new=name)
            one.tags[1].append(name)
        rows = [{"ticket_id": one.before.id, "tag_id": number} for one in new]
        if rows:
            unit.connection.execute(insert(ticket_tag), rows)
    for written in edit.remove_tags:
        found = tag_named(unit.connection, written)
        if found is None:
            continue
        known, name = found
        has = _having(unit, ids, known)
        for one in edited:
            if one.before.id in has:
                one.note(EventKind.UNTAGGED, old=name)
                one.tags[0].append(name)
        for part in parts(sorted(has)):
            off = delete(ticket_tag).where(ticket_tag.c.ticket_id.in_(part))
            unit.connection.execute(off.where(ticket_tag.c.tag_id == known))


def _having(unit: Unit, ids: Iterable[int], number: int) -> set[int]:
    found: set[int] = set()
    for part in parts(ids):
        has = select(ticket_tag.c.ticket_id).where(
            ticket_tag.c.ticket_id.in_(part), ticket_tag.c.tag_id == number
        )
        found.update(unit.connection.execute(has).scalars())
    return found


def ensure_tag(unit: Unit, written: str) -> tuple[TagId, str]:
    """The tag that a name means with the name it has now, made when it is new.

    Names differing only in case or marks are one; a former name means the tag it became. Raises
    Problem(INVALID, what="tag") for a name without letters or digits.
    """
    key = tag_key(written)
    if not key:
        raise Problem(ProblemKind.INVALID, what="tag", value=written)
    made = (
        insert_into(unit.connection, tag)
        .values(name=written.strip()[:80], name_key=key)
        .on_conflict_do_nothing()
    )
    if unit.connection.execute(made).rowcount > 0:
        unit.touched.areas.add("tags")
    found = tag_named(unit.connection, written)
    if found is None:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="tag", value=written)
    return found
