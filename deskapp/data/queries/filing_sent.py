"""Our own letters as Sent folders give them back: some servers put an id of theirs on each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from deskapp.domain.kinds import Direction

from ..tables.tickets import message, message_address, message_reference
from .parts import parts
from .upsert import insert_into

_GIVEN = 10_000
"""The position of an id that a server gave to a message of ours: behind all that it refers to."""


@dataclass(frozen=True, slots=True)
class SentAsked:
    """Copies in Sent whose ids nobody knows: when they were written, and to whom (keys)."""

    dates: Collection[datetime]
    people: Collection[str]


def written_here(connection: Connection, asked: SentAsked) -> set[int]:
    """Messages written at this desk at one of these moments, and to one of these people."""
    found: set[int] = set()
    for part in parts(set(asked.people) if asked.dates else set()):
        for dates in parts(set(asked.dates)):
            statement = (
                select(message.c.id)
                .join(message_address, message_address.c.message_id == message.c.id)
                .where(message_address.c.address_key.in_(part), message.c.dated_at.in_(dates))
                .where(message.c.direction == Direction.OUT, message.c.joined_by == "")
                .where(message.c.withdrawn.is_(False))
            )
            found.update(connection.execute(statement).scalars())
    return found


def given_ids(connection: Connection, ids: set[str]) -> dict[str, set[int]]:
    """Which of these ids a server gave to which messages of ours."""
    found: dict[str, set[int]] = defaultdict(set)
    for part in parts(ids):
        statement = select(message_reference.c.reference, message_reference.c.message_id).where(
            message_reference.c.reference.in_(part), message_reference.c.position == _GIVEN
        )
        for reference, row in connection.execute(statement):
            found[reference].add(row)
    return found


def keep_given_ids(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """``rows``: message_id and reference. A message keeps the first id that it was given."""
    if rows:
        statement = insert_into(connection, message_reference).on_conflict_do_nothing()
        connection.execute(statement, [{**row, "position": _GIVEN} for row in rows])
