"""A backup made the desk again. The desk that was there is kept under another name.

A desk file that is damaged cannot be opened, so this works on its address and not on a Database.
"""

import logging
import platform
import shutil
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, func, select, text, update

from deskapp.domain.act_states import NOT_SENT, SENT_STATES, ActState
from deskapp.domain.desk_address import without_password
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.kinds import OutboxState
from deskapp.domain.outbox_trouble import SendFault
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.upkeep import Copied

from .backup_file import flush, opened_file, proven
from .connect import desk_url, is_sqlite
from .database import Database, Unit
from .places import check_place
from .queries import order_acts
from .queries.act_audit import Step, write_down
from .queries.audit_triggers import unaudited
from .table_copy import copy_tables
from .table_rows import count_rows
from .tables import metadata
from .tables.mail import mailbox
from .tables.order_acts import act_audit
from .tables.people import agent
from .tables.replies import outbox
from .tables.tickets import message
from .team_desk import refuse_others
from .upgrade import open_desk

log = logging.getLogger(__name__)

_SIDE_FILES = ("-wal", "-shm", "-journal")
_FROM = "restored from a backup"
_RESTORED = "restored from a backup: it may have been sent since"


def restore_desk(url: str, path: Path, at: datetime) -> Copied:
    """Makes the backup ``path`` the desk at ``url``; ``at`` names the file the old one gets.

    A desk in PostgreSQL must be empty (Problem(DUPLICATE)); a file must not be open elsewhere
    (DATABASE_BUSY). Raises BACKUP_INVALID, SCHEMA_NEWER and, of a team desk, NOT_ALLOWED to all
    but its owner before anything is changed. Replies that waited become uncertain: they may have
    left after the backup was made.
    """
    rows = proven(path)
    target = desk_url(url)
    if not is_sqlite(target):
        return _into_server(url, path, rows)
    place = Path(target.database or "")
    check_place(place)
    if place.exists() and place.samefile(path):
        raise Problem(ProblemKind.INVALID, what="backup", value=str(path))
    kept = _replace_file(place, path, at)
    database = Database(target)
    try:
        open_desk(database)
        _check_counts(database, path, rows)
        return Copied(rows, path.stat().st_size, _unsettle(database), kept)
    finally:
        database.close()


def _replace_file(place: Path, path: Path, at: datetime) -> str:
    """Copies first, so that a full disk leaves the old desk where it is."""
    unfinished = place.with_name(place.name + ".restoring")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch(mode=0o600)
        shutil.copyfile(path, unfinished)
        flush(unfinished)
        proven(unfinished)
        kept = _set_aside(place, at)
        unfinished.replace(place)
        flush(place.parent)
    except OSError as error:
        raise writing_problem(place, error) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return kept


def _set_aside(place: Path, at: datetime) -> str:
    """Renames the old desk with its side files: a stale -wal would be read into the new one."""
    if not place.exists():
        for end in _SIDE_FILES:
            Path(f"{place}{end}").unlink(missing_ok=True)
        return ""
    _refuse_open_file(place)
    kept = place.with_name(f"{place.name}.before-restore-{at:%Y%m%d-%H%M%S}")
    if kept.exists():
        raise Problem(ProblemKind.FILE_EXISTS, path=str(kept))
    for end in ("", *_SIDE_FILES):
        part = Path(f"{place}{end}")
        if part.exists():
            part.rename(f"{kept}{end}")
    return str(kept)


def _refuse_open_file(place: Path) -> None:
    """Leaving WAL needs the file to itself, so it tells whether another program has it open."""
    try:
        connection = sqlcipher.connect(str(place), timeout=1, isolation_level=None)
        try:
            [mode] = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        finally:
            connection.close()
    except sqlcipher.OperationalError as error:
        if "locked" in str(error):
            raise Problem(ProblemKind.DATABASE_BUSY, said=str(error)) from error
        return  # damaged: it is set aside as it is
    except sqlcipher.DatabaseError:
        return  # not even a database: it is set aside as it is
    if mode == "wal":
        raise Problem(ProblemKind.DATABASE_BUSY, said="the desk is open in another program")


def _into_server(url: str, path: Path, rows: dict[str, int]) -> Copied:
    if not rows:
        raise Problem(ProblemKind.BACKUP_INVALID, path=str(path), said="its format is too old")
    database = Database(url)
    try:
        open_desk(database, create=True)
        with database.writing() as unit, opened_file(path) as source:
            refuse_others(unit.connection)
            _refuse_used(unit.connection, url)
            with unaudited(unit.connection):
                for table in reversed(metadata.sorted_tables):
                    if table is not act_audit:  # empty, and refuses to be emptied
                        unit.connection.execute(table.delete())
                copy_tables(source, unit.connection)
            _compare(path, rows, count_rows(unit.connection))
            theirs = agent.c.active & agent.c.login.is_not(None)
            asked = select(func.count()).select_from(agent).where(theirs)
            sign_ins = unit.connection.execute(asked).scalar_one()
        return Copied(rows, path.stat().st_size, _unsettle(database), sign_ins=sign_ins)
    finally:
        database.close()


def _refuse_used(connection: Connection, url: str) -> None:
    for table in (message, mailbox, act_audit):
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise Problem(ProblemKind.DUPLICATE, what="desk", value=without_password(url))


def _check_counts(database: Database, path: Path, rows: dict[str, int]) -> None:
    with database.reading() as connection:
        _compare(path, rows, count_rows(connection))
        if connection.execute(text("PRAGMA quick_check")).scalar() != "ok":
            raise Problem(ProblemKind.DATABASE_DAMAGED, said="the restored file is not sound")


def _compare(path: Path, rows: dict[str, int], found: dict[str, int]) -> None:
    for name, count in rows.items():
        if name != "search_row" and found[name] != count:
            said = f"the rows of {name} were not all copied"
            raise Problem(ProblemKind.BACKUP_INVALID, path=str(path), said=said)


def _unsettle(database: Database) -> int:
    """What waited when the backup was made may have been sent since, so nothing sends it again."""
    waiting = (OutboxState.QUEUED, OutboxState.CLAIMED, OutboxState.FAILED)
    with database.writing() as unit:
        _unsettle_acts(unit, datetime.now(UTC))
        changed = unit.connection.execute(
            update(outbox)
            .where(outbox.c.state.in_(waiting))
            .values(
                state=OutboxState.UNCERTAIN,
                last_error=_RESTORED,
                fault=SendFault.RESTORED,
                claimed_by="",
                claimed_until=None,
                fence=outbox.c.fence + 1,
            )
        )
        unit.touched.areas.add("outbox")
    log.info("restored; %d replies are uncertain", changed.rowcount)
    return changed.rowcount


def _unsettle_acts(unit: Unit, at: datetime) -> None:
    """What was wanted of a shop when the backup was made may have been done there since: the shop
    is asked for it by its key, and nothing of it is sent."""
    for row in order_acts.open_acts(unit.connection):
        now = {"state": ActState.UNCLEAR, "next_at": at, "looks": 0, "holder": ""}
        order_acts.step(unit, row.id, (*NOT_SENT, *SENT_STATES), now)
        write_down(unit, row.id, Step(ActState.UNCLEAR, at, None, platform.node(), facts=_FROM))
        order_acts.tell_ticket(unit, row, row.state, ActState.UNCLEAR, at, None)
