"""Edits of tickets by staff, one or thousands in a write: each costs a few statements, not each
ticket. Inside one write; never commits.

What really changed stands afterwards in ``Unit.changed``, from what to what: an act that can be
taken back is made of it (``undo_stack``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES, WAITS_FOR_US, EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.standing import standing, waiting_since
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.undoing import TicketChange

from ..bulk import insert_rows, update_rows
from ..database import Unit
from ..search import reindex_rows
from ..tables.columns import AnyRow
from ..tables.people import agent
from ..tables.tickets import event, ticket
from .edited import Edited
from .fact_edit import edit_facts, known_for, with_status_of_label
from .filing import tickets_known
from .marks import mark_tickets
from .parts import parts
from .search_texts import texts_of
from .snoozes import snooze_edit, wake_due
from .tagging import retag


@dataclass(frozen=True, slots=True)
class By:
    """Who edits, when, and why: ``reason`` stands on the events, but ``assigned`` on that of the
    assignee, where it is another."""

    at: datetime
    agent: AgentId | None
    reason: str = ""
    assigned: str = ""


def lock_rows(unit: Unit, ids: Collection[TicketId]) -> list[AnyRow]:
    """The tickets as they are now, by id, kept from other writers until the end of this write."""
    found: list[AnyRow] = []
    for part in parts(sorted(ids)):
        chosen = select(ticket).where(ticket.c.id.in_(part)).order_by(ticket.c.id)
        found += unit.connection.execute(chosen.with_for_update(key_share=True)).all()
    return found


def edit_rows(
    unit: Unit,
    rows: Sequence[AnyRow],
    edit: TicketEdit,
    by: By,
    exact: Mapping[int, Mapping[str, Any]] | None = None,
) -> int:
    """Applies an edit to locked tickets, with an event for every field that really changed.

    ``exact``: by ticket, what columns are known to become that are reckoned otherwise.
    How many changed. ``Problem(INVALID, what="snooze_ended")`` for one that has ended and is to be
    put aside; others as ``known_for``, ``with_status_of_label`` and ``mark_tickets``.
    """
    known = known_for(unit, edit)
    edit = with_status_of_label(edit, known)
    names = _names(unit, rows, edit)
    edited = [_edited(row, edit, names, by.at) for row in rows]
    for one in edited:
        edit_facts(one, edit, known)
    retag(unit, edited, edit)
    changed = [one for one in edited if one.changed]
    _write_events(unit, changed, by)
    exact = exact or {}
    _reckon_waiting(unit, [one for one in changed if one.before.id not in exact])
    for one in changed:
        one.values |= exact.get(one.before.id, {})
    _write_values(unit, changed)
    mark_tickets(unit, edited, edit, by.at, by.agent)
    return _note_changes(unit, edited)


def _edited(row: AnyRow, edit: TicketEdit, names: dict[int | None, str], at: datetime) -> Edited:
    one = Edited(row)
    if edit.status is not None and edit.status != row.status:
        # With the newest message: an end covers what was here, and not what comes after it.
        one.note(EventKind.STATUS, row.status, edit.status, row.newest_message_id)
        one.values |= {"status": edit.status, "waiting_since": None}
    if edit.unassign or edit.assignee_id is not None:
        wanted = None if edit.unassign else edit.assignee_id
        if wanted != row.assignee_id:
            one.values["assignee_id"] = wanted
            one.note(EventKind.ASSIGNED, names[row.assignee_id], names[wanted])
    if edit.subject is not None and edit.subject != row.subject:
        one.values["subject"] = edit.subject
        one.note(EventKind.SUBJECT, row.subject, edit.subject)
    values, told = snooze_edit(row, edit, at)
    one.values |= values
    if told is not None:
        one.note(*told)
    return one


def _names(unit: Unit, rows: Iterable[AnyRow], edit: TicketEdit) -> dict[int | None, str]:
    """The names of all agents that the edit is about. ``Problem(NOT_FOUND)`` for one not there."""
    wanted = {edit.assignee_id} - {None}
    if not wanted and not edit.unassign:
        return {}
    asked = wanted | {row.assignee_id for row in rows if row.assignee_id is not None}
    there = select(agent.c.id, agent.c.name).where(agent.c.id.in_(asked))
    names: dict[int | None, str] = {row.id: row.name for row in unit.connection.execute(there)}
    for one in wanted - set(names):
        raise Problem(ProblemKind.NOT_FOUND, what="agent", value=one)
    return names | {None: ""}


def _write_events(unit: Unit, edited: Iterable[Edited], by: By) -> None:
    shared = {"at": by.at, "agent_id": by.agent, "reason": by.reason}
    assigned = shared | {"reason": by.assigned or by.reason}
    rows = [
        {"ticket_id": one.before.id}
        | (assigned if told["kind"] is EventKind.ASSIGNED else shared)
        | told
        for one in edited
        for told in one.events
    ]
    insert_rows(unit.connection, event, rows)


def _reckon_waiting(unit: Unit, edited: Iterable[Edited]) -> None:
    """Since when those wait for us that now do. Their events are written already."""
    ours = {one.before.id: one for one in edited if one.values.get("status") in WAITS_FOR_US}
    for part in parts(sorted(ours)):
        for known in tickets_known(unit.connection, set(part), people=False).values():
            values = ours[known.id].values
            since = waiting_since(values["status"], standing(known.facts), known.turned)
            values["waiting_since"] = since


def _write_values(unit: Unit, edited: Iterable[Edited]) -> None:
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for one in edited:
        row = one.before
        values = one.values | {"version": row.version + 1}
        alike[tuple(values)].append(values | {"id": row.id})
    for rows in alike.values():
        update_rows(unit.connection, ticket, rows)
    renamed = [one.before.id for one in edited if "subject" in one.values]
    reindex_rows(unit.connection, texts_of(unit.connection, "ticket", renamed))


def _note_changes(unit: Unit, edited: Iterable[Edited]) -> int:
    count = 0
    for one in edited:
        if one.changed or one.marked:
            row, count = one.before, count + 1
            unit.touched.tickets.add(TicketId(row.id))
            version = row.version + one.changed
            unit.changed.append(TicketChange(TicketId(row.id), version, one.fields()))
    return count


def edit_tickets(unit: Unit, ids: Collection[TicketId], edit: TicketEdit, by: By) -> int:
    """Edits those of these tickets that live on; how many changed.

    Left as they are: those that a colleague merged away, and those that have ended when others
    are put aside.
    """
    wake_due(unit, by.at)
    alive = [row for row in lock_rows(unit, ids) if row.merged_into is None]
    if edit.snooze and edit.status is None:
        alive = [row for row in alive if row.status in ACTIVE_STATUSES]
    return edit_rows(unit, alive, edit, by)


def edit_ticket(
    unit: Unit,
    one: TicketId,
    edit: TicketEdit,
    at: datetime,
    by: AgentId | None,
    version: int | None,
    reason: str = "",
    assigned: str = "",
) -> None:
    """Edits one ticket. ``Problem(CHANGED_MEANWHILE)`` when it was merged away, or has another
    ``version`` than the person saw; NOT_FOUND when it is gone."""
    wake_due(unit, at, one)
    rows = lock_rows(unit, [one])
    if not rows:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
    if rows[0].merged_into is not None or version not in (None, rows[0].version):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="ticket", value=rows[0].number)
    edit_rows(unit, rows, edit, By(at, by, reason, assigned))
