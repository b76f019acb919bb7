"""What an edit does to the facts of tickets: label, priority, team and due date."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import select

from deskapp.domain.ids import LabelId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import StatusLabel
from deskapp.domain.tickets import TicketEdit

from ..database import Unit
from ..tables.people import team
from .edited import Edited
from .labels import label_rows


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk calls things: few of each, read once for an edit of any number of tickets."""

    labels: Mapping[int, StatusLabel] = field(default_factory=dict)
    teams: Mapping[int | None, str] = field(default_factory=dict)


def known_for(unit: Unit, edit: TicketEdit) -> Known:
    """Raises Problem(NOT_FOUND) for a label or team that is not there."""
    known = Known()
    if edit.status is not None or edit.label_id is not None or edit.no_label:
        known = replace(known, labels={row.id: row for row in label_rows(unit.connection)})
    if edit.no_team or edit.team_id is not None:
        named = unit.connection.execute(select(team.c.id, team.c.name))
        known = replace(known, teams={None: "", **{row.id: row.name for row in named}})
    if edit.label_id is not None and edit.label_id not in known.labels:
        raise Problem(ProblemKind.NOT_FOUND, what="label", value=edit.label_id)
    if edit.team_id is not None and edit.team_id not in known.teams:
        raise Problem(ProblemKind.NOT_FOUND, what="team", value=edit.team_id)
    return known


def with_status_of_label(edit: TicketEdit, known: Known) -> TicketEdit:
    """A label brings its status along.

    Raises Problem(INVALID, what="label") for a label of another status than the edit names.
    """
    if edit.label_id is None:
        return edit
    label = known.labels[edit.label_id]
    if edit.status not in (None, label.status):
        raise Problem(ProblemKind.INVALID, what="label", value=label.name)
    return replace(edit, status=label.status)


def edit_facts(one: Edited, edit: TicketEdit, known: Known) -> None:
    """Adds the columns that change, each with an event of old and new, to a ticket's edit."""
    row = one.before
    if edit.status is not None or edit.no_label:
        _label(one, edit.label_id, known.labels)
    if edit.priority is not None and edit.priority != row.priority:
        one.values["priority"] = edit.priority.value
        one.note(EventKind.PRIORITY, row.priority, edit.priority)
    if edit.no_team or edit.team_id is not None:
        wanted = None if edit.no_team else edit.team_id
        if wanted != row.team_id:
            one.values["team_id"] = wanted
            one.note(EventKind.TEAM, known.teams[row.team_id], known.teams[wanted])
    if edit.no_due or edit.due_at is not None:
        due = None if edit.no_due else edit.due_at
        if due != row.due_at:
            one.values["due_at"] = due
            one.note(EventKind.DUE, _told(row.due_at), _told(due))


def _label(one: Edited, wanted: LabelId | None, labels: Mapping[int, StatusLabel]) -> None:
    had = labels.get(one.before.label_id)
    if one.before.label_id != wanted:
        one.values["label_id"] = wanted
    if had is not None and had.status != one.before.status:
        had = None  # of a status that it had once
    now = None if wanted is None else labels[wanted]
    if had != now:
        one.note(EventKind.LABELLED, had.name if had else "", now.name if now else "")


def _told(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).isoformat(timespec="minutes")
