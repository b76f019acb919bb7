"""Keeps what was typed into a desk's own fields of a customer."""

from PySide6.QtCore import QObject, Signal

from deskapp.domain.ids import CustomerId, FieldId
from deskapp.domain.people import FieldChange
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.work import Work

from .own_fields import OwnFieldsCard


class OwnFieldActs(QObject):
    """``changed`` comes after each write. ``customer`` is whose fields the card shows."""

    changed = Signal()

    def __init__(self, work: Work, card: OwnFieldsCard) -> None:
        super().__init__(card)
        self._work, self._card = work, card
        self.customer: CustomerId | None = None
        card.written.connect(self._keep)

    def _keep(self, field: FieldId, typed: str, seen: str) -> None:
        if (one := self.customer) is None:
            return

        def kept(value: str) -> None:
            if self.customer == one:
                self._card.show_stored(field, typed, value)
            self.changed.emit()

        def refused(problem: Problem) -> None:
            if self.customer != one:
                return
            if problem.kind is ProblemKind.CHANGED_MEANWHILE and "theirs" in problem.details:
                self._ask_who(one, field, str(problem.details["theirs"]))
            else:
                self._card.show_problem(problem)

        self._work.do(
            lambda desk: desk.customers.set_field(one, field, typed, seen),
            kept,
            refused,
            owner=self._card,
        )

    def _ask_who(self, one: CustomerId, field: FieldId, theirs: str) -> None:
        def found(history: tuple[FieldChange, ...]) -> None:
            if self.customer == one:
                self._card.show_theirs(field, theirs, history)

        self._work.ask(
            lambda desk: desk.customers.history(one), found, self._card.show_problem, owner=self
        )
