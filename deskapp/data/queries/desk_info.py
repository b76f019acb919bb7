"""Who a desk is."""

from sqlalchemy import Connection, select, update

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.working_days import (
    WorkingDays,
    special_read,
    special_written,
    week_read,
    week_written,
)

from ..database import Unit
from ..tables.team import desk_info


def desk_secret(connection: Connection) -> bytes:
    """The secret under which the desk signs its Message-IDs."""
    found: bytes = connection.execute(select(desk_info.c.secret)).scalar_one()
    return found


def desk_name(connection: Connection) -> str:
    """What the team calls its desk."""
    found: str = connection.execute(select(desk_info.c.name)).scalar_one()
    return found


def desk_identity(connection: Connection) -> str:
    """A name of its own for every desk that was ever made."""
    found: str = connection.execute(select(desk_info.c.desk_id)).scalar_one()
    return found


def read_with(connection: Connection) -> str:
    """The version of the program that last tried to read the held mails, "" for none."""
    found: str = connection.execute(select(desk_info.c.read_with)).scalar_one()
    return found


def note_read_with(unit: Unit, version: str) -> None:
    """This version has tried them."""
    unit.connection.execute(update(desk_info).values(read_with=version[:40]))


def reopen_days(connection: Connection) -> int:
    """For how many days after its end an answer still reopens a ticket."""
    found: int = connection.execute(select(desk_info.c.reopen_days)).scalar_one()
    return found


def set_reopen_days(unit: Unit, days: int) -> None:
    """For all tickets, those that have ended already too."""
    unit.connection.execute(update(desk_info).values(reopen_days=days))
    unit.touched.areas.add("desk")


def return_days(connection: Connection) -> int:
    """Within how many days goods that are sent back are expected."""
    found: int = connection.execute(select(desk_info.c.return_days)).scalar_one()
    return found


def set_return_days(unit: Unit, days: int) -> None:
    """For cases that are begun from now on."""
    unit.connection.execute(update(desk_info).values(return_days=days))
    unit.touched.areas.add("desk")


def working_days(connection: Connection) -> WorkingDays:
    """On which days the desk works."""
    asked = select(desk_info.c.work_week, desk_info.c.special_days)
    row = connection.execute(asked).one()
    return WorkingDays(week_read(row.work_week), special_read(row.special_days))


def refuse_other_days(unit: Unit, what: str, seen: int | None, wanted: int) -> None:
    """Raises Problem CHANGED_MEANWHILE with the days of now, where a colleague has said others
    than were ``seen``."""
    unit.connection.execute(select(desk_info.c.id).with_for_update())
    now = (return_days if what == "return_days" else reopen_days)(unit.connection)
    if seen is not None and now not in (seen, wanted):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what=what, value=now)


def locked_working_days(unit: Unit) -> WorkingDays:
    """As they stand until this write ends."""
    unit.connection.execute(select(desk_info.c.id).with_for_update())
    return working_days(unit.connection)


def set_working_days(unit: Unit, days: WorkingDays) -> None:
    """For everybody on the desk."""
    values = {"work_week": week_written(days.week), "special_days": special_written(days.special)}
    unit.connection.execute(update(desk_info).values(values))
    unit.touched.areas.add("desk")
