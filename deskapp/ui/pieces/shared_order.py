"""Lines that people put into an order which colleagues see and change too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.work import Work

from .asked_both import AskedBoth, ask_both
from .both_values import Difference

Id = TypeVar("Id", bound=int)


@dataclass(frozen=True, slots=True)
class Standing(Generic[Id]):
    """The lines by id and name in the order they have now, and who moved them last."""

    names: dict[Id, str]
    last: LastEdit | None


class SharedOrder(Generic[Id]):
    """Stores an order made on one that was seen; where a colleague moved lines since, both orders
    stand beside each other and a person decides.

    ``write(desk, mine, seen)`` and ``read(desk)`` run in a lane; ``done`` after each write reads
    the lines again, and whoever shows them says ``shown``. Until then the next move is made from
    ``standing``: the screen is behind what was put.
    """

    def __init__(
        self,
        work: Work,
        owner: QWidget,
        named: str,
        read: Callable[[Desk], Standing[Id]],
        write: Callable[[Desk, Sequence[Id], Sequence[Id]], None],
        done: Callable[[], None],
        failed: Callable[[Problem], None],
    ) -> None:
        self._work, self._owner, self._named = work, owner, named
        self._read, self._write, self._done, self._failed = read, write, done, failed
        self._put: list[Id] = []  # the order put last, until the screen shows it
        self._under_way = 0
        self._refused: Sequence[Id] | None = None  # on what the first of the refused was made
        self.asked: AskedBoth | None = None

    def standing(self, shown: Sequence[Id]) -> list[Id]:
        """Those on screen in the order they have or are about to have."""
        put = [one for one in self._put if one in shown]
        return [*put, *(one for one in shown if one not in put)]

    def shown(self) -> None:
        """The screen shows what was read after the last write."""
        if not self._under_way and self._refused is None:
            self._put = []

    def put(self, mine: Sequence[Id], seen: Sequence[Id]) -> None:
        """``seen``: as they stood, see ``standing``, when they were moved."""
        self._put = list(mine)
        self._under_way += 1

        def refused(problem: Problem) -> None:
            self._under_way -= 1
            if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
                self._give_up(problem)
                return
            if self._refused is None:
                self._refused = seen
            if not self._under_way:  # else the last one asks: what comes after is made from this
                self._work.ask(self._read, self._decide, self._give_up, owner=self._owner)

        def written(_nothing: None) -> None:
            self._under_way -= 1
            self._refused = None
            self._done()

        self._work.do(
            lambda desk: self._write(desk, mine, seen), written, refused, owner=self._owner
        )

    def _give_up(self, problem: Problem) -> None:
        if not self._under_way:
            self._put, self._refused = [], None
        self._failed(problem)

    def _decide(self, now: Standing[Id]) -> None:
        if self._under_way or self._refused is None:  # moved on meanwhile
            return
        stands, mine, seen = list(now.names), self._put, self._refused
        self._put, self._refused = [], None
        self._done()  # behind the question stands what is so

        def told(ids: Sequence[Id]) -> str:
            return ", ".join(now.names[one] for one in ids if one in now.names)

        both = Difference(self._named, told(stands), told(mine), told(seen))
        self.asked = ask_both(self._owner, both, now.last, lambda: self.put(mine, stands))
