"""Departments without a seat, to whom matters were handed over by mail."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from deskapp.domain.handing_over import Department
from deskapp.domain.ids import DepartmentId
from deskapp.domain.mail import Address
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.people import department
from .upsert import insert_into


def department_rows(connection: Connection) -> tuple[Department, ...]:
    """Those that are remembered, by name."""
    found = (
        Department(DepartmentId(row.id), row.name, row.address)
        for row in connection.execute(select(department))
    )
    return tuple(sorted(found, key=lambda one: (name_key(one.name or one.address), one.id)))


def remember_department(unit: Unit, person: Address, at: datetime) -> None:
    """Keeps an address; another name for one that is known replaces the old, no name does not."""
    values = {"name": person.name, "address": person.address, "used_at": at}
    fresh = values if person.name else {"used_at": at}
    unit.connection.execute(
        insert_into(unit.connection, department)
        .values(**values, address_key=person.key)
        .on_conflict_do_update(index_elements=[department.c.address_key], set_=fresh)
    )
    unit.touched.areas.add("teams")


def forget_department(unit: Unit, one: DepartmentId) -> None:
    """Offers it no more. Raises Problem(NOT_FOUND)."""
    gone = delete(department).where(department.c.id == one)
    if not unit.connection.execute(gone).rowcount:
        raise Problem(ProblemKind.NOT_FOUND, what="department", value=one)
    unit.touched.areas.add("teams")
