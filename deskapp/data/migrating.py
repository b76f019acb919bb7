"""Runs migrations: alone, all of them in one transaction, after a copy of a file.

Killed at any moment the desk has the old schema or the new one: both databases undo what was not
committed. Programs that write meanwhile are asked to wait or refused, never half served.
"""

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from deskapp.domain.file_problems import writing_problem
from deskapp.domain.problem import Problem, ProblemKind

from . import schema
from .backup_file import flush, opened_file
from .change_order import NOTIFY_CHANNEL
from .faults import explained
from .guard import WRITERS_LOCK

log = logging.getLogger(__name__)

_UPGRADE_LOCK = 0x6465736C
_PATIENCE_SECONDS = 900.0  # for another program's upgrade: 1 GB took half a minute
_WRITERS_MS = 60_000  # for writes that are under way; a write of ours is short
_TRY_MS = 500
_ROOM = 1.0
"""A migration that may write more than the desk's size, as where SQLite makes a large table anew
(once into the log, then into the file), says how many times that in ``ROOM``."""


def migrate(
    engine: Engine,
    target: str,
    *,
    waiting: Callable[[], None] = lambda: None,
    then: Callable[[Connection], None] = lambda connection: None,
) -> None:
    """Runs the migrations up or down to ``target`` ("base" for none).

    ``waiting`` is called once if another program is in the way; ``then`` does what must stand or
    fall with the migration. Raises Problem DATABASE_BUSY when
    it stays there, DISK_FULL (what="upgrade") where a file has not the room that it needs, before
    anything is begun, DISK_FULL and READ_ONLY when the file cannot be copied first.
    """
    # Imported here: a command on an up-to-date desk never pays for Alembic.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", _listed(schema.VERSIONS))
    with explained(), _alone(engine, waiting) as connection:
        now = schema.schema_of(connection) or ""
        if now == target:
            return  # another program was faster
        scripts = ScriptDirectory.from_config(config)
        known = {script.revision for script in scripts.walk_revisions()}
        if now and now not in known:
            raise Problem(ProblemKind.SCHEMA_NEWER, found=now, known=schema.SCHEMA)
        going_up = target != "base" and target >= now
        if connection.dialect.name == "postgresql":
            states = {"mine": max(now, target if going_up else ""), "channel": NOTIFY_CHANNEL}
            connection.execute(text("SELECT set_config('deskapp.schema', :mine, true)"), states)
            connection.execute(text("SELECT pg_notify(:channel, 'upgrade')"), states)
        elif now and going_up:
            path = Path(engine.url.database or "")
            steps = [one.module for one in scripts.iterate_revisions(target, now)]
            _check_room(path, sum(getattr(one, "ROOM", _ROOM) for one in steps))
            _copy_file(path, now, target)
        config.attributes["connection"] = connection
        (command.upgrade if going_up else command.downgrade)(config, target)
        if connection.dialect.name == "sqlite":
            _check_links(connection)
        then(connection)


def _listed(folders: tuple[Path, ...]) -> str:
    import os

    return os.pathsep.join(str(one) for one in folders).replace("%", "%%")


@contextmanager
def _alone(engine: Engine, waiting: Callable[[], None]) -> Iterator[Connection]:
    """A transaction that no second upgrade and no write can run beside; committed at the end."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            with _turn(connection, waiting), connection.begin():
                connection.execute(text(f"SET LOCAL lock_timeout = {_WRITERS_MS}"))
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})"))
                yield connection
            return
        raw: Any = connection.connection.driver_connection
        # A table that is made anew is dropped first, and with foreign keys its children go along.
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            _begin(connection, raw, waiting)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _turn(connection: Connection, waiting: Callable[[], None]) -> Iterator[None]:
    """PostgreSQL: one upgrade at a time, whoever waits says so."""
    asked = text(f"SELECT pg_try_advisory_lock({_UPGRADE_LOCK})")

    def got() -> bool:
        found = bool(connection.execute(asked).scalar())
        connection.rollback()
        return found

    _wait_until(got, waiting)
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.execute(text(f"SELECT pg_advisory_unlock({_UPGRADE_LOCK})"))
            connection.commit()


def _begin(connection: Connection, raw: Any, waiting: Callable[[], None]) -> None:
    """SQLite: BEGIN IMMEDIATE as soon as nobody else writes."""
    [busy] = raw.execute("PRAGMA busy_timeout").fetchone()

    def got() -> bool:
        try:
            with explained():
                connection.begin()
        except Problem as problem:
            if problem.kind is not ProblemKind.DATABASE_BUSY:
                raise
            return False
        return True

    raw.execute(f"PRAGMA busy_timeout={_TRY_MS}")
    try:
        _wait_until(got, waiting)
    finally:
        raw.execute(f"PRAGMA busy_timeout={busy}")


def _wait_until(got: Callable[[], bool], waiting: Callable[[], None]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    told = False
    while not got():
        if time.monotonic() > until:
            raise Problem(ProblemKind.DATABASE_BUSY)
        if not told:
            told = True
            waiting()
        time.sleep(_TRY_MS / 1000)


def _check_room(path: Path, written: float) -> None:
    """``written``: what the migrations may write, as a multiple of the desk's size."""
    free = shutil.disk_usage(path.parent).free
    needed = round(path.stat().st_size * (1 + written))  # and the copy
    if free < needed:
        megabytes = {"needed": ceil(needed / 1e6), "free": int(free / 1e6)}
        raise Problem(ProblemKind.DISK_FULL, what="upgrade", path=str(path), **megabytes)


def _copy_file(path: Path, now: str, target: str) -> None:
    """Keeps the desk as it is: ``desk.db`` becomes ``desk.db.before-0002`` too.

    Nobody can write meanwhile. A copy that is there is from an upgrade that did not come to its
    end, of the same schema and older than this one.
    """
    copy = path.with_name(f"{path.name}.before-{target}")
    unfinished = copy.with_name(copy.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        with opened_file(path, write=True) as beside:
            beside.exec_driver_sql("VACUUM INTO ?", (str(unfinished),))
        unfinished.chmod(0o600)
        flush(unfinished)
        unfinished.replace(copy)
        flush(path.parent)
    except OSError as error:
        raise writing_problem(copy, error) from error
    except Problem as problem:
        raise Problem(problem.kind, **{**problem.details, "path": str(copy)}) from problem
    finally:
        unfinished.unlink(missing_ok=True)
    log.info("kept a copy of the desk before upgrading from schema %s to %s", now, target)


def _check_links(connection: Connection) -> None:
    loose = connection.execute(text("PRAGMA foreign_key_check")).first()
    if loose is not None:
        said = f"after the upgrade a row of {loose[0]} points at nothing; it was taken back"
        raise Problem(ProblemKind.DATABASE_DAMAGED, said=said)
