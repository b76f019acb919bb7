"""What is written by hand of a matter that did not come by mail: a call, a chat, a review."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .plain import one_line
from .problem import Problem, ProblemKind

LONGEST_MINUTES = 24 * 60


class Channel(StrEnum):
    """By which way it was spoken."""

    CALL = "call"
    CHAT = "chat"
    SOCIAL = "social"
    REVIEW = "review"


class Heard(StrEnum):
    """Who began: the customer, or us."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Entry:
    """The facts of an entry; its text stands in the note it belongs to.

    ``contact``: the number, handle or link; ``minutes``: how long, None where nobody counted;
    ``outcome``: in a few words; ``follow_up``: the day something was promised for.
    """

    channel: Channel
    heard: Heard = Heard.IN
    contact: str = ""
    minutes: int | None = None
    outcome: str = ""
    follow_up: date | None = None


def checked(entry: Entry) -> Entry:
    """An entry as it is kept. ``Problem(INVALID)`` for a length that no call has."""
    if entry.minutes is not None and not 0 <= entry.minutes <= LONGEST_MINUTES:
        raise Problem(ProblemKind.INVALID, what="minutes", value=entry.minutes)
    return Entry(
        entry.channel,
        entry.heard,
        one_line(entry.contact)[:320],
        entry.minutes,
        one_line(entry.outcome)[:400],
        entry.follow_up,
    )


def searched(entry: Entry) -> str:
    """The words of an entry that search finds beside its text."""
    return f"{entry.contact} {entry.outcome}".strip()
