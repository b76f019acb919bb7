"""Two records of one person made one: which value of each field is proposed, and what is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .ids import CustomerId
from .naming import name_key

UNDO_WITHIN = timedelta(days=30)

FIELDS = (
    "name",
    "family_name",
    "given_name",
    "call_name",
    "honorific",
    "language",
    "time_zone",
    "country",
    "must_know",
    "vip",
    "company",
)
"""What a person chooses between, in the order of a record. A desk's own fields follow, each called
``field:`` and its number."""

OWN = "field:"
_NAMES = ("name", "family_name", "given_name", "call_name")
_YES = "yes"


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field in both records; ``proposed`` is what it becomes unless somebody says otherwise.

    ``title`` is the name of a desk's own field, else "". A VIP is "yes".
    """

    name: str
    kept: str
    merged: str
    proposed: str
    title: str = ""

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.kept and self.merged) and self.kept != self.merged


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that stands: who went into the record, when and by whom; ``until`` when it can no
    longer be undone."""

    merged: CustomerId
    name: str
    at: datetime
    agent_name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What undoing a merge could not take back: fields that were changed since stay as they are."""

    kept: CustomerId
    merged: CustomerId
    changed_since: tuple[str, ...] = ()


def proposed(name: str, kept: str, merged: str) -> str:
    """The fuller of two values, else the kept record's: nothing that one of them knows is lost
    where both can stand."""
    if not merged or kept == merged:
        return kept
    if not kept:
        return merged
    if name == "vip":
        return _YES
    if name == "must_know":
        return kept if merged in kept else merged if kept in merged else f"{kept}\n{merged}"
    if name in _NAMES and _abbreviates(kept, merged):
        return merged
    return kept


def chosen(fields: Mapping[str, MergeField], wanted: Mapping[str, str]) -> dict[str, str]:
    """Every field as it is to be; ``wanted`` are a person's own choices."""
    return {name: wanted.get(name, field.proposed) for name, field in fields.items()}


def _abbreviates(short: str, full: str) -> bool:
    """Whether every word of one name is, or begins, a word of the other: "A. Keller" and "Anna
    Keller"."""
    words, others = name_key(short).split(), name_key(full).split()
    if len(name_key(short)) >= len(name_key(full)):
        return False
    rest = list(others)
    for word in (one.strip(".") for one in words):
        match = next((other for other in rest if other.startswith(word)), None)
        if not word or match is None:
            return False
        rest.remove(match)
    return True
