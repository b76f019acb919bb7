"""The audit as it is read: rows, the chain of their seals, and what does not fit."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

SLACK = timedelta(minutes=1)  # a clock that is set right by its server moves by less
LONGEST = timedelta(hours=1)  # from a change to its commit


class AuditFault(StrEnum):
    """What a verification finds. Values stand in the JSON of ``audit verify``."""

    CHANGED = "changed"  # a row or the seal before it is not what was sealed
    GONE = "gone"  # a seal whose row is not there
    UNSEALED = "unsealed"  # a row that no commit sealed
    GAP = "gap"  # a number is missing among the seals
    TIME = "time"  # it goes back, or a row is from another time than its seal
    CUT_OFF = "cut_off"  # this machine has seen a later seal
    REWRITTEN = "rewritten"  # another seal stands where this machine saw one
    TRIGGER = "trigger"  # what writes the audit is switched off, or is not what was made
    UNTOLD = "untold"  # a row stands otherwise than the audit told last


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change. Times in whole milliseconds since 1970, as they were sealed."""

    id: int
    at: int
    login: str
    agent_id: int | None
    program: str
    client: str
    told_of: str
    verb: str
    row_key: str
    old: str
    new: str

    @property
    def when(self) -> datetime:
        return instant(self.at)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One link of the chain; ``row`` is None when it is gone."""

    number: int
    at: int
    seal: str
    audit_id: int
    row: AuditRow | None


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal somebody saw; number 0 and no seal: of an empty chain."""

    number: int = 0
    seal: str = ""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One fault and its place: a seal's number, a row's id, or the name of what is off."""

    fault: AuditFault
    place: str


def instant(milliseconds: int) -> datetime:
    """The instant that a stored number says."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def sealed_with(before: str, number: int, at: int, row: AuditRow) -> str:
    """The seal of a row behind the one before it: SHA-256 of the parts, each with its length."""
    parts: tuple[object, ...] = (
        *(before, number, at, row.id, row.at, row.login, row.agent_id, row.program),
        *(row.client, row.told_of, row.verb, row.row_key, row.old, row.new),
    )
    return hashlib.sha256(b"".join(_framed(part) for part in parts)).hexdigest()


def chain_faults(chain: Iterable[Sealed], known: Head) -> Iterator[AuditFinding]:
    """Every link that does not fit the one before it, and the place of ``known`` in the chain."""
    before, newest = Sealed(0, 0, "", 0, None), 0
    for link in chain:
        if link.number != before.number + 1:
            yield AuditFinding(AuditFault.GAP, str(before.number + 1))
        yield from _link_faults(link, before, newest)
        if link.number == known.number and link.seal != known.seal:
            yield AuditFinding(AuditFault.REWRITTEN, str(link.number))
        before, newest = link, max(newest, link.at)
    if before.number < known.number:
        yield AuditFinding(AuditFault.CUT_OFF, str(before.number + 1))


def _link_faults(link: Sealed, before: Sealed, newest: int) -> Iterator[AuditFinding]:
    place = str(link.number)
    if link.row is None:
        yield AuditFinding(AuditFault.GONE, place)
        return
    if link.seal != sealed_with(before.seal, link.number, link.at, link.row):
        yield AuditFinding(AuditFault.CHANGED, place)
    age = timedelta(milliseconds=link.at - link.row.at)
    if newest - link.at > SLACK / timedelta(milliseconds=1) or not -SLACK <= age <= LONGEST:
        yield AuditFinding(AuditFault.TIME, place)


def _framed(part: object) -> bytes:
    if part is None:
        return b"-"
    said = str(part).encode()
    return b"%d:%s" % (len(said), said)
