"""Keeps programs from writing to a desk that has left them behind: a newer schema, or moved away.

PostgreSQL itself refuses them, whatever program asks: each session states in ``deskapp.schema``
which schema it writes, and a trigger on every table looks before the first statement of each
transaction. From there on it holds a shared advisory lock until it ends; who changes the schema,
or takes the desk away, holds the exclusive one. SQLite has no sessions; there
``Database.writing`` looks inside its transaction.
"""

import re

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from deskapp.domain.problem import Problem, ProblemKind

from . import schema

WRITERS_LOCK = 0x6465736D
"""Shared by every write on PostgreSQL; exclusive to a migration and to a move."""

LEAVING = "leaving"
"""The session that takes the desk away, or gets it back, says this in ``deskapp.moving``."""

_NEWER, _CLOSED, _MOVED = "DK001", "DK002", "DK003"  # SQLSTATEs of our own (class DK)
_STATE = re.compile(r"deskapp: ([^|\n]*)\|([^|\n]*)$", re.MULTILINE)

_FUNCTION = """
CREATE OR REPLACE FUNCTION deskapp_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mine text := coalesce(current_setting('deskapp.schema', true), '');
  moving text := coalesce(current_setting('deskapp.moving', true), '');
  desk text;
  place text;
BEGIN
  -- Looked already in this transaction: what was found stands as long as its lock, and a savepoint
  -- that is taken back takes both.
  IF current_setting('deskapp.looked', true) = mine || '|' || moving THEN
    RETURN NULL;
  END IF;
  -- Not waited for: this statement holds its table already, which the other may need.
  IF NOT pg_try_advisory_xact_lock_shared({lock}) THEN
    RAISE EXCEPTION USING ERRCODE = '{closed}', MESSAGE = 'deskapp: |' || mine;
  END IF;
  SELECT v.version_num, i.moved_to INTO desk, place
    FROM {here}.alembic_version v LEFT JOIN {here}.desk_info i ON i.id = 1;
  IF mine COLLATE "C" < desk COLLATE "C" THEN
    RAISE EXCEPTION USING ERRCODE = '{newer}', MESSAGE = 'deskapp: ' || desk || '|' || mine,
      HINT = 'A program states the schema it writes: SET deskapp.schema = ''' || desk || '''';
  END IF;
  IF place <> '' AND moving <> '{leaving}' THEN
    RAISE EXCEPTION USING ERRCODE = '{moved}', MESSAGE = 'deskapp: ' || place || '|' || mine;
  END IF;
  PERFORM set_config('deskapp.looked', mine || '|' || moving, true);
  RETURN NULL;
END $$
"""

_UNGUARDED = text(
    "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'p') "
    "AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) "
    # The audit is written by triggers alone, and tells of the very statement that closes a desk.
    "AND c.relname NOT IN ('alembic_version', 'audit', 'audit_seal') AND NOT c.relispartition "
    "AND NOT EXISTS ("
    "SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'a_deskapp_guard')"
)


def guard_tables(connection: Connection) -> None:
    """Sets the guard before every table that has none yet; each migration ends with it.

    Where no table is left (a downgrade to nothing) the guard goes too.
    """
    if connection.dialect.name != "postgresql":
        return
    if connection.execute(text("SELECT to_regclass('desk_info')")).scalar() is None:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS deskapp_guard()")
        return
    here = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    states = {"newer": _NEWER, "closed": _CLOSED, "moved": _MOVED, "leaving": LEAVING}
    connection.exec_driver_sql(_FUNCTION.format(lock=WRITERS_LOCK, here=here, **states))
    for name in connection.execute(_UNGUARDED).scalars().all():
        # Triggers fire in the order of their names: this one before any other.
        connection.exec_driver_sql(
            "CREATE TRIGGER a_deskapp_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE "
            f"ON {name} FOR EACH STATEMENT EXECUTE FUNCTION deskapp_guard()"
        )


def look_before_writing(connection: Connection) -> None:
    """The same on SQLite, inside BEGIN IMMEDIATE: nobody can change the schema from here on."""
    if (left := left_behind(connection)) is not None:
        raise left


def left_behind(connection: Connection) -> Problem | None:
    """Why the desk may be read and no more: a newer program has upgraded it, or it moved away."""
    found, place = connection.exec_driver_sql(
        "SELECT (SELECT version_num FROM alembic_version), (SELECT moved_to FROM desk_info)"
    ).one()
    if found is not None and found > schema.SCHEMA:
        return _newer(found, schema.SCHEMA)
    return Problem(ProblemKind.DESK_MOVED, to=place) if place else None


def refusal(error: DBAPIError) -> Problem | None:
    """The guard's refusal in a driver's error; None where it is something else."""
    state = getattr(error.orig, "sqlstate", None)
    if state not in (_NEWER, _CLOSED, _MOVED):
        return None
    said = _STATE.search(str(error.orig))
    found, mine = said.groups() if said else ("", "")
    if state == _CLOSED:
        return Problem(ProblemKind.DESK_CLOSED)
    if state == _MOVED:
        return Problem(ProblemKind.DESK_MOVED, to=found)
    return _newer(found, mine)


def lacks_column(error: DBAPIError) -> bool:
    """Whether something was asked for that a newer program's contraction may have taken."""
    if getattr(error.orig, "sqlstate", None) == "42703":
        return True
    said = str(error.orig).lower()
    return "no such column" in said or "has no column named" in said


def refuse_newer(connection: Connection) -> None:
    """Raises Problem(SCHEMA_NEWER) where the desk has left this program behind."""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and found > schema.SCHEMA:
        raise _newer(found, schema.SCHEMA)


def _newer(found: str, known: str) -> Problem:
    return Problem(ProblemKind.SCHEMA_NEWER, what="write", found=found, known=known)
