"""Mail of people who were erased here, told from what they write anew.

What was on the desk once is known by its Message-ID and its content. What never was, such as an
older mail out of a folder that is watched since, is known by its sender and its date. Who writes
after they were erased is a new customer: that is their will.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from deskapp.data.database import Database, Unit
from deskapp.data.queries.erase_rows import delete_unused
from deskapp.data.queries.held_mails import erase_from_ledger
from deskapp.data.queries.tombstones import Stone, any_stones, erased_at
from deskapp.data.scrub import empty_log, overwrite_deleted
from deskapp.domain.arrivals import Letter
from deskapp.domain.erasing import StoneKind
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem

from .filing_people import moment

log = logging.getLogger(__name__)


def erased_among(
    unit: Unit, letters: Sequence[Letter], people: Sequence[Address | None], now: datetime
) -> set[int]:
    """Places among ``letters`` of what is not filed. ``people``: with whom each of them is."""
    if not any_stones(unit.connection):
        return set()
    stones: set[Stone] = set()
    for letter, person in zip(letters, people, strict=True):
        stones.update(_stones(letter, person))
    erased = erased_at(unit.connection, stones)
    return {
        place
        for place, (letter, person) in enumerate(zip(letters, people, strict=True))
        if any(
            stone in erased and (stone[0] is not StoneKind.MAIL or when <= erased[stone])
            for when in (moment(letter, now),)
            for stone in _stones(letter, person)
        )
    }


def _stones(letter: Letter, person: Address | None) -> Iterable[Stone]:
    yield StoneKind.MESSAGE, letter.mail.message_id
    yield StoneKind.CONTENT, letter.unfiled.sha256
    if person is not None:
        yield StoneKind.MAIL, person.key


def let_go(unit: Unit, letters: Sequence[Letter]) -> None:
    """The bytes go, and the ledger knows that they are not to come again."""
    if not letters:
        return
    overwrite_deleted(unit.connection)
    erase_from_ledger(unit, [one.unfiled.id for one in letters if one.unfiled.id is not None])
    delete_unused(unit, {one.unfiled.sha256 for one in letters})


def forget_log(database: Database) -> None:
    """The log that these bytes went through, as far as nobody reads an older state just now."""
    try:
        empty_log(database)
    except Problem:
        log.info("the log of erased mail is emptied later")
