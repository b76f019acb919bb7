"""Links of a ticket with others: made by number, taken off one by one."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.linking import LinkRole, TicketLink
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import Conversation
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.work import Work

from .link_words import link_line

if TYPE_CHECKING:
    from deskapp.desk import Desk


class LinkDialog(FormDialog):
    """``linked`` carries the ids of both tickets."""

    linked = Signal(object)

    def __init__(
        self, conversation: Conversation, work: Work, parent: QWidget | None = None
    ) -> None:
        super().__init__("", label_width=124, least_width=520, parent=parent)
        row = conversation.ticket
        said = self.tr("Link ticket {number}").replace("{number}", str(row.number))
        self.setWindowTitle(said)
        self._work, self._ticket = work, row.id
        if conversation.links:
            self.fields.add(self.tr("Linked now"), self._there(conversation.links))
        self.other = form.line(placeholder=self.tr("for example 10482"))
        self.fields.add(self.tr("Other ticket"), self.other)
        self.role = form.Choice()
        for role, words in (
            (LinkRole.RELATED, self.tr("Related: the two have to do with each other")),
            (LinkRole.PARENT, self.tr("Parent: this ticket is part of that one")),
            (LinkRole.CHILD, self.tr("Child: that ticket is part of this one")),
        ):
            self.role.addItem(words, role)
        self.fields.add(self.tr("It is"), self.role)
        self._link = push_button(self.tr("Link"), self._begin, kind="primary")
        self.lay_out(self._link)
        self.other.setFocus()

    def _there(self, links: tuple[TicketLink, ...]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for one in links:
            words = link_line(one)
            gone = IconButton("close", self.tr("Take off: {link}").replace("{link}", words))
            gone.clicked.connect(partial(self._take_off, one.id))
            line = QHBoxLayout()
            line.addWidget(ElidedLabel(words), 1)
            line.addWidget(gone)
            column.addLayout(line)
        return holder

    def _begin(self) -> None:
        written = self.other.text().strip().lstrip("#")
        if not (written.isascii() and written.isdigit()):
            self.say(self.tr("Write the number of the other ticket."))
            self.other.setFocus()
            return
        ticket, number, role = self._ticket, int(written), LinkRole(self.role.currentData())

        def link(desk: "Desk") -> list[TicketId]:
            other = desk.tickets.by_number(number)
            desk.links.add(ticket, other, role)
            return [ticket, other]

        self._link.setEnabled(False)
        self._work.do(link, self._done, self._failed, owner=self)

    def _take_off(self, other: TicketId) -> None:
        ticket = self._ticket

        def part(desk: "Desk") -> list[TicketId]:
            desk.links.remove(ticket, other)
            return [ticket, other]

        self._work.do(part, self._done, self._failed, owner=self)

    def _done(self, ids: list[TicketId]) -> None:
        self.accept()
        self.linked.emit(ids)

    def _failed(self, problem: Problem) -> None:
        self._link.setEnabled(True)
        self.refused(problem)
