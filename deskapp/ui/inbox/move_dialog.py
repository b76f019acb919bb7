"""Which messages of a ticket go to another one: a new one, or one there is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.kinds import Direction
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem
from deskapp.domain.senders import shown_name
from deskapp.domain.snippets import list_snippet
from deskapp.domain.tickets import Conversation, MessageRow
from deskapp.ui import text
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label, plain_tip
from deskapp.ui.work import Work

if TYPE_CHECKING:
    from deskapp.desk import Desk

_NEW, _THERE = range(2)
_MESSAGE = Qt.ItemDataRole.UserRole
_LIST_HEIGHT = 190


class MoveDialog(FormDialog):
    """``split_off`` and ``moved`` carry the ids of the ticket and of the one they went to.

    The messages of a side thread go together: one ticked ticks all.
    """

    split_off = Signal(object)
    moved = Signal(object)

    def __init__(
        self,
        conversation: Conversation,
        chosen: MessageId | None,
        work: Work,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", label_width=124, least_width=600, parent=parent)
        self._work, self._conversation = work, conversation
        self._suggests = True  # until a person has chosen whose the new ticket is
        number = str(conversation.ticket.number)
        said = self.tr("Split off or move messages of ticket {number}")
        self.setWindowTitle(said.replace("{number}", number))
        self.messages = self._list(conversation.messages, chosen)
        self.where = QButtonGroup(self)
        self.subject, self.customer, self.other = form.line(), form.Choice(), form.line()
        self.other.setPlaceholderText(self.tr("for example 10482"))
        self.fields.add_wide(self.messages)
        self.fields.add(self.tr("They go to"), self._choices())
        self.fields.add(self.tr("Subject"), self.subject)
        self.fields.add(self.tr("Customer"), self.customer)
        self.fields.add(self.tr("Ticket number"), self.other)
        promise = self.tr(
            "Each says there where it came from, answers to it follow it, and it can be undone."
        )
        self.fields.add_wide(label(promise, tone="muted", wrap=True))
        for person in self._people():
            self.customer.addItem(_named(person), person)
        self.customer.insertItem(0, conversation.ticket.customer_name or self.tr("Nobody"), None)
        self.customer.setCurrentIndex(0)
        self._go = push_button("", self._begin, kind="primary")
        self.where.idToggled.connect(lambda _button, _on: self._tell_where())
        self.messages.itemChanged.connect(self._ticked)
        self.customer.activated.connect(self._person_chosen)
        self._tell_where()
        self._tell_chosen()
        self.lay_out(self._go)

    def chosen(self) -> list[MessageId]:
        """The ticked messages, oldest first."""
        return [
            item.data(_MESSAGE).id
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _list(self, messages: Sequence[MessageRow], chosen: MessageId | None) -> QListWidget:
        made, now = QListWidget(), datetime.now(UTC)
        made.setAccessibleName(self.tr("Messages"))
        made.setFixedHeight(_LIST_HEIGHT)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setSpacing(2)
        for message in messages:
            words = list_snippet(message.reply_text)
            item = QListWidgetItem(f"{text.stamp(message.at, now)}  {_who(message)}: {words}")
            item.setToolTip(plain_tip(words))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = message.id == chosen
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setData(_MESSAGE, message)
            made.addItem(item)
            if ticked:
                made.setCurrentItem(item)
        return made

    def _items(self) -> list[QListWidgetItem]:
        return [self.messages.item(row) for row in range(self.messages.count())]

    def _choices(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for place, words in ((_NEW, self.tr("a new ticket")), (_THERE, self.tr("another ticket"))):
            button = QRadioButton(words)
            button.setChecked(place == _NEW)
            self.where.addButton(button, place)
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def _people(self) -> list[Address]:
        """Who wrote to us on it, each once."""
        theirs = (one for one in self._conversation.messages if one.direction is Direction.IN)
        found = {one.sender.key: one.sender for one in theirs if one.sender.address}
        return list(found.values())

    def _ticked(self, changed: QListWidgetItem) -> None:
        side = changed.data(_MESSAGE).side
        if side is not None:
            self.messages.blockSignals(True)
            for item in self._items():
                if item.data(_MESSAGE).side == side:
                    item.setCheckState(changed.checkState())
            self.messages.blockSignals(False)
        self._tell_chosen()

    def _person_chosen(self) -> None:
        self._suggests = False

    def _tell_where(self) -> None:
        is_new = self.where.checkedId() == _NEW
        for field in (self.subject, self.customer):
            field.setEnabled(is_new)
        self.other.setEnabled(not is_new)
        self._go.setText(self.tr("Split off") if is_new else self.tr("Move"))

    def _tell_chosen(self) -> None:
        """What a new ticket is about is what its first message says, until somebody writes another;
        whose it is, too: theirs who alone wrote what goes, and nothing of what stays."""
        chosen = set(self.chosen())
        messages = self._conversation.messages
        first = next((one for one in messages if one.id in chosen), None)
        said = first.subject if first is not None else ""
        self.subject.setPlaceholderText(said or self._conversation.ticket.subject)
        if self._suggests:
            theirs = [one for one in messages if one.direction is Direction.IN]
            go = {one.sender.key for one in theirs if one.id in chosen}
            stay = {one.sender.key for one in theirs if one.id not in chosen}
            keys = [person.key for person in self._people()]
            alone = len(go) == 1 and not go & stay
            self.customer.setCurrentIndex(keys.index(min(go)) + 1 if alone else 0)

    def _begin(self) -> None:
        ids, one = self.chosen(), self._conversation.ticket.id
        if not ids:
            self.say(self.tr("Tick at least one message."))
            self.messages.setFocus()
            return
        self._go.setEnabled(False)
        if self.where.checkedId() == _NEW:
            subject, person = self.subject.text().strip(), self.customer.currentData()
            self._work.do(
                lambda desk: [one, desk.tickets.split(one, ids, subject, person)],
                self._was_split,
                self._failed,
                owner=self,
            )
            return
        written = self.other.text().strip().lstrip("#")
        if not (written.isascii() and written.isdigit()):
            self._go.setEnabled(True)
            self.say(self.tr("Write the number of the ticket that they go to."))
            self.other.setFocus()
            return
        self._move(one, ids, int(written))

    def _move(self, one: TicketId, ids: list[MessageId], number: int) -> None:
        def move(desk: "Desk") -> list[TicketId]:
            to = desk.tickets.by_number(number)
            desk.tickets.move(one, ids, to)
            return [one, to]

        self._work.do(move, self._was_moved, self._failed, owner=self)

    def _was_split(self, ids: list[TicketId]) -> None:
        self.accept()
        self.split_off.emit(ids)

    def _was_moved(self, ids: list[TicketId]) -> None:
        self.accept()
        self.moved.emit(ids)

    def _failed(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self.refused(problem)


def _named(person: Address) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address


def _who(message: MessageRow) -> str:
    if message.agent_name:
        return message.agent_name
    return shown_name(message.sender.name) or message.sender.address
