"""A form of something that colleagues change too: nobody's change is replaced unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.work import Work

from .conflict import ConflictCard
from .form_values import disputed, put

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Newest(Generic[Row]):
    """A row as it stands now, and who changed it last: it, or, where that is known, a field."""

    row: Row
    last: LastEdit | None = None
    of_field: Mapping[QWidget, LastEdit] = field(default_factory=dict)


class Shared(Protocol[Row]):
    """A window with the fields of a row."""

    def newest(self, desk: Desk, row: Row) -> Newest[Row]:
        """As it stands now. In a lane. Raises Problem(NOT_FOUND)."""

    def standing(self, row: Row) -> Mapping[QWidget, object]:
        """What its fields show of a row, as ``form_values.value`` gives it."""

    def save(self) -> None:
        """Saves what is typed on what was seen: ``Meanwhile.row``; to ``Meanwhile.refused`` goes
        what the desk says against it."""

    def refused(self, problem: Problem) -> None:
        """Says what is wrong, where it is no colleague's change."""

    def deciding(self, card: ConflictCard, on: bool) -> None:
        """Has the card in its place, and no Save of its own while a person decides there."""


class Meanwhile(Generic[Row]):
    """Saves on what was seen; where a colleague changed a field too, both stand on ``card``.

    ``row``: what was seen, None for something new.
    """

    def __init__(self, work: Work, row: Row | None, form: Shared[Row]) -> None:
        self._work, self._form, self.row = work, form, row
        self._theirs: dict[QWidget, object] = {}
        self._asked: tuple[QWidget, ...] = ()
        self.card = ConflictCard()
        self.card.keep_mine.connect(self._save_chosen)
        self.card.take_theirs.connect(self._take_theirs)

    def refused(self, problem: Problem) -> None:
        """The desk did not take it; a colleague's change is looked at, and shown beside ours."""
        row = self.row
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or row is None:
            self._form.refused(problem)
            return
        self._work.ask(
            lambda desk: self._form.newest(desk, row),
            self._theirs_came,
            self._form.refused,
            owner=self.card,
        )

    def _theirs_came(self, newest: Newest[Row]) -> None:
        if self.row is None:
            return
        seen, now = self._form.standing(self.row), self._form.standing(newest.row)
        self.row = newest.row
        both = disputed(seen, now)
        if not both:
            self._form.save()
            return
        self._theirs, self._asked = dict(now), tuple(both)
        self._form.deciding(self.card, True)  # shown without a place it would be a window
        self.card.show_both(
            tuple(
                one.told_by(newest.of_field.get(place, newest.last)) for place, one in both.items()
            ),
            choosing=True,
        )
        self._form.deciding(self.card, True)  # now that its height is known

    def _end(self) -> None:
        self.card.hide()
        self._form.deciding(self.card, False)

    def _save_chosen(self) -> None:
        for place in self.card.taken():
            put(self._asked[place], self._theirs[self._asked[place]])
        self._end()
        self._form.save()

    def _take_theirs(self) -> None:
        for place in self._asked:
            put(place, self._theirs[place])
        self._end()
