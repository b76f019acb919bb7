"""Who was erased after a backup was made is in it again: taken out once more after a restore."""

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from deskapp.data.backup_file import opened_file
from deskapp.data.database import Database
from deskapp.data.queries.erase_preview import preview_of
from deskapp.data.queries.erase_scope import scope_of
from deskapp.data.queries.erasures import mark_cleaned
from deskapp.data.queries.erasures_carried import bearers, carry_over
from deskapp.data.scrub import scrub
from deskapp.domain.erasing import EraseMode
from deskapp.domain.ids import CustomerId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.upkeep import Copied

from .erasing import erase_person

log = logging.getLogger(__name__)


def erase_again(url: str, copied: Copied, at: datetime) -> Copied:
    """Reads who was erased from the desk that was set aside; without one nothing is known."""
    if not copied.kept:
        return copied
    database = Database(url)
    try:
        try:
            with database.writing() as unit, opened_file(Path(copied.kept)) as newer:
                fresh = carry_over(newer, unit)
                if fresh is None:
                    return copied
                people = bearers(unit.connection, fresh)
        except Problem as problem:
            log.warning("who was erased cannot be read from the old desk: %s", problem.kind)
            return copied
        left = [one for one, mode in people.items() if not _erased(database, one, mode, at)]
        if people:
            scrub(database)
            with database.writing() as unit:
                mark_cleaned(unit, at)
        return replace(
            copied,
            erasures_known=True,
            erased_again=len(people) - len(left),
            erased_left=tuple(sorted(left)),
        )
    finally:
        database.close()


def _erased(database: Database, one: CustomerId, mode: EraseMode, at: datetime) -> bool:
    """False where a person must settle something first."""
    try:
        with database.writing() as unit:
            scope = scope_of(unit.connection, one)
            erase_person(unit, preview_of(unit.connection, scope, one, at), mode, at, None)
    except Problem as problem:
        if problem.kind not in (ProblemKind.TOO_LATE, ProblemKind.CHANGED_MEANWHILE):
            raise
        return False
    return True
