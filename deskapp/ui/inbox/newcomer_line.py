"""Asks on a message's card who its writer is, and does what is chosen with one click."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.messages import Ask, AskKind
from deskapp.domain.problem import Problem
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

if TYPE_CHECKING:
    from deskapp.desk import Desk


class NewcomerLine(QWidget):
    """``settled`` comes once an answer is stored, or could not be and is worth reading again."""

    settled = Signal()

    def __init__(
        self,
        ask: Ask,
        ticket: TicketId,
        work: Work,
        shell: ShellActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask, self._ticket = ask, ticket
        self._work, self._shell = work, shell
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        column.addWidget(label(self._question(), size="small", wrap=True))
        holder = QWidget()
        flow = FlowLayout(6, holder)
        self.buttons = [
            push_button(words, act, kind="quiet", parent=holder) for words, act in self._answers()
        ]
        for button in self.buttons:
            flow.addWidget(button)
        column.addWidget(holder)

    def _question(self) -> str:
        ask = self._ask
        if ask.kind is AskKind.FORWARDED:
            text = self.tr("Forwarded by us. It was written by {who}.")
        elif ask.kind is AskKind.CLAIMS:
            text = self.tr("{who} claims to belong to ticket {number}.")
        else:
            text = self.tr("{who} is not the customer of this ticket.")
        who = f"{ask.who.name} <{ask.who.address}>" if ask.who.name else ask.who.address
        return text.replace("{number}", str(ask.number or "")).replace("{who}", who)

    def _answers(self) -> list[tuple[str, Callable[[], object]]]:
        customer = (self.tr("Make the customer"), self._make_customer)
        if self._ask.kind is AskKind.CLAIMS:
            moved = self.tr("Move to ticket {number}").replace("{number}", str(self._ask.number))
            return [(moved, self._move), (self.tr("Separate ticket"), self._add)]
        if self._ask.kind is AskKind.FORWARDED:
            return [customer, (self.tr("Add to this ticket"), self._add)]
        return [
            (self.tr("Add to this ticket"), self._add),
            customer,
            (self.tr("Same person"), self._same_person),
            (self.tr("Separate ticket"), self._separate),
        ]

    def _add(self) -> None:
        ticket, who = self._ticket, self._ask.who
        self._do(lambda desk: desk.newcomers.add(ticket, who))

    def _make_customer(self) -> None:
        ticket, who = self._ticket, self._ask.who
        self._do(lambda desk: desk.newcomers.make_customer(ticket, who))

    def _same_person(self) -> None:
        ticket, who = self._ticket, self._ask.who
        self._do(lambda desk: desk.newcomers.same_person(ticket, who))

    def _separate(self) -> None:
        ticket, who = self._ticket, self._ask.who
        self._do(lambda desk: desk.newcomers.separate(ticket, who))

    def _move(self) -> None:
        ticket, there = self._ticket, self._ask.ticket
        if there is not None:
            self._do(lambda desk: desk.tickets.merge(ticket, there))

    def _do(self, act: "Callable[[Desk], object]") -> None:
        for button in self.buttons:
            button.setEnabled(False)
        self._work.do(act, self._done, self._failed, owner=self)

    def _done(self, _nothing: object) -> None:
        self.settled.emit()

    def _failed(self, problem: Problem) -> None:
        self._shell.trouble(problem)
        self.settled.emit()
