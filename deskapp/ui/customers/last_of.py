"""Who changed a field of a customer last, as their history tells it."""

from collections.abc import Iterable

from deskapp.domain.last_edits import LastEdit
from deskapp.domain.people import FieldChange


def last_of(history: Iterable[FieldChange], field: str, *, own: bool = False) -> LastEdit | None:
    """``history``: newest first. ``own``: a field that the desk made itself, by its name."""
    found = (one for one in history if one.field == field and one.own is own)
    return next((LastEdit(one.agent_name, one.at) for one in found), None)
