"""The desk's own fields of customers: what is asked for beside name and language."""

from collections.abc import Sequence

from deskapp.data.queries.custom_fields import (
    field_numbered,
    field_rows,
    insert_field,
    lock_fields,
    order_fields,
    update_field,
)
from deskapp.domain.custom_fields import CustomField, checked_choices
from deskapp.domain.ids import FieldId
from deskapp.domain.kinds import FieldKind
from deskapp.domain.last_edits import About
from deskapp.domain.naming import name_key
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.seen import moved

from .context import Context
from .last_edits import edited
from .roles import admin_where_there_is_one

_LONGEST_NAME = 120


class Fields:
    """A field is never deleted: an archived one is not asked for, and keeps what was filled in.

    Changing them is an admin's, where the desk has one: Problem INVALID, what="admin_only".
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[CustomField, ...]:
        """All in their order, archived ones last."""
        with self._context.database.reading() as connection:
            return field_rows(connection)

    def named(self, name: str) -> CustomField:
        """Case and marks do not count. Raises Problem(NOT_FOUND)."""
        for one in self.list():
            if name_key(one.name) == name_key(name):
                return one
        raise Problem(ProblemKind.NOT_FOUND, what="field", value=name)

    def add(self, name: str, kind: FieldKind, choices: str = "") -> FieldId:
        """``choices``: a line each. Raises Problem EMPTY or DUPLICATE."""
        plain = _plain(name)
        values: dict[str, object] = {
            "name": plain,
            "name_key": name_key(plain)[:_LONGEST_NAME],
            "kind": kind,
            "choices": "\n".join(checked_choices(kind, choices)),
        }
        with self._context.database.writing() as unit:
            admin_where_there_is_one(unit.connection, self._context.agent)
            return insert_field(unit, values)

    def edit(self, one: FieldId, name: str, choices: str = "", version: int | None = None) -> None:
        """Its kind stays: values would not fit another. A choice that is taken off the list stays
        with those who have it. Raises Problem NOT_FOUND, EMPTY, DUPLICATE or CHANGED_MEANWHILE."""
        plain = _plain(name)
        with self._context.database.writing() as unit:
            admin_where_there_is_one(unit.connection, self._context.agent)
            kind = field_numbered(unit.connection, one).kind
            values: dict[str, object] = {
                "name": plain,
                "name_key": name_key(plain)[:_LONGEST_NAME],
                "choices": "\n".join(checked_choices(kind, choices)),
            }
            update_field(unit, one, values, version)
            edited(self._context, unit, About.FIELD, one)

    def archive(self, one: FieldId, archived: bool = True) -> None:
        """Asks for it no more, or again. Raises Problem(NOT_FOUND)."""
        at = self._context.now() if archived else None
        with self._context.database.writing() as unit:
            admin_where_there_is_one(unit.connection, self._context.agent)
            update_field(unit, one, {"archived_at": at})
            edited(self._context, unit, About.FIELD, one)

    def order(self, ids: Sequence[FieldId], seen: Sequence[FieldId] | None = None) -> None:
        """They stand in this order from now on.

        ``seen``: as they stood before whoever says so. Raises Problem(CHANGED_MEANWHILE,
        what="field_order") with the ``value`` of now where somebody has moved them since.
        """
        with self._context.database.writing() as unit:
            admin_where_there_is_one(unit.connection, self._context.agent)
            if seen is not None:
                lock_fields(unit)
                now = [one for one in field_rows(unit.connection) if not one.archived]
                if moved(seen, ids, [one.id for one in now]):
                    stands = ", ".join(one.name for one in now)
                    raise Problem(ProblemKind.CHANGED_MEANWHILE, what="field_order", value=stands)
            order_fields(unit, ids)
            edited(self._context, unit, About.FIELD_ORDER)


def _plain(name: str) -> str:
    plain = one_line(name, _LONGEST_NAME)
    if not plain:
        raise Problem(ProblemKind.EMPTY, what="name")
    return plain
