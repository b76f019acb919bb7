"""A folder that a shop's exports are put into, as an order source."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deskapp.domain.order_files import ColumnMapping, ReadingHints
from deskapp.domain.orders import Gap, OrderAnswer, OrderKey, OrderPage, Shortfall, SourceFacts
from deskapp.domain.problem import Problem, ProblemKind

from .reading import read_orders
from .table import file_bytes

SETTLED = 2.0
"""Seconds for which a file must have stayed as it is: until then somebody may be writing it."""
_PATIENCE = 60.0  # seconds for which one reading waits for files to settle
_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
_NOT_OURS = (".", "~$")  # hidden, and what office programs leave beside an open workbook


@dataclass(frozen=True, slots=True)
class _Known:
    """A file as it was when it was read; ``why`` it was not, "" when it was."""

    size: int
    changed: int
    digest: str
    why: str = ""


@dataclass(slots=True)
class _Looks:
    """Since when each file stays as it is, by our own clock; lives as long as the source."""

    since: dict[str, tuple[tuple[int, int], float]] = field(default_factory=dict)
    waiting: float | None = None

    def settled(self, name: str, now_is: tuple[int, int], clock: float) -> bool:
        was, since = self.since.get(name, (None, clock))
        if was != now_is:
            self.since[name] = (now_is, clock)
            return False
        return clock - since >= SETTLED


@dataclass(frozen=True, slots=True)
class OrderFolder:
    """``domain.orders.OrderSource`` for a folder: each new or changed file is read once it is
    complete, the oldest first; nothing in the folder is moved, changed or deleted.

    A file that cannot be read is named among the shortfalls with its reason and does not hold up
    the others; it is tried again when it changes.
    """

    path: Path
    profile: str | None = None
    mapping: ColumnMapping | None = None
    hints: ReadingHints | None = None
    clock: Callable[[], float] = time.monotonic
    _looks: _Looks = field(default_factory=_Looks, repr=False)

    def facts(self) -> SourceFacts:
        self._files()
        return SourceFacts(self.path.name, "", frozenset())

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        """All that was ever in the folder is in the desk."""
        return OrderAnswer(shortfalls=(Shortfall(Gap.NO_SUCH_SEARCH),))

    def order(self, ref: str) -> OrderAnswer:
        raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        """One file, whole; ``limit`` would tear it apart and is not heeded."""
        there = self._files()
        known = {name: one for name, one in _known(mark).items() if name in there}
        wanted = [
            name
            for name, (size, changed) in there.items()
            if name not in known or (known[name].size, known[name].changed) != (size, changed)
        ]
        clock = self.clock()
        ready = [name for name in wanted if self._looks.settled(name, there[name], clock)]
        if not ready:
            return self._waiting(known, bool(wanted), clock)
        self._looks.waiting = None
        return self._taken(ready[0], there[ready[0]], known, more=len(wanted) > 1)

    def _waiting(self, known: Mapping[str, _Known], unsettled: bool, clock: float) -> OrderPage:
        if unsettled and self._looks.waiting is None:
            self._looks.waiting = clock
        began = self._looks.waiting if unsettled else None
        patient = began is not None and clock - began < _PATIENCE
        if not patient:
            self._looks.waiting = None
        rest = SETTLED if patient else 0.0
        return OrderPage((), _unread(known), (), rest, _mark(known), patient)

    def _taken(
        self, name: str, seen: tuple[int, int], known: dict[str, _Known], *, more: bool
    ) -> OrderPage:
        path = self.path / name
        page = OrderPage(more=more)
        digest = why = ""
        try:
            digest = hashlib.sha256(file_bytes(path)).hexdigest()
            if digest not in {one.digest for one in known.values() if not one.why}:
                reading = read_orders(path, self.profile, self.mapping, self.hints)
                page = OrderPage(reading.orders, faults=reading.faults, more=more)
        except Problem as problem:
            why = _why(problem)
        if _stat(path) != seen:  # it was written to meanwhile: what was read is not its end
            return OrderPage((), _unread(known), (), SETTLED, _mark(known), True)
        known[name] = _Known(*seen, digest, why)
        return OrderPage(page.orders, _unread(known), page.faults, 0.0, _mark(known), more)

    def _files(self) -> dict[str, tuple[int, int]]:
        """Size and time of change by name, the oldest first."""
        try:
            with os.scandir(self.path) as listed:
                names = [one.name for one in listed if _is_ours(one.name) and one.is_file()]
        except FileNotFoundError:
            raise Problem(ProblemKind.FILE_MISSING, path=str(self.path)) from None
        except OSError as fault:
            said = fault.strerror or type(fault).__name__
            raise Problem(ProblemKind.FILE_UNREADABLE, path=str(self.path), reason=said) from fault
        found = {name: stat for name in names if (stat := _stat(self.path / name))}
        return dict(sorted(found.items(), key=lambda one: (one[1][1], one[0])))


def _is_ours(name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and not name.startswith(_NOT_OURS)


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None  # gone again
    return found.st_size, found.st_mtime_ns


def _why(problem: Problem) -> str:
    """The reason in one word or two, which faces make a sentence of."""
    reason = problem.details.get("reason")
    return f"{problem.kind.value}:{reason}" if reason else problem.kind.value


def _unread(known: Mapping[str, _Known]) -> tuple[Shortfall, ...]:
    return tuple(
        Shortfall(Gap.FILE_UNREAD, (name, one.why)) for name, one in known.items() if one.why
    )


def _mark(known: Mapping[str, _Known]) -> str:
    told = {name: [one.size, one.changed, one.digest, one.why] for name, one in known.items()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def _known(mark: str) -> dict[str, _Known]:
    try:
        return {name: _Known(*told) for name, told in json.loads(mark or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}  # none of ours: everything is read again, which doubles nothing
