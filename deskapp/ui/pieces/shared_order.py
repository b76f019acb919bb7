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

    ``write(desk, mine, seen)`` and ``read(desk)`` run in a lane; ``done`` after each write.
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
        self._put: list[Id] = []
        self.asked: AskedBoth | None = None

    def put(self, mine: Sequence[Id], seen: Sequence[Id]) -> None:
        """``seen``: as they stood on screen when they were moved."""

        def refused(problem: Problem) -> None:
            if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
                self._failed(problem)
                return
            self._work.ask(
                self._read, lambda now: self._decide(now, mine, seen), self._failed,
                owner=self._owner,
            )  # fmt: skip

        def written(_nothing: None) -> None:
            self._put = list(mine)
            self._done()

        self._work.do(
            lambda desk: self._write(desk, mine, seen), written, refused, owner=self._owner
        )

    def _decide(self, now: Standing[Id], mine: Sequence[Id], seen: Sequence[Id]) -> None:
        stands = list(now.names)
        if stands == [one for one in self._put if one in now.names]:
            self.put(mine, stands)  # moved twice here before the screen showed the first
            return
        self._done()  # behind the question stands what is so

        def told(ids: Sequence[Id]) -> str:
            return ", ".join(now.names[one] for one in ids if one in now.names)

        both = Difference(self._named, told(stands), told(mine), told(seen))
        self.asked = ask_both(self._owner, both, now.last, lambda: self.put(mine, stands))
