"""Records that may be one person's: proposed, never merged by themselves."""

from deskapp.data.queries import duplicates
from deskapp.domain.duplicates import DuplicatePair
from deskapp.domain.ids import CustomerId
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

_AT_ONCE = 250  # about 0.1 s, in which no mail is filed and on SQLite nobody writes


class Duplicates:
    """``look`` goes on from where it ended; who calls it decides how much is done at a time."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, limit: int = _AT_ONCE) -> int:
        """Looks at some customers and orders that are new or have changed; 0 when all are done."""
        with self._context.database.reading() as connection:
            if not duplicates.anything_new(connection):
                return 0
        at = self._context.now()
        with self._context.database.writing() as unit:
            return duplicates.look_for_pairs(unit, limit, at)

    def count(self) -> int:
        with self._context.database.reading() as connection:
            return duplicates.pair_count(connection)

    def pairs(self, limit: int = 500) -> tuple[DuplicatePair, ...]:
        """What is proposed, the newest first."""
        with self._context.database.reading() as connection:
            return duplicates.open_pairs(connection, limit)

    def of(self, customer: CustomerId) -> tuple[DuplicatePair, ...]:
        """What is proposed for one record."""
        with self._context.database.reading() as connection:
            return duplicates.open_pairs(connection, 20, customer)

    def refuse(self, one: CustomerId, other: CustomerId) -> None:
        """They are two people: never proposed again. Raises Problem(NOT_FOUND)."""
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            if not duplicates.refuse_pair(unit, one, other, at, by):
                raise Problem(ProblemKind.NOT_FOUND, what="duplicate", id=other)
