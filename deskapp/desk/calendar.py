"""The days on which the desk works: what "next working day" means to everybody on it."""

from deskapp.data.queries import desk_info
from deskapp.domain.working_days import WorkingDays, checked

from .context import Context


class Calendar:
    """One for the whole desk."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self) -> WorkingDays:
        """Monday to Friday until somebody says otherwise."""
        with self._context.database.reading() as connection:
            return desk_info.working_days(connection)

    def save(self, days: WorkingDays) -> None:
        """What is snoozed already stays where it is. ``Problem(EMPTY, what="week")`` for none."""
        with self._context.database.writing() as unit:
            desk_info.set_working_days(unit, checked(days))
