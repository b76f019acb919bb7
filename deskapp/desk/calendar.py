"""The days on which the desk works: what "next working day" means to everybody on it."""

from deskapp.data.queries import desk_info
from deskapp.domain.last_edits import About
from deskapp.domain.seen import joined
from deskapp.domain.working_days import WorkingDays, checked

from .context import Context
from .last_edits import edited


class Calendar:
    """One for the whole desk."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self) -> WorkingDays:
        """Monday to Friday until somebody says otherwise."""
        with self._context.database.reading() as connection:
            return desk_info.working_days(connection)

    def save(self, days: WorkingDays, seen: WorkingDays | None = None) -> None:
        """What is snoozed already stays where it is. ``Problem(EMPTY, what="week")`` for none.

        ``seen``: what they were made from. The week and the single days are two things: what
        others changed in the one stays, and ``Problem(CHANGED_MEANWHILE, what="working_days")``
        where both changed the same.
        """
        days = checked(days)
        with self._context.database.writing() as unit:
            if seen is not None:
                days = joined(seen, days, desk_info.locked_working_days(unit), "working_days")
            desk_info.set_working_days(unit, days)
            edited(self._context, unit, About.WORKING_DAYS)
