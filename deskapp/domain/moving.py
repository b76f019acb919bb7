"""Messages that go from one ticket to another: merged, split off, moved; and the way back."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from .ids import MoveId
from .linking import LinkedTicket

BY_TICKETS = "tickets"
"""The ``reason`` of a change that a merge brought with it."""


class MoveKind(StrEnum):
    MERGE = "merge"  # all of a ticket, which lives on in the other
    SPLIT = "split"  # some of it, to a new ticket
    MOVE = "move"  # some of it, to another ticket there is


@dataclass(frozen=True, slots=True)
class WayBack:
    """What undoing needs to know. ``messages``: (id, the origin it had before); ``drafts``: (id,
    whether it had ended); ``tags``, ``people``, ``followers`` and ``stars`` are what the target got
    of them. ``status``, ``snooze`` and ``until`` are those of a ticket merged away. ``opened`` is
    the status of a target that was opened by it, ``woken`` its snooze where that ended, ``newest``
    the last message that was there then."""

    messages: tuple[tuple[int, int | None], ...]
    drafts: tuple[tuple[int, bool], ...] = ()
    tags: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    followers: tuple[int, ...] = ()
    stars: tuple[int, ...] = ()
    status: str = ""
    snooze: str = ""
    until: datetime | None = None
    opened: str = ""
    woken: str = ""
    woken_until: datetime | None = None
    newest: int = 0

    def told(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), separators=(",", ":"), default=_time)

    @classmethod
    def read(cls, told: str) -> "WayBack":
        """What was kept."""
        stored: dict[str, Any] = json.loads(told)
        for name in ("until", "woken_until"):
            if stored[name] is not None:
                stored[name] = datetime.fromisoformat(stored[name])
        for name in ("messages", "drafts"):
            stored[name] = tuple((number, was) for number, was in stored[name])
        for name in ("tags", "people", "followers", "stars"):
            stored[name] = tuple(stored[name])
        return cls(**stored)


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(type(value))


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move that stands and can be undone: of ``count`` messages, by whom and when."""

    id: MoveId
    kind: MoveKind
    source: LinkedTicket
    target: LinkedTicket
    at: datetime
    agent_name: str
    count: int
