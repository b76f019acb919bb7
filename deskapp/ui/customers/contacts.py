"""The ways to reach a customer: which is first, which bounced; add and remove."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import ContactPoint
from deskapp.domain.problem import Problem
from deskapp.ui.delivery_status import status_words
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label


class ContactsCard(Card):
    """What is being typed stays while the contacts above it change.

    ``added`` carries (ContactKind, text), ``removed`` and ``preferred`` a ContactPoint.
    """

    added = Signal(object, str)
    removed = Signal(object)
    preferred = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Contacts"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        kinds = [(kind_name(self, kind), kind.value) for kind in ContactKind]
        self.kind = form.choice(kinds, ContactKind.MAIL.value, name=self.tr("Kind of contact"))
        self.value = form.line(
            name=self.tr("New contact"), placeholder=self.tr("Add an address, number or handle")
        )
        self.add = push_button(self.tr("Add"), self._add)
        self.add.setAccessibleName(self.tr("Add this contact"))
        self.value.returnPressed.connect(self._add)
        self.value.textChanged.connect(self._typed)
        self.told = label(tone="bad", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.kind)
        line.addWidget(self.value, 1)
        line.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addLayout(line)
        column.addWidget(self.told)
        self._typed("")

    def show_contacts(self, contacts: tuple[ContactPoint, ...]) -> None:
        clear(self._rows)
        for one in contacts:
            self._rows.addWidget(_Contact(one, _is_choice(one, contacts), self))
        if not contacts:
            self._rows.addWidget(label(self.tr("No contact is known."), tone="muted"))

    def forget_typing(self) -> None:
        """After it was added, or for another customer."""
        self.value.clear()

    def show_problem(self, problem: Problem) -> None:
        """Why it was not added; what was typed stays."""
        told = explain(problem)
        self.told.setText(f"{told.happened} {told.todo}")
        self.told.show()

    def _typed(self, typed: str) -> None:
        self.add.setEnabled(bool(typed.strip()))
        self.told.hide()

    def _add(self) -> None:
        if typed := self.value.text().strip():
            self.added.emit(ContactKind(self.kind.currentData()), typed)


class _Contact(QWidget):
    def __init__(self, one: ContactPoint, is_choice: bool, card: ContactsCard) -> None:
        super().__init__(card)
        self._one, self._card = one, card
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        kind = label(kind_name(self, one.kind), tone="muted")
        kind.setFixedWidth(72)
        row.addWidget(kind)
        row.addWidget(ElidedLabel(one.value), 1)
        if one.bounced:
            bounced = Chip(self.tr("bounced"), tone="bad")
            why = status_words(one.bounced_status)
            bounced.setToolTip(why)
            bounced.setAccessibleName(" ".join((self.tr("bounced"), why)).rstrip())
            row.addWidget(bounced)
        if is_choice and one.is_primary:
            row.addWidget(Chip(self.tr("used first"), tone="good"))
        elif is_choice:
            prefer = push_button(self.tr("Use first"), self._prefer, kind="quiet")
            prefer.setAccessibleName(self.tr("Use {contact} first").replace("{contact}", one.value))
            row.addWidget(prefer)
        remove = IconButton("close", self.tr("Remove {contact}").replace("{contact}", one.value))
        remove.clicked.connect(self._remove)
        row.addWidget(remove)

    def _prefer(self) -> None:
        self._card.preferred.emit(self._one)

    def _remove(self) -> None:
        self._card.removed.emit(self._one)


def _is_choice(one: ContactPoint, contacts: tuple[ContactPoint, ...]) -> bool:
    """Whether there is another of its kind to be used instead."""
    return sum(other.kind is one.kind for other in contacts) > 1


def kind_name(owner: QWidget, kind: ContactKind) -> str:
    names = {
        ContactKind.MAIL: owner.tr("Mail"),
        ContactKind.PHONE: owner.tr("Phone"),
        ContactKind.HANDLE: owner.tr("Handle"),
        ContactKind.POSTAL: owner.tr("Address"),
    }
    return names[kind]
