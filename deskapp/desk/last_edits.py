"""Who changed what a form shows last: noted with the change, told when two changed the same."""

from deskapp.data.database import Unit
from deskapp.data.queries import last_edits
from deskapp.domain.last_edits import About, LastEdit

from .context import Context


class LastEdits:
    """Of what is shared and has a form. A ticket's and a customer's stand in their histories."""

    def __init__(self, context: Context) -> None:
        self._database = context.database

    def of(self, about: About, row_id: int = 0) -> LastEdit | None:
        """None where nobody changed it since it was made."""
        with self._database.reading() as connection:
            return last_edits.last_edit_of(connection, about, row_id)


def edited(context: Context, unit: Unit, about: About, row_id: int = 0) -> None:
    """The acting agent has changed it now."""
    last_edits.note_edit(unit, about, row_id, context.now(), context.agent)
