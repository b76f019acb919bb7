"""Who changed a thing of the desk's settings last."""

from datetime import datetime

from sqlalchemy import Connection, select

from deskapp.domain.ids import AgentId
from deskapp.domain.last_edits import About, LastEdit

from ..database import Unit
from ..tables.last_edits import last_edit
from ..tables.people import agent
from .upsert import insert_into


def note_edit(unit: Unit, about: About, row_id: int, at: datetime, by: AgentId | None) -> None:
    """In the same write as the change."""
    made = insert_into(unit.connection, last_edit).values(
        about=about, row_id=row_id, agent_id=by, at=at
    )
    now = {"agent_id": made.excluded.agent_id, "at": made.excluded.at}
    unit.connection.execute(
        made.on_conflict_do_update(index_elements=["about", "row_id"], set_=now)
    )


def last_edit_of(connection: Connection, about: About, row_id: int) -> LastEdit | None:
    """None where nobody changed it since it was made."""
    asked = (
        select(agent.c.name, last_edit.c.at)
        .select_from(last_edit)
        .outerjoin(agent, agent.c.id == last_edit.c.agent_id)
        .where(last_edit.c.about == about, last_edit.c.row_id == row_id)
    )
    found = connection.execute(asked).first()
    return None if found is None else LastEdit(found.name or "", found.at)
